"""`coachlake retain`: what the retention policy keeps no longer goes, now."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from coachlake.cli.environment import prepare_environment
from coachlake.cli.waiting import Says
from coachlake.retention.policy import PolicyError, read_policy
from coachlake.settings import load_settings


def retain(
    is_rehearsal: Annotated[bool, typer.Option("--dry-run", help="Count what would go; remove nothing.")] = False,
) -> None:
    """Remove what is older than the retention policy keeps it; Dagster does the same every Sunday.

    The policy is the file COACHLAKE_RETENTION names (docs/privacy.md). Exit 2 where it cannot be followed.
    """
    from coachlake.retention.retain import retain as remove
    from orchestration.runs.old_runs import old_runs
    from orchestration.runs.turn import opened_instance, turn

    settings, console, today = load_settings(), Console(soft_wrap=True), datetime.now(UTC).date()
    try:
        policy = read_policy(settings.retention)
    except PolicyError as error:
        console.print(f"[red]{escape(str(error))}[/red]", highlight=False)
        raise typer.Exit(2) from error
    if not policy.days:
        console.print(f"Everything is kept: {escape(str(settings.retention))} states no days.", highlight=False)
        return
    prepare_environment(settings)
    says = Says()
    with opened_instance() as instance, turn(instance, settings, says.took_over, says.waiting):
        found = remove(settings, policy, today, also=old_runs(instance, policy, today), is_rehearsal=is_rehearsal)
    for kind, count in found.removed.items():
        goes = "would go" if is_rehearsal else "removed"
        console.print(f"  {kind}: {count} {goes}, from before {found.last_kept[kind]}", highlight=False)
    if not found.removed:
        console.print("Nothing is older than the policy keeps it.")
    elif not is_rehearsal and {"calls", "practice"} & set(found.removed):
        console.print("Averages follow with the next run.")
