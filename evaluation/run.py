"""Runs the tasks whose labelled sets are there."""

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

from evaluation.kept import KeptResults
from evaluation.kit import EvaluationKit
from evaluation.result import TaskResult
from evaluation.sets.find import NothingLabelledError, SetNotFoundError
from evaluation.tasks import TASKS

_log = logging.getLogger(__name__)


def run_tasks(
    folder: Path, only: Sequence[str] = (), profile: str = "embedded", kept: KeptResults | None = None
) -> Iterator[TaskResult]:
    """The results of each task, as they are ready.

    `folder` is laid out as the sets are published (see `sets/`); a set that is missing or holds no labels for a task
    gives one result with n = 0 and a note that says so, and so does a task that fails: the others go on, the note
    starts with "failed". With `kept`, a task whose results are there is not measured, and every other is written when
    it ends. Raises KeyError for a name in `only` that is no task.
    """
    unknown = sorted(set(only) - TASKS.keys())
    if unknown:
        raise KeyError(f"no task {', '.join(unknown)}: there are {', '.join(TASKS)}")
    kit = EvaluationKit(profile)
    for name in only or TASKS:
        results = kept.of(name) if kept else None
        if results is None:
            results = _measured(name, folder, kit)
            if kept:
                kept.keep(name, results)
        yield from results


def _measured(name: str, folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    try:
        return TASKS[name](folder, kit)
    except SetNotFoundError as error:
        return [TaskResult(name, error.data, 0, note=f"not found: {error.path}")]
    except NothingLabelledError as error:
        return [TaskResult(name, str(error), 0, note="nothing there carries the labels this needs")]
    except Exception as error:  # hours of other tasks are not lost to one
        _log.exception("%s failed", name)
        return [TaskResult(name, "", 0, note=f"failed: {type(error).__name__}: {error}")]
