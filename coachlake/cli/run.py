"""`coachlake run`: the main job, from a folder of calls (or the demonstration) to published marts."""

from contextlib import redirect_stdout
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import dagster as dg
import typer
from rich.console import Console
from rich.markup import escape

from coachlake.cli.demo import land_demo
from coachlake.cli.environment import prepare_environment
from coachlake.cli.summary import print_summary, report_failures, report_held_back
from coachlake.cli.waiting import Says
from coachlake.lake.publish import held_back
from coachlake.landing.facts import CallFactsError
from coachlake.landing.night_folder import landed_nights
from coachlake.landing.own_folder import land_folder
from coachlake.progress_bar import progress_bar
from coachlake.settings import Settings, load_settings
from orchestration.runs.dead_runs import tags_of_this_process
from orchestration.runs.progress_file import Heartbeat, ProgressFile
from orchestration.runs.slot_watch import SlotWatch
from orchestration.runs.turn import opened_instance, turn

# Nights further apart than this are runs of their own, so that a gap of years is not run through day by day.
_GAP = timedelta(days=14)


def run(
    calls: Annotated[Path | None, typer.Argument(help="A folder of calls with its call facts; none: the demo.")] = None,
) -> None:
    """Process calls end to end: land, transcribe, score, build, check, publish. Safe to repeat and to interrupt."""
    settings = load_settings()
    prepare_environment(settings)
    _verify_weights(settings)
    console = Console()
    if calls is None:
        land_demo(settings)
        nights = landed_nights(settings)
    else:
        try:
            nights = land_folder(settings, calls)
        except CallFactsError as error:
            console.print(f"[red]{escape(str(error))}[/red]", highlight=False)
            raise typer.Exit(2) from error
    outcomes = [run_nightly(settings, first, last) for first, last in _stretches(nights)]
    print_summary(settings, console, nights)
    raise typer.Exit(0 if all(outcomes) else 1)


def run_nightly(settings: Settings, first: date, last: date) -> bool:
    """The nightly job in this process for every night from `first` to `last`, as one run; whether it succeeded.

    It runs on the lake of `settings`, also where the environment names another.

    What failed is said on standard error; what dbt has to say is in `<home>/logs/<last>.log`.
    """
    prepare_environment(settings)
    log = settings.home / "logs" / f"{last}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    says = Says()
    # dbt tells each model on standard output; kept, but not what somebody waiting for a summary wants to read.
    with log.open("a", encoding="utf-8") as file, redirect_stdout(file):
        from orchestration.definitions import defs  # dbt parses its project

        job = defs.resolve_job_def("nightly")
        with opened_instance() as instance, turn(instance, settings, says.took_over, says.waiting):
            result = _execute(settings, instance, job, first, last, says)
    report_failures(result, log)
    held = held_back(settings) if result.success else {}
    report_held_back(held)
    return bool(result.success) and not held


def _execute(
    settings: Settings, instance: dg.DagsterInstance, job: dg.JobDefinition, first: date, last: date, says: Says
) -> dg.ExecuteInProcessResult:
    from orchestration.resources.lakehouse import Lakehouse
    from orchestration.resources.progress import ProgressReporter

    run_id = str(uuid4())
    heartbeat = Heartbeat(ProgressFile(instance.root_directory, run_id))
    with heartbeat, SlotWatch(instance, settings, run_id, says.waiting):
        return job.execute_in_process(
            instance=instance,
            run_id=run_id,
            resources={"lakehouse": Lakehouse(settings), "progress": ProgressReporter(is_bar=True)},
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
            tags={
                "dagster/asset_partition_range_start": first.isoformat(),
                "dagster/asset_partition_range_end": last.isoformat(),
                **tags_of_this_process(),
            },
        )


def _verify_weights(settings: Settings) -> None:
    from coachlake.models.profiles import load_profile
    from coachlake.models.upkeep.verify import verify_profile

    with progress_bar("checking model weights") as report:
        report(0, 1)
        verify_profile(load_profile(settings.model_profile))
        report(1, 1)


def _stretches(nights: list[date]) -> list[tuple[date, date]]:
    stretches: list[tuple[date, date]] = []
    for night in nights:
        if stretches and night - stretches[-1][1] <= _GAP:
            stretches[-1] = (stretches[-1][0], night)
        else:
            stretches.append((night, night))
    return stretches
