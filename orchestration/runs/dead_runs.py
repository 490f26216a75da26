"""Runs whose process is gone: Dagster keeps them as started, with the slot of every pool they held, for ever."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import dagster as dg
import psutil

from coachlake.files import write_whole
from coachlake.settings import Settings
from orchestration.runs.process import ProcessId, started_before
from orchestration.runs.progress_file import ProgressFile

PROCESS_TAG = "coachlake/process"
_IN_PROGRESS = [
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]
# A run of another machine gives a sign of life every ten seconds; machines' clocks may differ by minutes.
_SILENT_S = 15 * 60.0
# A run that Dagster's daemon is starting has no process yet (its own monitoring gives it five minutes).
_STARTING_S = 10 * 60.0


@dataclass(frozen=True, slots=True)
class DeadRun:
    """A run that ended without saying so."""

    run_id: str
    began_at: float  # seconds since 1970
    step: str | None  # what it was doing

    def __str__(self) -> str:
        doing = f" during {self.step}" if self.step else ""
        return f"run {self.run_id[:8]} of {time.strftime('%d %b %H:%M', time.gmtime(self.began_at))} UTC ended{doing}"


def tags_of_this_process() -> Mapping[str, str]:
    """Tags by which others know whose run it is."""
    return {PROCESS_TAG: str(ProcessId.this())}


def living_runs(instance: dg.DagsterInstance) -> list[dg.RunRecord]:
    """Runs in progress whose process lives, oldest first."""
    return [record for record in _in_progress(instance) if _lives(instance, record)]


def dead_runs(instance: dg.DagsterInstance) -> list[DeadRun]:
    """Runs in progress whose process is gone, oldest first."""
    return [
        DeadRun(
            record.dagster_run.run_id,
            record.create_timestamp.timestamp(),
            step_of(instance, record.dagster_run.run_id),
        )
        for record in _in_progress(instance)
        if not _lives(instance, record)
    ]


def release_dead_runs(instance: dg.DagsterInstance, settings: Settings) -> list[DeadRun]:
    """End every run whose process is gone: marked as failed, its slots given back, its dbt ended.

    What it had finished stays: a run that is started again goes on from there.
    """
    released = dead_runs(instance)
    for dead in released:
        run = instance.get_run_by_id(dead.run_id)
        assert run is not None
        end_left_behind_dbt(settings)
        instance.report_run_failed(run, "Its process ended without a word (killed, out of memory or a power cut).")
        instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
        ProgressFile(instance.root_directory, run.run_id).remove()
    _free_slots_of_ended_runs(instance)
    return released


def note_dbt(settings: Settings, pid: int) -> None:
    """Keep which dbt this process has started, for `end_left_behind_dbt`."""
    if process := ProcessId.of(pid):
        write_whole(settings.home / "dbt" / "process", f"{process}\n{ProcessId.this()}".encode())


def end_left_behind_dbt(settings: Settings) -> None:
    """End a dbt that outlived the process that started it: it would go on writing beside the next one."""
    file = settings.home / "dbt" / "process"
    noted = [ProcessId.parse(line) for line in file.read_text().splitlines()] if file.exists() else []
    if len(noted) != 2 or not (noted[0] and noted[1]) or not (noted[0].is_here() and noted[1].is_here()):
        return
    if noted[0].lives() and not noted[1].lives():
        left = psutil.Process(noted[0].pid)
        left.kill()
        left.wait(timeout=10)


def _in_progress(instance: dg.DagsterInstance) -> list[dg.RunRecord]:
    return list(instance.get_run_records(dg.RunsFilter(statuses=_IN_PROGRESS), ascending=True))


def _lives(instance: dg.DagsterInstance, record: dg.RunRecord) -> bool:
    run_id = record.dagster_run.run_id
    process = ProcessId.parse(record.dagster_run.tags.get(PROCESS_TAG, ""))
    if process is not None and process.is_here():
        return process.lives()
    if process is not None:
        age = ProgressFile(instance.root_directory, run_id).age_s()
        last = record.update_timestamp.timestamp()
        return (time.time() - last if age is None else age) < _SILENT_S
    noted = _process_noted_by_dagster(instance, run_id)
    if noted is None:
        return time.time() - record.create_timestamp.timestamp() < _STARTING_S
    return started_before(*noted)


def _process_noted_by_dagster(instance: dg.DagsterInstance, run_id: str) -> tuple[int, float] | None:
    """The process of a run that Dagster's daemon started, and when it said so."""
    for event in instance.all_logs(run_id, of_type=dg.DagsterEventType.ENGINE_EVENT):
        data = event.get_dagster_event().engine_event_data
        if "pid" in data.metadata:
            return int(str(data.metadata["pid"].value)), event.timestamp
    return None


def step_of(instance: dg.DagsterInstance, run_id: str) -> str | None:
    """The step a run is in; None between two."""
    stats = instance.get_run_step_stats(run_id)
    running = [step.step_key for step in stats if step.start_time and not step.end_time]
    return running[0] if running else None


def _free_slots_of_ended_runs(instance: dg.DagsterInstance) -> None:
    """A process killed between a run's end and the end of its last step leaves a slot that nobody holds."""
    for run_id in instance.event_log_storage.get_concurrency_run_ids():
        run = instance.get_run_by_id(run_id)
        if run is None or run.is_finished:
            instance.event_log_storage.free_concurrency_slots_for_run(run_id)
