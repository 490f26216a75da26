"""Publishing: the marts that passed their checks become what people read, all at once.

A published table is a view pinned to one DuckLake snapshot. Making the views is one transaction whatever the
size of the history, and readers never see a half-built night: the next one shows only when it is published.
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from ray_jobs.lake.connection import ALIAS, lake, with_retries
from ray_jobs.lake.writer import transaction
from ray_jobs.settings import Settings


def publish(settings: Settings, tables: Sequence[str], *, source_schema: str = "marts") -> int:
    """Point `published.<table>` at the current snapshot of each mart, in one transaction; the snapshot's id.

    Raises duckdb.CatalogException where a mart does not exist; nothing is published then.
    """
    with lake(settings) as connection:
        with_retries(lambda: connection.execute(f"CREATE SCHEMA IF NOT EXISTS {ALIAS}.published"))
        version = current_snapshot(connection)
        stale = set(_published_tables(connection)) - set(tables)
        views = [
            f"CREATE OR REPLACE VIEW {ALIAS}.published.{table} AS "
            f"SELECT * FROM {ALIAS}.{source_schema}.{table} AT (VERSION => {version})"
            for table in tables
        ]
        transaction(connection, [*views, *(f"DROP VIEW {ALIAS}.published.{table}" for table in sorted(stale))])
    return version


def export_parquet(settings: Settings, folder: Path) -> dict[str, int]:
    """Write each published table as `<folder>/<table>.parquet`; table → rows. Files are replaced whole."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = {}
    with lake(settings, read_only=True) as connection:
        for table in _published_tables(connection):
            part = folder / f"{table}.parquet.part"
            count = connection.execute(
                f"COPY (SELECT * FROM {ALIAS}.published.{table}) TO '{part}' (FORMAT parquet, COMPRESSION zstd)"
            ).fetchone()
            part.replace(folder / f"{table}.parquet")
            rows[table] = int(count[0]) if count else 0
    return rows


def current_snapshot(connection: duckdb.DuckDBPyConnection) -> int:
    """The id of the lake's newest snapshot."""
    row = connection.execute(f"SELECT max(snapshot_id) FROM ducklake_snapshots('{ALIAS}')").fetchone()
    return int(row[0]) if row else 0


def _published_tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    query = (
        "SELECT table_name FROM information_schema.tables "
        f"WHERE table_catalog = '{ALIAS}' AND table_schema = 'published' ORDER BY table_name"
    )
    return [name for (name,) in connection.execute(query).fetchall()]
