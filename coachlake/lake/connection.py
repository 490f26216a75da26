"""Connections to the lake: DuckDB with the DuckLake attached as `lake`, from embedded default to PostgreSQL + S3."""

import importlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

import duckdb

from coachlake.lake.sql import Sql, data_type, identifier, listed, literal
from coachlake.lake.tables import LAKE_VERSION, RAW_TABLES
from coachlake.settings import Settings

ALIAS = "lake"
# What a reader's connection has switched off, in this order: the last takes the file system away.
_CLOSED = (
    "autoinstall_known_extensions",
    "autoload_known_extensions",
    "allow_community_extensions",
    "python_enable_replacements",
    "enable_external_access",
)
_RETRY_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0, 5.0)
_Result = TypeVar("_Result")
# Catalogs this process has put in WAL mode. Once each: DuckDB brings a SQLite of its own, and closing a file through
# a second SQLite drops the locks the first holds on it (POSIX), which other threads then meet as disk I/O errors.
_PREPARED: set[tuple[Path, int]] = set()
_PREPARING = Lock()


def extension_path(name: str) -> str:
    """Path of a signed DuckDB extension inside its pip package, so that nothing is downloaded at run time.

    Raises ModuleNotFoundError naming the package to install where it is missing.
    """
    try:
        package = importlib.import_module(f"duckdb_extension_{name}")
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            f"pip install duckdb-extension-{name.replace('_', '-')}=={duckdb.__version__}"
        ) from error
    folder = Path(next(iter(package.__path__))) / "extensions" / f"v{duckdb.__version__}"
    return str(folder / f"{name}.duckdb_extension")


def required_extensions(settings: Settings) -> tuple[str, ...]:
    """Extensions this lake needs: DuckLake, its catalog's scanner, and httpfs where files are on object storage."""
    scanner = "postgres_scanner" if settings.catalog.startswith("postgres:") else "sqlite_scanner"
    is_remote = any("://" in place for place in (settings.data_path, settings.staging))
    return ("ducklake", scanner, *(("httpfs",) if is_remote else ()))


class LakeUnreadableError(Exception):
    """The lake cannot be opened; its words say why and what to do."""


def connect(
    settings: Settings, *, read_only: bool = False, also: Sequence[Path] = (), alias: str = ALIAS
) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection (UTC session) with the lake attached as `lake`; creates an empty lake on first use.

    Attached under another `alias`, it leaves the name `lake` to an empty database in memory, for views on it.

    A lake that was moved with its files opens at its new place. A read-only connection opens the lake's own files and
    the folders `also`, nothing else, and its configuration cannot be changed (see `_lock`). Raises FileNotFoundError
    for a read-only connection to a lake that does not exist yet, LakeUnreadableError where there is one that cannot be
    opened.
    """
    connection = duckdb.connect()
    try:
        connection.execute("SET TimeZone = 'UTC'")
        if settings.duckdb_memory:
            connection.execute(f"SET memory_limit = {literal(settings.duckdb_memory)}")
        attach(connection, settings, alias, read_only=read_only)
        if alias != ALIAS:
            connection.execute(f"ATTACH ':memory:' AS {ALIAS}")
        if read_only:
            _lock(connection, settings, also)
    except BaseException:
        connection.close()
        raise
    return connection


def attach(connection: duckdb.DuckDBPyConnection, settings: Settings, alias: str, *, read_only: bool) -> None:
    """Attach the lake of `settings` as `alias`; see `connect`."""
    try:
        _prepare_local_folders(settings, read_only=read_only)
    except sqlite3.DatabaseError as error:
        raise _unreadable(settings, error) from error
    for name in required_extensions(settings):
        connection.execute(f"INSTALL {literal(extension_path(name))}; LOAD {identifier(name)}")
    for secret in storage_secrets(settings):
        given = Sql(", ".join(f"{identifier(name)} {literal(value)}" for name, value in secret.items()))
        connection.execute(f"CREATE OR REPLACE SECRET storage ({given})")
    if settings.encryption not in (None, "files"):
        raise LakeUnreadableError(f"COACHLAKE_ENCRYPTION={settings.encryption} is none there is: files, or nothing")
    access = Sql((", READ_ONLY" if read_only else "") + (", ENCRYPTED" if settings.encryption else ""))
    place, data = literal(f"ducklake:{settings.catalog}"), literal(settings.data_path)
    statement = f"ATTACH {place} AS {identifier(alias)} (DATA_PATH {data}{access}"
    try:
        with_retries(lambda: connection.execute(f"{statement})"))
    except duckdb.Error as error:
        if read_only and "creating a new DuckLake is explicitly disabled" in str(error):
            raise FileNotFoundError("no lake in the catalog: `make run` fills one") from error
        if "the database is not encrypted" in str(error):
            raise LakeUnreadableError(
                "COACHLAKE_ENCRYPTION is set, and this lake was made without encryption: back it up with it off "
                "(coachlake lake backup DIR), then restore it to an empty place with it on"
            ) from error
        if "does not match existing data path" not in str(error):
            raise _unreadable(settings, error) from error
        connection.execute(f"{statement}, OVERRIDE_DATA_PATH true)")
        _adopt_moved_files(connection, settings, alias, read_only=read_only)


def _adopt_moved_files(
    connection: duckdb.DuckDBPyConnection, settings: Settings, alias: str, *, read_only: bool
) -> None:
    """Note where the lake's files are now. Raises LakeUnreadableError where they are not there."""
    metadata = identifier(f"__ducklake_metadata_{alias}")
    query = f"SELECT value FROM {metadata}.ducklake_metadata WHERE key = 'data_path'"
    [(before,)] = connection.execute(query).fetchall()
    newest = f"SELECT path FROM {metadata}.ducklake_data_file WHERE path_is_relative ORDER BY data_file_id DESC LIMIT 1"
    here = settings.data_path.rstrip("/")
    for (name,) in connection.execute(newest).fetchall():
        if not connection.execute("SELECT count(*) FROM glob(?)", [f"{here}/**/{name}"]).fetchall()[0][0]:
            raise LakeUnreadableError(
                f"the lake's files are not in {here}: its catalog says {before}. Move them there with the catalog, or "
                "name their place in COACHLAKE_DATA_PATH"
            )
    if not read_only:
        set_path = f"UPDATE {metadata}.ducklake_metadata SET value = ? WHERE key = 'data_path'"
        with_retries(lambda: connection.execute(set_path, [f"{here}/"]))


