"""The check: which files still hold what was to be forgotten, compressed ones and records too."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from coachlake.erasure.traces import Traces, teach
from coachlake.lake.connection import ALIAS
from coachlake.lake.files import METADATA
from coachlake.lake.sql import identifier

_SQLITE = (".db", ".sqlite")


def holding(folders: Iterable[Path], traces: Traces) -> Iterator[Path]:
    """Every file under the folders that holds one of them: in its bytes, a Parquet file's columns or SQLite's cells."""
    seen: set[Path] = set()
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
            if path.is_file() and not path.is_symlink() and path.resolve() not in seen:
                seen.add(path.resolve())
                if holds(path, traces):
                    yield path


def holds(path: Path, traces: Traces) -> bool:
    """Whether a file holds one of them."""
    if path.suffix == ".parquet" and _in_parquet(path, traces):
        return True
    if path.suffix in _SQLITE and _in_cells(path, traces):
        return True
    return traces.are_in(path.read_bytes())


def tables_holding(connection: duckdb.DuckDBPyConnection, traces: Traces) -> Iterator[str]:
    """Tables of an encrypted lake that hold one of them, as `lake.<schema>.<table>`: its files tell nobody anything.

    None where the lake is not encrypted: then `holding` has read its files.
    """
    is_encrypted = f"SELECT 1 FROM {METADATA}.ducklake_metadata WHERE key = 'encrypted' AND value = 'true'"
    if not connection.execute(is_encrypted).fetchall():
        return
    for schema, table in connection.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = $1 ORDER BY ALL", [ALIAS]
    ).fetchall():
        rows = connection.execute(f"SELECT * FROM {identifier(ALIAS, schema, table)}").to_arrow_table()
        if _in_rows(rows, traces):
            yield f"{ALIAS}.{schema}.{table}"


def _in_parquet(path: Path, traces: Traces) -> bool:
    try:
        table = pq.read_table(path, memory_map=False)
    except (pa.ArrowInvalid, OSError):
        return False
    return _in_rows(table, traces)


def _in_rows(rows: pa.Table, traces: Traces) -> bool:
    return any(traces.are_in(str(column.to_pylist())) for column in rows.columns)


def _in_cells(path: Path, traces: Traces) -> bool:
    """In a SQLite file's bytes one cell begins where the other ends: an id shows in its cell alone."""
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as records:
        teach(records, traces)
        try:
            for (table,) in records.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                for (column,) in records.execute("SELECT name FROM pragma_table_info(?)", [table]).fetchall():
                    found = records.execute(
                        f"SELECT 1 FROM {identifier(table)} WHERE theirs({identifier(column)}) LIMIT 1"
                    )
                    if found.fetchone():
                        return True
        except sqlite3.DatabaseError:  # named so, and none
            return False
    return False
