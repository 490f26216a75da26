"""The lake as landing asks it about calls that are there already."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from coachlake.lake.connection import ALIAS, create_raw_tables, lake
from coachlake.settings import Settings


@contextmanager
def known_calls(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """A connection to a lake that has raw.calls; None where there is no lake yet, and none is made."""
    if not _is_there(settings):
        yield None
        return
    with lake(settings, read_only=True) as connection:
        yield connection


def _is_there(settings: Settings) -> bool:
    try:
        with lake(settings, read_only=True) as connection:
            connection.execute(f"SELECT call_id, audio_sha256 FROM {ALIAS}.raw.calls LIMIT 0")
    except FileNotFoundError:
        return False
    except duckdb.Error:  # a catalog without a lake, or one of an older version
        with lake(settings) as connection:
            create_raw_tables(connection)
    return True
