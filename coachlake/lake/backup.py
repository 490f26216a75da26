"""A lake copied into another one: a backup, back from it, or to another catalog and another store.

Row by row, not file by file: each row is read once more, and any catalog and store goes to any other. What is copied is
what people entered or a run landed (`raw`) and what was published; the rest is built from them by the next run.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import duckdb

from coachlake.files import is_within
from coachlake.lake.connection import ALIAS, attach, connect, create_raw_tables
from coachlake.lake.files import verify_files
from coachlake.lake.publish import DICTIONARY, HELD_BACK, Documented, publish, published_tables
from coachlake.lake.sql import Sql, identifier
from coachlake.settings import Settings

_OTHER = "other"
# Tables of DuckLake's catalog that say where files lie, and whether below the data path.
_NAMES_FILES = ("ducklake_data_file", "ducklake_delete_file", "ducklake_schema", "ducklake_table")
Place = tuple[str, str, str]  # of a table: lake, schema, name
# Of the lake they lie in, not of the calls: files' hashes, and by which models its marts were built.
_OF_THE_LAKE = ("lake_files", "lake_versions", "mart_builds")


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


def settings_of_backup(settings: Settings, folder: Path) -> Settings:
    """The lake of a backup that is there, after a look at what it is made of.

    Raises BackupError where it would have files read that do not lie in it: by an absolute name, a way up, or a link.
    """
    catalog = folder.resolve() / "catalog.sqlite"
    if not catalog.is_file():
        raise BackupError(f"{folder} holds no backup: there is no catalog.sqlite")
    for path in (catalog, *(folder.resolve() / "files").rglob("*")):
        if not is_within(path, folder):
            raise BackupError(f"{path} is a link out of the backup: what it leads to is not restored")
    if strange := _stranger(catalog):
        raise BackupError(f"the backup's catalog names {strange}, which does not lie in it: it is not restored")
    return backup_settings(settings, folder)


def _stranger(catalog: Path) -> str | None:
    """The first name in a catalog that leads out of the lake's files."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(catalog))}?mode=ro", uri=True)) as opened:
            for table in _NAMES_FILES:
                for path, is_relative in opened.execute(f"SELECT path, path_is_relative FROM {identifier(table)}"):
                    place = PurePosixPath(path or "")
                    if not is_relative or place.is_absolute() or ".." in place.parts:
                        return str(path)
    except sqlite3.DatabaseError as error:
        raise BackupError(f"{catalog} is no catalog of a lake ({error})") from error
    return None


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
        attach(connection, source, _OTHER, read_only=True)
        jobs = _jobs(connection)
        connection.execute("BEGIN TRANSACTION")  # one snapshot: a copy that is cut off is no lake with half the calls
        create_raw_tables(connection)
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {ALIAS}.marts")
        for done, (from_, to) in enumerate(jobs):
            progress(done, len(jobs))
            _copy(connection, from_, to)
        connection.execute("COMMIT")
        rows = {".".join(from_[1:]): _compared(connection, from_, to) for from_, to in jobs}
        documented = _documented(connection)
        connection.execute(f"DETACH {_OTHER}")
    if documented:
        publish(target, documented)
    verify_files(target)
    progress(len(jobs), len(jobs))
    return Copied(rows)


def _jobs(connection: duckdb.DuckDBPyConnection) -> list[tuple[Place, Place]]:
    """Tables to copy, from and to; what is published becomes the marts that are published there."""
    raw = [table for table in _tables(connection, "raw") if table not in _OF_THE_LAKE]
    published = [table for table in published_tables(connection, _OTHER) if table not in (DICTIONARY, HELD_BACK)]
    return [((_OTHER, "raw", table), (ALIAS, "raw", table)) for table in raw] + [
        ((_OTHER, "published", table), (ALIAS, "marts", table)) for table in published
    ]


def _copy(connection: duckdb.DuckDBPyConnection, source: Place, target: Place) -> None:
    if target[1] == "raw":
        connection.execute(f"INSERT INTO {identifier(*target)} BY NAME SELECT * FROM {identifier(*source)}")
    else:
        connection.execute(f"CREATE TABLE {identifier(*target)} AS SELECT * FROM {identifier(*source)}")


def _compared(connection: duckdb.DuckDBPyConnection, from_: Place, to: Place) -> int:
    """Rows of a copy. Raises BackupError where they are not those of the source."""
    source, target = identifier(*from_), identifier(*to)
    [(rows,)] = connection.execute(f"SELECT count(*) FROM {source}").fetchall()
    [(copied,)] = connection.execute(f"SELECT count(*) FROM {target}").fetchall()
    columns = Sql(", ".join(identifier(row[0]) for row in connection.execute(f"DESCRIBE {source}").fetchall()))
    different = f"SELECT count(*) FROM (SELECT {columns} FROM {source} EXCEPT ALL SELECT {columns} FROM {target})"
    if rows != copied or (rows and connection.execute(different).fetchall() != [(0,)]):
        raise BackupError(f"the copy of {'.'.join(from_[1:])} does not hold the same rows")
    return int(rows)


def _documented(connection: duckdb.DuckDBPyConnection) -> dict[str, Documented]:
    published = published_tables(connection, _OTHER)
    found = {table: Documented() for table in published if table not in (DICTIONARY, HELD_BACK)}
    if DICTIONARY not in published:
        return found
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
