"""One run at a time works on a lake; the next one takes over from the dead and waits for the living, and says so."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from coachlake.settings import Settings
from orchestration.runs.dead_runs import PROCESS_TAG, DeadRun, living_runs, release_dead_runs, step_of
from orchestration.runs.process import ProcessId
from orchestration.runs.progress_file import ProgressFile

# Says what is waited for, each time it is asked; None: nothing any more.
Waiting = Callable[[str | None], None]
_POLL_S = 1.0


@contextmanager
def turn(
    instance: dg.DagsterInstance, settings: Settings, took_over: Callable[[DeadRun], None], waiting: Waiting
) -> Iterator[None]:
    """Hold the lake's turn for the block. `took_over` hears of each dead run, `waiting` what is being waited for.

    Runs that wait are let in one by one. Steps of runs that Dagster's daemon starts meanwhile still wait for each
    other by the pool `lake`.
    """
    file = Path(instance.root_directory) / "turn.lock"
    with file.open("a") as lock:
        while True:
            for dead in release_dead_runs(instance, settings):
                took_over(dead)
            living = living_runs(instance)
            if not living and _is_locked(lock.fileno()):
                break
            waiting(describe_run(instance, living[0]) if living else "another run that is starting")
            time.sleep(_POLL_S)
        waiting(None)
        yield


def describe_run(instance: dg.DagsterInstance, record: dg.RunRecord) -> str:
    """A run in progress in words: its process, since when, what it does, how far it is."""
    run = record.dagster_run
    process = ProcessId.parse(run.tags.get(PROCESS_TAG, ""))
    whose = f"process {process.pid} on {process.host}, " if process else ""
    began = time.strftime("%d %b %H:%M", time.gmtime(record.create_timestamp.timestamp()))
    progress = ProgressFile(instance.root_directory, run.run_id).read()
    doing = [part for part in (step_of(instance, run.run_id), str(progress) if progress else None) if part]
    return f"run {run.run_id[:8]} ({whose}since {began} UTC){': ' if doing else ''}{', '.join(doing)}"


def _is_locked(descriptor: int) -> bool:
    """Take the lock unless another process has it; the system gives it back when a process ends, however it ends."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks: runs still wait for those they see
        return True
    return True
