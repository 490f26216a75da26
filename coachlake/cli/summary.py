"""What a run came to, on one screen."""

from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from coachlake.display.sentences.priorities import priority
from coachlake.lake.connection import lake
from coachlake.lake.sql import listed
from coachlake.settings import Settings

_LISTED = 20  # calls that were not scored, named on the screen


def print_summary(settings: Settings, console: Console, nights: list[date]) -> None:
    """Calls scored and quarantined, audio, coverage, the three most urgent priorities, and what to run next."""
    with lake(settings, read_only=True) as connection:
        _coverage(connection, console, nights)
        _not_scored(connection, console, nights)
        if _has_marts(connection):
            _priorities(connection, console)
    console.print("\nNext: [bold]make dev[/bold] opens Dagster, [bold]make app[/bold] the dashboards.")


def report_failures(result: dg.ExecuteInProcessResult, log: Path) -> None:
    """Say on standard error which steps and checks of a run failed. A warning does not stop the night."""
    console = Console(stderr=True)
    for event in result.all_events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            console.print(
                f"[red]failed: {event.step_key}[/red] {error.message.strip() if error else ''}", highlight=False
            )
    for check in result.get_asset_check_evaluations():
        if not check.passed:
            colour = "red" if check.severity == dg.AssetCheckSeverity.ERROR else "yellow"
            observed = check.metadata["observed"].value if "observed" in check.metadata else ""
            console.print(
                f"[{colour}]check {check.check_name}[/{colour}]: {check.description} Seen: {observed}", highlight=False
            )
    if not result.success:
        console.print(f"Nothing new was published. More in {log}", highlight=False)


def _coverage(connection: duckdb.DuckDBPyConnection, console: Console, nights: list[date]) -> None:
    row = _rows(
        connection,
        f"""
        SELECT count(*) FILTER (WHERE status = 'scored'), count(*) FILTER (WHERE status = 'asked'),
            count(*) FILTER (WHERE status = 'quarantined'),
            coalesce(sum(duration_s) FILTER (WHERE channel_layout != 'transcript'), 0) / 60
        FROM lake.raw.calls WHERE source = 'live' AND batch_date IN ({listed(nights)})
        """,
    )[0]
    scored, asked, quarantined, minutes = row
    total = scored + asked + quarantined
    share = f"{scored / total:.0%}" if total else "–"
    console.print(
        f"\n[bold]{scored}[/bold] calls scored, [bold]{asked}[/bold] asked about, "
        f"[bold]{quarantined}[/bold] quarantined; "
        f"{minutes:.0f} minutes of audio; coverage {share} of {total} landed."
    )


def _not_scored(connection: duckdb.DuckDBPyConnection, console: Console, nights: list[date]) -> None:
    found = _rows(
        connection,
        f"""
        SELECT call_id, status, reason FROM lake.raw.calls
        WHERE status != 'scored' AND source = 'live' AND batch_date IN ({listed(nights)})
        ORDER BY status, call_id
        """,
    )
    for call_id, status, reason in found[:_LISTED]:
        asked = "who is the rep? " if status == "asked" else ""
        console.print(f"  [yellow]{escape(call_id)}[/yellow]: {asked}{escape(reason or '')}", highlight=False)
    if len(found) > _LISTED:
        console.print(f"  and {len(found) - _LISTED} more, on the app's page Data quality", highlight=False)
    if any(status == "asked" for _, status, _ in found):
        console.print("  Answer on the app's page [bold]Who is the rep?[/bold], or with [bold]coachlake roles[/bold].")


def _priorities(connection: duckdb.DuckDBPyConnection, console: Console) -> None:
    table = Table("rep", "why", "moment", title="\nMost urgent coaching priorities", show_lines=True)
    urgent = connection.execute(
        """
        SELECT r.rep_name, p.*
        FROM lake.published.coaching_priorities p JOIN lake.published.reps r USING (rep_id)
        WHERE p.moments_to_discuss IS NOT NULL ORDER BY p.priority DESC, p.rep_id, p.criterion_id LIMIT 3
        """
    ).to_arrow_table()
    for row in urgent.to_pylist():
        table.add_row(row["rep_name"], priority(row), _moment(row["moments_to_discuss"][0]))
    if table.row_count:
        console.print(table)


def _moment(moment: dict[str, Any] | None) -> str:
    if not moment:
        return ""
    minutes, seconds = divmod(int(moment["start_s"]), 60)
    cue = f"customer: “{moment['cue_quote']}”\n" if moment["cue_quote"] else ""
    return f"{cue}rep: “{moment['quote']}”\n{moment['call_id']} at {minutes}:{seconds:02d}"


def _has_marts(connection: duckdb.DuckDBPyConnection) -> bool:
    query = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'published'"
    return bool(_rows(connection, query)[0][0])


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[Any]:
    return list(connection.execute(query).fetchall())
