"""What a run came to, on one screen."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from coachlake.cli.landed import outcome_counts
from coachlake.cli.trouble import in_words, keep
from coachlake.display.sentences.priorities import priority
from coachlake.lake.connection import lake
from coachlake.lake.sql import listed
from coachlake.settings import Settings

_LISTED = 20  # calls that were not scored, named on the screen


def print_summary(settings: Settings, console: Console, nights: list[date]) -> None:
    """Calls scored and quarantined, audio, coverage, the three most urgent priorities, and what to run next."""
    with lake(settings, read_only=True) as connection:
        _coverage(connection, console, nights)
        _delivered(connection, console, nights)
        _not_scored(connection, console, nights)
        if _has_marts(connection):
            _priorities(connection, console)
    console.print("\nNext: [bold]make dev[/bold] opens Dagster, [bold]make app[/bold] the dashboards.")


def report_failures(result: dg.ExecuteInProcessResult, log: Path) -> None:
    """Say on standard error which steps and checks of a run failed. A warning does not stop the night."""
    console = Console(stderr=True, soft_wrap=True)
    for event in result.all_events:
        if event.is_step_failure:
            error = event.step_failure_data.error
            console.print(f"[red]failed: {event.step_key}[/red] {escape(in_words(error))}", highlight=False)
            keep(log, error)
    for check in result.get_asset_check_evaluations():
        if not check.passed:
            colour = "red" if check.severity == dg.AssetCheckSeverity.ERROR else "yellow"
            observed = check.metadata["observed"].value if "observed" in check.metadata else ""
            console.print(
                f"[{colour}]check {check.check_name}[/{colour}]: {escape(str(check.description))} "
                f"Seen: {escape(str(observed))}",
                highlight=False,
            )
    if not result.success:
        console.print(f"Nothing new was published. More in {log}", highlight=False)


def report_held_back(held: Mapping[str, str]) -> None:
    """Say which tables still show their earlier state, and why; one line a reason."""
    console = Console(stderr=True, soft_wrap=True)
    by_why: dict[str, list[str]] = {}
    for table, why in sorted(held.items()):
        by_why.setdefault(why, []).append(table)
    for why, tables in by_why.items():
        console.print(f"[red]held back:[/red] {', '.join(tables)}: {escape(why)}", highlight=False)
    if held:
        console.print("Everything else is published; these show what they showed before.", highlight=False)


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
    if not total:
        console.print("\nNo call landed for these nights.")
        return
    console.print(
        f"\n[bold]{scored}[/bold] calls scored, [bold]{asked}[/bold] asked about, "
        f"[bold]{quarantined}[/bold] quarantined; "
        f"{minutes:.0f} minutes of audio; coverage {scored / total:.0%} of {total} landed."
    )


def _delivered(connection: duckdb.DuckDBPyConnection, console: Console, nights: list[date]) -> None:
    """Everything delivered for these nights by what became of it: the parts add up to the whole."""
    counts = outcome_counts(connection, nights)
    if not counts:
        return
    parts = ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
    console.print(f"Delivered: {sum(counts.values())} entries: {parts}. [bold]coachlake landed[/bold] lists each.")


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
        more = "[bold]coachlake landed --only refused[/bold] and the app's page Data quality list all"
        console.print(f"  and {len(found) - _LISTED} more: {more}", highlight=False)
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
        told = (row["rep_name"], priority(row), _moment(row["moments_to_discuss"][0]))
        table.add_row(*map(escape, told))
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
