"""Erasing in an embedded catalog, a SQLite file: what it keeps beside the lake's files."""

import sqlite3
from collections.abc import Callable
from contextlib import closing

from coachlake.erasure.traces import Traces, teach
from coachlake.lake.sql import identifier
from coachlake.settings import Settings


def scrub_catalog(settings: Settings, traces: Traces) -> None:
    """Take out rows too few for a file that hold one of them, deleted ones too, smallest and largest values of columns
    that are one, and the free pages SQLite leaves."""

    def without_them(catalog: sqlite3.Connection) -> None:
        teach(catalog, traces)
        for table in _tables(catalog):
            for (column,) in catalog.execute("SELECT name FROM pragma_table_info(?)", [table]).fetchall():
                _scrub(catalog, table, column)

    _change(settings, without_them)


def scrub_ended(settings: Settings) -> None:
    """Take out every row that no snapshot holds any more, smallest and largest values of tables, and the free pages:
    `scrub_catalog` for so many calls that each cell cannot be compared with all."""
    _change(settings, _without_ended)


def _without_ended(catalog: sqlite3.Connection) -> None:
    for table in filter(_is_inlined, _tables(catalog)):
        catalog.execute(f"DELETE FROM {identifier(table)} WHERE end_snapshot IS NOT NULL")
    catalog.execute("UPDATE ducklake_table_column_stats SET min_value = NULL, max_value = NULL")


def _change(settings: Settings, change: Callable[[sqlite3.Connection], None]) -> None:
    """Nothing where the catalog is a PostgreSQL server's."""
    kind, _, place = settings.catalog.partition(":")
    if kind != "sqlite":
        return
    with closing(sqlite3.connect(place)) as catalog:
        change(catalog)
        catalog.commit()
        catalog.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        catalog.execute("VACUUM")
        catalog.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _scrub(catalog: sqlite3.Connection, table: str, column: str) -> None:
    target, name = identifier(table), identifier(column)
    if _is_inlined(table):  # theirs are deleted ones by now
        catalog.execute(f"DELETE FROM {target} WHERE end_snapshot IS NOT NULL AND theirs({name})")
    elif table.endswith("_stats"):  # unknown is what NULL says: then the file is read
        catalog.execute(f"UPDATE {target} SET {name} = NULL WHERE theirs({name})")


def _tables(catalog: sqlite3.Connection) -> list[str]:
    return [name for (name,) in catalog.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]


def _is_inlined(table: str) -> bool:
    return table.startswith("ducklake_inlined_data") and not table.endswith("_tables")
