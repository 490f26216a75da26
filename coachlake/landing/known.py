"""The lake as landing asks it about calls that are there already."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import duckdb

from coachlake.lake.connection import ALIAS, LakeUnreadableError, create_raw_tables, lake
from coachlake.settings import Settings


@contextmanager
def known_calls(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """A connection to a lake that has raw.calls; None where there is no lake yet, and none is made."""
    with ExitStack() as opened:
        yield _opened(settings, opened)


def _opened(settings: Settings, opened: ExitStack) -> duckdb.DuckDBPyConnection | None:
    try:
        connection = opened.enter_context(lake(settings, read_only=True))
        connection.execute(f"SELECT call_id, audio_sha256 FROM {ALIAS}.raw.calls LIMIT 0")
    except FileNotFoundError:
        return None
    except (duckdb.Error, LakeUnreadableError):  # a catalog without a lake, or one of an older version
        opened.close()
        with lake(settings) as writing:
            create_raw_tables(writing)
        connection = opened.enter_context(lake(settings, read_only=True))
    return connection
