"""Publishing: the marts that passed their checks become what people read, all at once.

A published table is a view pinned to one DuckLake snapshot. Making the views is one transaction whatever the
size of the history, and readers never see a half-built night: the next one shows only when it is published.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

import duckdb

from coachlake.files import whole_file
from coachlake.lake.connection import ALIAS, lake, with_retries
from coachlake.lake.sql import Sql, identifier, listed, literal
from coachlake.lake.writer import transaction
from coachlake.settings import Settings

DICTIONARY = "data_dictionary"
HELD_BACK = "held_back"


@dataclass(frozen=True, slots=True)
class Documented:
    """What a mart's documentation says: its `description` (grain first), and column → (data type, description)."""

    description: str = ""
    columns: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def publish(
    settings: Settings,
    tables: Mapping[str, Documented] | Sequence[str],
    *,
    source_schema: str = "marts",
    held: Mapping[str, str] | None = None,
) -> int:
    """Point `published.<table>` at the current snapshot of each mart, in one transaction; the snapshot's id.

    Tables of `held` (name → why) stay as they were published last (without rows where they never were), and are listed
    in `published.held_back` until they no longer are held. Documentation travels as the view's comment and, a row a
    column, in `published.data_dictionary` (DuckLake keeps no comments on a view's columns). Raises
    duckdb.CatalogException where a mart does not exist: nothing is published.
    """
    every = tables if isinstance(tables, Mapping) else {table: Documented() for table in tables}
    held = held or {}
    documented = {table: about for table, about in every.items() if table not in held}
    with lake(settings) as connection:
        with_retries(lambda: connection.execute(f"CREATE SCHEMA IF NOT EXISTS {ALIAS}.published"))
        version = current_snapshot(connection)
        kept = {*every, DICTIONARY, *([HELD_BACK] if held else [])}
        before = set(published_tables(connection))
        stale = before - kept
        statements = [
            *(_view(table, source_schema, version) for table in documented),
            *(f"{_view(table, source_schema, version)} WHERE false" for table in sorted(held.keys() - before)),
            *(
                f"COMMENT ON VIEW {identifier(ALIAS, 'published', table)} IS {literal(about.description)}"
                for table, about in documented.items()
            ),
            _dictionary(every),
            *([_held_back(held)] if held else []),
            *(f"DROP VIEW {identifier(ALIAS, 'published', table)}" for table in sorted(stale)),
        ]
        transaction(connection, statements)
    return version


def export_parquet(
    settings: Settings, folder: Path, documented: Mapping[str, Documented] | None = None, *, since: date | None = None
) -> dict[str, int]:
    """Write each published table under `folder`; table → rows written. Each file is replaced whole.

    Tables with a `batch_date` are `<table>/<year>-<month>.parquet`, of which only the months from that of `since` on
    are written anew, and those that are missing; the others are `<table>.parquet`. Descriptions travel in the
    Parquet files' key-value metadata (`description`, `columns`). Parquet files of what is no longer published go.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, int] = {}
    current: set[Path] = set()
    with lake(settings, read_only=True, also=[folder]) as connection:
        for table in published_tables(connection):
            about = (documented or {}).get(table, Documented())
            files = _files(connection, folder, table)
            changed = [file for file in files if not file.is_before(since) or not file.path.exists()]
            rows[table] = sum(_copy(connection, file.query, file.path, about) for file in changed)
            current |= {file.path for file in files}
    for path in set(folder.rglob("*.parquet")) - current:
        path.unlink()
    return rows


def current_snapshot(connection: duckdb.DuckDBPyConnection) -> int:
    """The id of the lake's newest snapshot."""
    row = connection.execute(f"SELECT max(snapshot_id) FROM ducklake_snapshots('{ALIAS}')").fetchone()
    return int(row[0]) if row else 0


def _view(table: str, source_schema: str, version: int) -> str:
    return (
        f"CREATE OR REPLACE VIEW {identifier(ALIAS, 'published', table)} AS "
        f"SELECT * FROM {identifier(ALIAS, source_schema, table)} AT (VERSION => {literal(version)})"
    )


