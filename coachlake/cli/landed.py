"""`coachlake landed`: everything that was delivered, each thing once, and what became of it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any

import duckdb
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from coachlake.lake.connection import lake
from coachlake.lake.sql import Sql, listed
from coachlake.settings import load_settings

_MOST = 200
_ORDER = ("scored", "asked", "refused", "not processed", "ignored", "outcomes", "facts")
# As marts.delivered_entries has it, but of the raw tables: a night that could not be published is accounted for too.
_ENTRIES = """
    SELECT e.batch_date, e.entry, coalesce(e.call_id, '') AS call_id,
        CASE WHEN e.used_as != 'call' THEN e.used_as WHEN c.status = 'quarantined' THEN 'refused'
            ELSE coalesce(c.status, 'not processed') END AS outcome,
        concat_ws('; ', c.reason, e.reason) AS reason
    FROM lake.raw.delivered_entries e
    LEFT JOIN lake.raw.calls c ON c.call_id = e.call_id AND c.batch_date = e.batch_date
"""


def landed(
    night: Annotated[datetime | None, typer.Argument(formats=["%Y-%m-%d"], help="A night; none: all.")] = None,
    only: Annotated[str | None, typer.Option(help=f"One outcome alone: {', '.join(_ORDER)}.")] = None,
    all_: Annotated[bool, typer.Option("--all", help=f"List all, not the first {_MOST}.")] = False,
) -> None:
    """List everything delivered: each file and each row once, whether it was scored, asked about, refused or ignored,
    and why."""
    if only is not None and only not in _ORDER:
        raise typer.BadParameter(f"one of {', '.join(_ORDER)}", param_hint="--only")
    console = Console()
    try:
        with lake(load_settings(), read_only=True) as connection:
            nights = [night.date()] if night else None
            counts = outcome_counts(connection, nights)
            found = _entries(connection, nights, only)
    except (FileNotFoundError, duckdb.CatalogException):
        console.print("Nothing has landed yet: [bold]coachlake run FOLDER[/bold] takes a folder of calls in.")
        raise typer.Exit(1) from None
    table = Table("night", "entry", "outcome", "reason")
    for row in found if all_ else found[:_MOST]:
        table.add_row(str(row[0]), escape(row[1]), row[3], escape(row[4]))
    console.print(table)
    if len(found) > _MOST and not all_:
        console.print(f"and {len(found) - _MOST} more: [bold]--all[/bold] lists them", highlight=False)
    parts = ", ".join(f"{count} {outcome}" for outcome, count in counts.items())
    console.print(f"{sum(counts.values())} entries: {parts or 'none'}", highlight=False)


def outcome_counts(connection: duckdb.DuckDBPyConnection, nights: Sequence[date] | None) -> dict[str, int]:
    """Outcome → how many entries of these nights (None: of all) came to it; their sum is all that was delivered."""
    query = f"SELECT outcome, count(*) FROM ({_ENTRIES}) WHERE {_of(nights)} GROUP BY outcome"
    counts = dict(connection.execute(query).fetchall())
    return {outcome: counts[outcome] for outcome in _ORDER if outcome in counts}


def _entries(connection: duckdb.DuckDBPyConnection, nights: Sequence[date] | None, only: str | None) -> list[Any]:
    query = f"SELECT * FROM ({_ENTRIES}) WHERE {_of(nights)} AND (? IS NULL OR outcome = ?) ORDER BY 1 DESC, 2"
    return list(connection.execute(query, [only, only]).fetchall())


def _of(nights: Sequence[date] | None) -> Sql:
    return Sql("true") if nights is None else Sql(f"batch_date IN ({listed(nights)})")
