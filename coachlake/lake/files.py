"""The lake's Parquet files: which there are, what they should hold, and whether they still do.

A file of the lake is never changed once it is written, so its hash is kept for good: what differs from it is damage.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import duckdb
import fsspec
import pyarrow as pa

from coachlake.lake.connection import ALIAS, create_raw_tables, lake
from coachlake.lake.tables import LAKE_FILES
from coachlake.lake.writer import upsert
from coachlake.settings import Settings

METADATA = f"__ducklake_metadata_{ALIAS}"
_CHUNK_BYTES = 1 << 20
# A night looks again at one file in this many, so that each is looked at once a month.
NIGHTS_A_ROUND = 30


@dataclass(frozen=True, slots=True)
class LakeFile:
    """A file the catalog names: `path` under the data path, the schema.table it is of, its size in bytes."""

    path: str
    table: str
    size: int
    is_deletes: bool
    file_id: int


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is not what was written."""

    file: LakeFile
    what: Literal["missing", "another size", "another content"]

    def __str__(self) -> str:
        return f"{self.file.path} of {self.file.table}: {self.what}"


@dataclass(frozen=True, slots=True)
class Verified:
    """How many files were looked at, how many of those had no hash yet and got one, and what is wrong."""

    files: int
    checked: int
    recorded: int
    damaged: tuple[Damage, ...]


def verify_files(
    settings: Settings, *, night: int | None = None, progress: Callable[[int, int], None] = lambda done, total: None
) -> Verified:
    """Hash the lake's files and compare each with the hash kept; a new file's is kept from now on.

    All of them, or in a nightly run (`night`: any number that counts up) new ones and one in NIGHTS_A_ROUND others.
    """
    with lake(settings) as connection:
        create_raw_tables(connection)
        files = list(lake_files(connection))
        kept = dict(connection.execute(f"SELECT path, sha256 FROM {ALIAS}.raw.lake_files").fetchall())
    due = [file for file in files if night is None or file.path not in kept or is_due(file, night)]
    damaged, new = [], []
    for done, file in enumerate(due):
        progress(done, len(due))
        found = _look(settings, file, kept.get(file.path))
        if isinstance(found, Damage):
            damaged.append(found)
        elif file.path not in kept:
            new.append({"path": file.path, "sha256": found, "size_bytes": file.size, "recorded_at": datetime.now(UTC)})
    progress(len(due), len(due))
    if new:
        upsert(settings, "lake_files", pa.Table.from_pylist(new, schema=LAKE_FILES))
    return Verified(len(files), len(due), len(new), tuple(damaged))


def lake_files(connection: duckdb.DuckDBPyConnection) -> Iterator[LakeFile]:
    """Every file of the catalog, those of older snapshots too: published views are pinned to one."""
    for kind, key in (("data", "data_file_id"), ("delete", "delete_file_id")):
        query = f"""
            SELECT f.{key}, f.path, f.path_is_relative, t.path, t.path_is_relative, s.path, s.path_is_relative,
                s.schema_name || '.' || t.table_name, f.file_size_bytes
            FROM {METADATA}.ducklake_{kind}_file f
            JOIN (
                SELECT DISTINCT ON (table_id) * FROM {METADATA}.ducklake_table ORDER BY table_id, begin_snapshot DESC
            ) t USING (table_id)
            JOIN {METADATA}.ducklake_schema s USING (schema_id)
            ORDER BY 1
        """
        for file_id, path, of_table, table_path, of_schema, schema_path, of_lake, table, size in connection.execute(
            query
        ).fetchall():
            whole = str(path)
            if of_table:
                whole = table_path + whole
                if of_schema:
                    whole = schema_path + whole if of_lake else whole
            yield LakeFile(whole, table, int(size), kind == "delete", int(file_id))


def place_of(settings: Settings, path: str) -> str:
    """Where a file under the data path is, as fsspec reads it."""
    return path if "://" in path or path.startswith("/") else f"{settings.data_path.rstrip('/')}/{path}"


def _look(settings: Settings, file: LakeFile, kept: str | None) -> str | Damage:
    """The hash of a file, or what is wrong with it."""
    place = place_of(settings, file.path)
    filesystem, path = fsspec.core.url_to_fs(place)
    try:
        size = filesystem.size(path)
        if size != file.size:
            return Damage(file, "another size")
        digest = hashlib.sha256()
        with filesystem.open(path, "rb") as content:
            while chunk := content.read(_CHUNK_BYTES):
                digest.update(chunk)
    except FileNotFoundError:
        return Damage(file, "missing")
    return Damage(file, "another content") if kept not in (None, digest.hexdigest()) else digest.hexdigest()


def is_due(file: LakeFile, night: int) -> bool:
    """Whether it is a file's turn in a night; each comes once in NIGHTS_A_ROUND nights that follow each other."""
    return int(hashlib.sha256(file.path.encode()).hexdigest()[:8], 16) % NIGHTS_A_ROUND == night % NIGHTS_A_ROUND
