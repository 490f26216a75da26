"""Dagster's records of runs that ended longer ago than the retention policy keeps them."""

import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

import dagster as dg

from coachlake.retention.due import Due
from coachlake.retention.policy import Policy

_ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]


def old_runs(instance: dg.DagsterInstance, policy: Policy, today: date) -> list[Due]:
    """Runs that have ended and were not touched since; one entry, or none where no run is due."""
    last_kept = policy.last_kept("runs", today)
    if last_kept is None:
        return []
    limit = datetime.combine(last_kept, time.min, UTC)
    runs = [run.run_id for run in instance.get_runs(dg.RunsFilter(statuses=_ENDED, updated_before=limit))]
    return [Due("runs", last_kept, len(runs), lambda: _remove(instance, runs))] if runs else []


def _remove(instance: dg.DagsterInstance, runs: Sequence[str]) -> None:
    for run_id in runs:
        instance.delete_run(run_id)
    gone = set(runs)
    for path in [path for path in Path(instance.root_directory).rglob("*") if path.stem in gone]:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)  # what its steps printed
        else:
            path.unlink(missing_ok=True)
