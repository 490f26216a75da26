"""Read-only queries on what the viewer may see, cached until the next publication.

Reads never block the pipeline and never see a half-built night: `published.*` are views pinned to one DuckLake
snapshot. The cache key is that snapshot, so that a new publication shows on the next interaction, and what the viewer
may see. This module alone of the app connects to the lake, and never but on behalf of a viewer: no page can forget it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import streamlit as st

from coachlake.access.audit import Action, note_access
from coachlake.access.connection import Publication, connect_for, publication
from coachlake.access.scope import scope_key
from coachlake.access.viewer import LOCAL, Viewer
from coachlake.app.viewer import viewer
from coachlake.lake.connection import select
from coachlake.settings import Settings, load_settings

_FRESH_S = 2.0  # how late a new publication may show


def settings() -> Settings:
    """Where the lake is."""
    return load_settings()


def published() -> Publication:
    """The current publication; empty where there is no lake, or nothing was published yet."""
    return _published(_identity(settings()))


def has(*tables: str) -> bool:
    """Whether every one of `tables` is published."""
    return published().tables.issuperset(tables)


def query(sql: str, parameters: Sequence[Any] = (), needs: Sequence[str] = ()) -> pd.DataFrame:
    """Rows of a SELECT over `lake.published.*`, as far as the viewer may see them, cached until the next publication.

    An empty frame (without columns) where a table in `needs` is not published. Raises NoViewerError where nobody looks.
    """
    who = viewer()
    if not has(*needs):
        return pd.DataFrame()
    return _query(_identity(settings()), published().snapshot, scope_key(who), who, sql, tuple(parameters))


def query_now(sql: str, parameters: Sequence[Any] = ()) -> pd.DataFrame:
    """Rows of a SELECT on what people entered a moment ago (raw.*), uncached; empty where it cannot be read."""
    who = viewer()
    try:
        return _fetch(_identity(settings()), published().snapshot, scope_key(who), who, sql, tuple(parameters))
    except (duckdb.CatalogException, FileNotFoundError):
        return pd.DataFrame()


def by_whom(typed: str) -> str:
    """Whose act it is: whoever has signed in, whatever name they type; else the name typed, "" where there is none."""
    return viewer().person if viewer().is_signed_in else typed.strip()


def look_at(call_id: str, action: Action = "view") -> bool:
    """Whether the viewer may see a call as it is; a look at somebody else's, or a try, is written down.

    Once a session and action: turning a page is no second look. Of a call that is not there nothing is written.
    """
    if not viewer().is_signed_in:
        return True
    found = _of_anybody("SELECT rep_id, team_id FROM lake.raw.calls WHERE call_id = $1 LIMIT 1", (call_id,))
    if not found:
        return viewer().sees_all
    rep_id, team_id = found[0]
    return _noted(action, rep_id, team_id, call_id)


def look_at_rep(rep_id: str, action: Action = "view", detail: str | None = None) -> bool:
    """The same of a rep: their pack, or their practice. A rep nobody knows is their own or nobody's."""
    return _noted(action, rep_id, _team_of(rep_id), detail=detail)


def may_look_at_rep(rep_id: str) -> bool:
    """Whether a rep is the viewer or of a team of theirs, for lists; nothing is written down."""
    return viewer().sees(rep_id, _team_of(rep_id))


def note_refused(action: Action, detail: str) -> None:
    """Write down that the viewer asked for something that is not theirs to see, or is not there; once a session."""
    _note(action, is_refused=True, detail=detail)


@contextmanager
def cursor() -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection of the viewer's own. Raises FileNotFoundError where there is no lake."""
    who = viewer()
    with _connection(_identity(settings()), published().snapshot, scope_key(who), who).cursor() as own:
        yield own


def _noted(
    action: Action, rep_id: str | None, team_id: str | None, call_id: str | None = None, detail: str | None = None
) -> bool:
    who = viewer()
    is_allowed = who.sees(rep_id, team_id)
    if rep_id is None or rep_id != who.own_rep_id:
        _note(action, is_refused=not is_allowed, call_id=call_id, rep_id=rep_id, detail=detail)
    return is_allowed


def _note(action: Action, **what: Any) -> None:
    seen: set[Any] = st.session_state.setdefault("looked_at", set())
    look = (action, *sorted(what.items(), key=lambda item: item[0]))
    if viewer().is_signed_in and look not in seen:
        note_access(settings(), viewer(), action, **what)
        seen.add(look)


def _team_of(rep_id: str) -> str | None:
    found = _of_anybody("SELECT team_id FROM lake.published.reps WHERE rep_id = $1", (rep_id,))
    return found[0][0] if found else None


def _of_anybody(sql: str, parameters: tuple[Any, ...]) -> list[Any]:
    """Rows for this module's own question whose a call or a rep is; no page is given them."""
    try:
        identity, snapshot = _identity(settings()), published().snapshot
        with _connection(identity, snapshot, scope_key(LOCAL), LOCAL).cursor() as cursor:
            return list(select(cursor, sql, parameters).fetchall())
    except (duckdb.CatalogException, FileNotFoundError):
        return []


def _identity(where: Settings) -> str:
    """Changes when the embedded catalog is replaced by another file, so that a stale connection is not kept."""
    kind, _, location = where.catalog.partition(":")
    if kind != "sqlite":
        return where.catalog
    path = Path(location)
    return f"{path}#{path.stat().st_ino}" if path.exists() else f"{path}#none"


@st.cache_resource(show_spinner=False, max_entries=4)
def _newest(identity: str) -> duckdb.DuckDBPyConnection:
    """For the question what is published."""
    return connect_for(settings(), LOCAL)


@st.cache_resource(show_spinner=False, max_entries=256)
def _connection(identity: str, snapshot: int, scope: str, _who: Viewer) -> duckdb.DuckDBPyConnection:
    return connect_for(settings(), _who)


def _fetch(
    identity: str, snapshot: int, scope: str, who: Viewer, sql: str, parameters: tuple[Any, ...]
) -> pd.DataFrame:
    # A cursor a query: sessions run in threads of their own.
    with _connection(identity, snapshot, scope, who).cursor() as cursor:
        frame: pd.DataFrame = select(cursor, sql, parameters).to_arrow_table().to_pandas(date_as_object=False)
    return frame


@st.cache_data(show_spinner=False, max_entries=2000)
def _query(
    identity: str, snapshot: int, scope: str, _who: Viewer, sql: str, parameters: tuple[Any, ...]
) -> pd.DataFrame:
    return _fetch(identity, snapshot, scope, _who, sql, parameters)


@st.cache_data(show_spinner=False, ttl=_FRESH_S, max_entries=4)
def _published(identity: str) -> Publication:
    try:
        with _newest(identity).cursor() as cursor:
            return publication(cursor)
    except FileNotFoundError:
        return Publication(0, frozenset())