def _unreadable(settings: Settings, error: Exception) -> LakeUnreadableError:
    kind = settings.catalog.partition(":")[0]
    where = settings.catalog if kind == "sqlite" else "the PostgreSQL catalog"
    if any(sign in str(error) for sign in ("malformed", "not a database", "disk I/O", "corrupt")):
        return LakeUnreadableError(
            f"the lake's catalog is damaged ({where}): move its folder away, then take back a backup (coachlake lake "
            "restore DIR) or run again, which makes from the landing zone all that came from there"
        )
    return LakeUnreadableError(f"the lake cannot be opened ({where}): {str(error).splitlines()[0]}")


def _lock(connection: duckdb.DuckDBPyConnection, settings: Settings, also: Sequence[Path]) -> None:
    """No file but those of the lake (and under `also`), no extension, no Python variable, and no way back.

    The scanner of a SQLite catalog opens files without asking DuckDB: statements from outside must not reach a
    connection all the same (docs/privacy.md).
    """
    spill = settings.home / "cache" / "duckdb"
    spill.mkdir(parents=True, exist_ok=True)
    folders = [settings.data_path, str(spill), *(str(folder.resolve()) for folder in also)]
    connection.execute(f"SET temp_directory = {literal(str(spill))}")
    connection.execute(f"SET allowed_directories = [{listed(folders)}]")
    for option in _CLOSED:
        connection.execute(f"SET {identifier(option)} = false")
    connection.execute("SET lock_configuration = true")


def select(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[Any] = ()
) -> duckdb.DuckDBPyConnection:
    """Run one SELECT. Raises ValueError for any other statement, and for more than one, before anything runs."""
    kinds = [statement.type for statement in connection.extract_statements(sql)]
    if kinds != [duckdb.StatementType.SELECT]:
        raise ValueError("one SELECT is expected here, and nothing besides")
    return connection.execute(sql, list(parameters))


def storage_secrets(settings: Settings) -> list[dict[str, str]]:
    """What DuckDB needs to reach `s3://`: the AWS_* variables every S3 client reads, one secret or none.

    AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION or AWS_DEFAULT_REGION, and for stores other
    than Amazon's AWS_ENDPOINT_URL (`http://minio:9000`), which is then addressed by path.
    """
    if not any(place.startswith("s3://") for place in (settings.data_path, settings.staging)):
        return []
    env = os.environ  # read where it is used: credentials are handed to no settings object, log or worker
    named = {
        "key_id": env.get("AWS_ACCESS_KEY_ID"),
        "secret": env.get("AWS_SECRET_ACCESS_KEY"),
        "session_token": env.get("AWS_SESSION_TOKEN"),
        "region": env.get("AWS_REGION") or env.get("AWS_DEFAULT_REGION"),
    }
    secret = {"type": "s3"} | {name: value for name, value in named.items() if value}
    if address := env.get("AWS_ENDPOINT_URL"):
        scheme, _, host = address.rstrip("/").rpartition("://")
        secret |= {"endpoint": host, "url_style": "path", "use_ssl": "false" if scheme == "http" else "true"}
    return [secret]


