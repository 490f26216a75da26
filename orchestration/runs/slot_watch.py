"""Whether a run stands still because another one holds the lake's pool: said, and mended where that one is dead."""

from threading import Event, Thread

import dagster as dg

from coachlake.settings import Settings
from orchestration.runs.dead_runs import release_dead_runs
from orchestration.runs.turn import Waiting, describe_run

_POOL = "lake"
_POLL_S = 5.0


class SlotWatch:
    """Looks after a run of this process for the block: `waiting` hears which other run it waits for."""

    def __init__(self, instance: dg.DagsterInstance, settings: Settings, run_id: str, waiting: Waiting) -> None:
        self._instance, self._settings, self._run_id, self._waiting = instance, settings, run_id, waiting
        self._ended = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        is_waiting = False
        while not self._ended.wait(_POLL_S):
            holder = self._holder()
            if holder is not None and not release_dead_runs(self._instance, self._settings):
                self._waiting(describe_run(self._instance, holder))
                is_waiting = True
            elif is_waiting:
                self._waiting(None)
                is_waiting = False

    def _holder(self) -> dg.RunRecord | None:
        """The run that holds the slot this one waits for."""
        pool = self._instance.event_log_storage.get_concurrency_info(_POOL)
        others = pool.active_run_ids - {self._run_id}
        if self._run_id not in pool.pending_run_ids or not others:
            return None
        return self._instance.get_run_record_by_id(min(others))