def _dictionary(documented: Mapping[str, Documented]) -> str:
    rows = [
        f"({listed((table, about.description, name, kind, says))})"
        for table, about in documented.items()
        for name, (kind, says) in about.columns.items()
    ]
    values = Sql(", ".join(rows))
    source = f"VALUES {values}" if rows else "SELECT NULL, NULL, NULL, NULL, NULL WHERE false"
    return (
        f"CREATE OR REPLACE VIEW {ALIAS}.published.{DICTIONARY} AS SELECT * FROM ({source}) "
        "AS documented (table_name, table_description, column_name, data_type, column_description)"
    )


def pinned_snapshots(connection: duckdb.DuckDBPyConnection) -> set[int]:
    """Ids of the snapshots that published tables show."""
    views = connection.execute(
        "SELECT sql FROM duckdb_views() WHERE database_name = $1 AND schema_name = 'published'", [ALIAS]
    ).fetchall()
    return {int(number) for (sql,) in views for number in re.findall(r"VERSION *=> *(\d+)", sql)}


def held_back(settings: Settings) -> dict[str, str]:
    """Table → why it still shows an earlier state; empty where everything is published."""
    with lake(settings, read_only=True) as connection:
        return held_in(connection)


def held_in(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The same of an open lake."""
    if HELD_BACK not in published_tables(connection):
        return {}
    return dict(connection.execute(f"SELECT table_name, why FROM {ALIAS}.published.{HELD_BACK}").fetchall())


def _held_back(held: Mapping[str, str]) -> str:
    rows = Sql(", ".join(f"({listed(row)})" for row in sorted(held.items())))
    return (
        f"CREATE OR REPLACE VIEW {ALIAS}.published.{HELD_BACK} AS "
        f"SELECT * FROM (VALUES {rows}) AS held (table_name, why)"
    )


class _File(NamedTuple):
    """One file of the export: the query it holds, and the month where a table has a file a month."""

    query: Sql
    path: Path
    month: date | None = None

    def is_before(self, day: date | None) -> bool:
        """Whether it holds only rows of months before that of `day`."""
        return self.month is not None and day is not None and self.month < day.replace(day=1)


def _files(connection: duckdb.DuckDBPyConnection, folder: Path, table: str) -> list[_File]:
    source = identifier(ALIAS, "published", table)
    columns = [row[0] for row in connection.execute(f"DESCRIBE {source}").fetchall()]
    if "batch_date" not in columns or table == "data_checks":  # its batch_date says when, not which rows
        return [_File(Sql(f"SELECT * FROM {source}"), folder / f"{table}.parquet")]
    return [
        _File(
            Sql(
                f"SELECT * FROM {source} "
                f"WHERE batch_date >= {literal(month)} AND batch_date < {literal(month)} + INTERVAL 1 MONTH"
            ),
            folder / table / f"{month:%Y-%m}.parquet",
            month,
        )
        for month in _months(connection, source)
    ]


def _months(connection: duckdb.DuckDBPyConnection, source: Sql) -> list[date]:
    found = connection.execute(f"SELECT min(batch_date), max(batch_date) FROM {source}").fetchone()
    first, last = found if found else (None, None)
    if first is None:
        return []
    month = first.replace(day=1)
    months = []
    while month <= last:
        months.append(month)
        month = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return months


def _copy(connection: duckdb.DuckDBPyConnection, query: Sql, path: Path, about: Documented) -> int:
    columns = json.dumps({name: says for name, (_, says) in about.columns.items()})
    metadata = f"KV_METADATA {{description: {literal(about.description)}, columns: {literal(columns)}}}"
    with whole_file(path) as part:
        count = connection.execute(
            f"COPY ({query}) TO {literal(str(part))} (FORMAT parquet, COMPRESSION zstd, {metadata})"
        ).fetchone()
    return int(count[0]) if count else 0


def published_tables(connection: duckdb.DuckDBPyConnection, catalog: str = ALIAS) -> list[str]:
    """Names of what is published, in order."""
    query = (
        "SELECT table_name FROM information_schema.tables "
        "WHERE table_catalog = $1 AND table_schema = 'published' ORDER BY table_name"
    )
    return [name for (name,) in connection.execute(query, [catalog]).fetchall()]
