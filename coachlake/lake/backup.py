"""A lake copied into another one: a backup, back from it, or to another catalog and another store.

Row by row, not file by file: each row is read once more, and any catalog and store goes to any other. What is copied is
what people entered or a run landed (`raw`) and what was published; the rest is built from them by the next run.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from coachlake.lake.connection import ALIAS, attach, connect, create_raw_tables
from coachlake.lake.files import verify_files
from coachlake.lake.publish import DICTIONARY, Documented, publish, published_tables
from coachlake.settings import Settings

_OTHER = "other"
# Of the lake they lie in, not of the calls: files' hashes, and by which models its marts were built.
_OF_THE_LAKE = ("lake_files", "mart_builds")


class BackupError(Exception):
    """A lake that cannot be copied as asked; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Copied:
    """schema.table → rows."""

    rows: dict[str, int]


def backup_settings(settings: Settings, folder: Path) -> Settings:
    """The lake of a backup: an embedded one in `folder`."""
    home = folder.resolve()
    return replace(settings, catalog=f"sqlite:{home / 'catalog.sqlite'}", data_path=str(home / "files"))


def copy_lake(
    source: Settings, target: Settings, progress: Callable[[int, int], None] = lambda done, total: None
) -> Copied:
    """Copy the raw and published tables of one lake into another, which must hold no call yet.

    Each table is compared with its source before it counts. Raises BackupError where there is a lake already, or
    where a copy does not hold the same rows.
    """
    with closing(connect(target)) as connection:
        if _has_calls(connection):
            raise BackupError(f"there is a lake with calls at {target.catalog} already: name an empty place")
        create_raw_tables(connection)
        attach(connection, source, _OTHER, read_only=True)
        published = published_tables(connection, _OTHER)
        raw = _tables(connection, "raw")
        jobs = [("raw", "raw", table) for table in raw if table not in _OF_THE_LAKE]
        jobs += [("published", "marts", table) for table in published if table != DICTIONARY]
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {ALIAS}.marts")
        rows = {}
        for done, (schema, into, table) in enumerate(jobs):
            progress(done, len(jobs))
            rows[f"{schema}.{table}"] = _copy(connection, f"{_OTHER}.{schema}.{table}", f"{ALIAS}.{into}.{table}")
        documented = _documented(connection) if DICTIONARY in published else {}
        connection.execute(f"DETACH {_OTHER}")
    if documented:
        publish(target, documented)
    verify_files(target)
    progress(len(jobs), len(jobs))
    return Copied(rows)


def _copy(connection: duckdb.DuckDBPyConnection, source: str, target: str) -> int:
    schema, table = target.split(".")[1:]
    exists = connection.execute(
        "SELECT count(*) FROM information_schema.tables "
        "WHERE table_catalog = ? AND table_schema = ? AND table_name = ?",
        [ALIAS, schema, table],
    ).fetchone()
    connection.execute("BEGIN TRANSACTION")
    if exists and exists[0]:
        connection.execute(f"DELETE FROM {target}")
        connection.execute(f"INSERT INTO {target} BY NAME SELECT * FROM {source}")
    else:
        connection.execute(f"CREATE TABLE {target} AS SELECT * FROM {source}")
    connection.execute("COMMIT")
    different = "SELECT count(*) FROM ((FROM {}) EXCEPT ALL (FROM {}))"
    columns = ", ".join(f'"{row[0]}"' for row in connection.execute(f"DESCRIBE {source}").fetchall())
    one, other = (f"(SELECT {columns} FROM {place})" for place in (source, target))
    for first, second in ((one, other), (other, one)):
        [(count,)] = connection.execute(different.format(first, second)).fetchall()
        if count:
            raise BackupError(f"{count} rows of {source} are not the same in the copy")
    [(rows,)] = connection.execute(f"SELECT count(*) FROM {target}").fetchall()
    return int(rows)


def _documented(connection: duckdb.DuckDBPyConnection) -> dict[str, Documented]:
    found: dict[str, Documented] = {
        table: Documented() for table in published_tables(connection, _OTHER) if table != DICTIONARY
    }
    for table, about, column, kind, says in connection.execute(f"FROM {_OTHER}.published.{DICTIONARY}").fetchall():
        before = found.get(table, Documented())
        found[table] = Documented(about, {**before.columns, column: (kind, says)})
    return found


def _tables(connection: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    query = (
        "SELECT table_name FROM information_schema.tables "
        "WHERE table_catalog = ? AND table_schema = ? ORDER BY table_name"
    )
    return [name for (name,) in connection.execute(query, [_OTHER, schema]).fetchall()]


def _has_calls(connection: duckdb.DuckDBPyConnection) -> bool:
    query = (
        "SELECT count(*) FROM information_schema.tables "
        f"WHERE table_catalog = '{ALIAS}' AND table_schema = 'raw' AND table_name = 'calls'"
    )
    [(tables,)] = connection.execute(query).fetchall()
    if not tables:
        return False
    [(calls,)] = connection.execute(f"SELECT count(*) FROM {ALIAS}.raw.calls").fetchall()
    return bool(calls)