@contextmanager
def lake(
    settings: Settings, *, read_only: bool = False, also: Sequence[Path] = ()
) -> Iterator[duckdb.DuckDBPyConnection]:
    """`connect`, closed at the end of the block."""
    connection = connect(settings, read_only=read_only, also=also)
    try:
        yield connection
    finally:
        connection.close()


def create_raw_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create schema `raw`, every contract table that is missing, and every column an older lake lacks (NULL there).

    Safe to repeat. Raises LakeUnreadableError for a lake that a newer version wrote.
    """
    have = _raw_columns(connection)
    if any(not set(schema.names) <= have.get(name, set()) for name, schema in RAW_TABLES.items()):
        with_retries(lambda: connection.execute(f"CREATE SCHEMA IF NOT EXISTS {ALIAS}.raw"))
        for name, schema in RAW_TABLES.items():
            connection.register("_contract", schema.empty_table())
            create = f"CREATE TABLE IF NOT EXISTS {identifier(ALIAS, 'raw', name)} AS SELECT * FROM _contract"
            with_retries(partial(connection.execute, create))
            _add_missing_columns(connection, name)
            connection.unregister("_contract")
    _note_version(connection)


def _raw_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, set[str]]:
    where = f"database_name = '{ALIAS}' AND schema_name = 'raw'"
    query = f"SELECT table_name, column_name FROM duckdb_columns() WHERE {where}"
    found: dict[str, set[str]] = {}
    for table, column in connection.execute(query).fetchall():
        found.setdefault(table, set()).add(column)
    return found


def _note_version(connection: duckdb.DuckDBPyConnection) -> None:
    """Note this version's form in a lake that has an older one or none. Raises LakeUnreadableError for a newer one.

    What changed so far are added tables and columns, which came with their contracts; a change of another kind is made
    here, in the same place.
    """
    [(found,)] = connection.execute(f"SELECT max(version) FROM {ALIAS}.raw.lake_versions").fetchall()
    if found is not None and found > LAKE_VERSION:
        raise LakeUnreadableError(
            f"this lake was written by a newer coachlake (form {found}, this one writes {LAKE_VERSION}): "
            "install that version, or take back a backup from before (coachlake lake restore DIR)"
        )
    if found is None or found < LAKE_VERSION:
        note = f"INSERT INTO {ALIAS}.raw.lake_versions VALUES ({LAKE_VERSION}, now())"
        with_retries(lambda: connection.execute(note))


def _add_missing_columns(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    target = identifier(ALIAS, "raw", table)
    have = {name for name, *_ in connection.execute(f"DESCRIBE {target}").fetchall()}
    for name, kind, *_ in connection.execute("DESCRIBE _contract").fetchall():
        if name not in have:
            add = f"ALTER TABLE {target} ADD COLUMN IF NOT EXISTS {identifier(name)} {data_type(kind)}"
            with_retries(partial(connection.execute, add))


def with_retries(action: Callable[[], _Result]) -> _Result:
    """Run `action`, again after a short wait while another writer holds the catalog.

    A SQLite catalog answers a second writer with "database is locked", and DuckLake one that lost the race
    with a transaction conflict; both leave nothing behind. Raises the last error when the waits are used up.
    """
    for wait in _RETRY_SECONDS:
        try:
            return action()
        except duckdb.Error as error:
            if not _is_contention(error):
                raise
            time.sleep(wait)
    return action()


def _is_contention(error: Exception) -> bool:
    message = str(error).lower()
    return any(sign in message for sign in ("database is locked", "transaction conflict", "conflict"))


def _prepare_local_folders(settings: Settings, *, read_only: bool) -> None:
    kind, _, location = settings.catalog.partition(":")
    if kind != "sqlite":
        return
    path = Path(location)
    if read_only and not path.exists():
        raise FileNotFoundError(f"no lake at {path}: `make run` fills one")
    path.parent.mkdir(parents=True, exist_ok=True)
    with _PREPARING:
        if path.exists() and (path, path.stat().st_ino) in _PREPARED:
            return
        # WAL lets readers go on beside the one writer; the mode is kept in the file.
        with closing(sqlite3.connect(path)) as catalog:
            catalog.execute("PRAGMA journal_mode=WAL")
        _PREPARED.add((path, path.stat().st_ino))
