"""Read-only queries on the published tables, cached until the next publication.

Reads never block the pipeline and never see a half-built night: `published.*` are views pinned to one DuckLake
snapshot. The cache key is that snapshot, so that a new publication shows on the next interaction.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import streamlit as st

from coachlake.lake.connection import connect, select
from coachlake.settings import Settings, load_settings

_VERSION = re.compile(r"VERSION\s*=>\s*(\d+)")
_FRESH_S = 2.0  # how late a new publication may show


@dataclass(frozen=True, slots=True)
class Published:
    """What can be read now: the pinned snapshot (0 where nothing is published) and the tables there."""

    snapshot: int
    tables: frozenset[str]


def settings() -> Settings:
    """Where the lake is."""
    return load_settings()


def published() -> Published:
    """The current publication; empty where there is no lake, or nothing was published yet."""
    return _published(_identity(settings()))


def has(*tables: str) -> bool:
    """Whether every one of `tables` is published."""
    return published().tables.issuperset(tables)


def query(sql: str, parameters: Sequence[Any] = (), needs: Sequence[str] = ()) -> pd.DataFrame:
    """Rows of a SELECT over `lake.published.*`, cached until the next publication.

    An empty frame (without columns) where a table in `needs` is not published.
    """
    if not has(*needs):
        return pd.DataFrame()
    return _query(_identity(settings()), published().snapshot, sql, tuple(parameters))


def query_now(sql: str, parameters: Sequence[Any] = ()) -> pd.DataFrame:
    """Rows of a SELECT on what people entered a moment ago (raw.*), uncached; empty where it cannot be read."""
    try:
        return _fetch(_identity(settings()), sql, tuple(parameters))
    except (duckdb.CatalogException, FileNotFoundError):
        return pd.DataFrame()


@contextmanager
def cursor() -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection of its own. Raises FileNotFoundError where there is no lake."""
    with _connection(_identity(settings())).cursor() as own:
        yield own


def _identity(where: Settings) -> str:
    """Changes when the embedded catalog is replaced by another file, so that a stale connection is not kept."""
    kind, _, location = where.catalog.partition(":")
    if kind != "sqlite":
        return where.catalog
    path = Path(location)
    return f"{path}#{path.stat().st_ino}" if path.exists() else f"{path}#none"


@st.cache_resource(show_spinner=False, max_entries=4)
def _connection(identity: str) -> duckdb.DuckDBPyConnection:
    return connect(settings(), read_only=True)


def _fetch(identity: str, sql: str, parameters: tuple[Any, ...]) -> pd.DataFrame:
    # A cursor a query: sessions run in threads of their own.
    with _connection(identity).cursor() as cursor:
        frame: pd.DataFrame = select(cursor, sql, parameters).to_arrow_table().to_pandas(date_as_object=False)
    return frame


@st.cache_data(show_spinner=False, max_entries=400)
def _query(identity: str, snapshot: int, sql: str, parameters: tuple[Any, ...]) -> pd.DataFrame:
    return _fetch(identity, sql, parameters)


@st.cache_data(show_spinner=False, ttl=_FRESH_S, max_entries=4)
def _published(identity: str) -> Published:
    try:
        views = _fetch(
            identity,
            "SELECT view_name, sql FROM duckdb_views() WHERE database_name = 'lake' AND schema_name = 'published'",
            (),
        )
    except FileNotFoundError:
        return Published(0, frozenset())
    versions = [int(found.group(1)) for sql in views["sql"] if (found := _VERSION.search(sql))]
    return Published(max(versions, default=0), frozenset(views["view_name"]))
