"""A connection of a viewer: `lake.published.*` and `lake.raw.*` hold what they may see, under the names all SQL uses.

The lake itself is attached as `store`, a name that stands in this package alone (`tests/access/test_one_way_in.py`).
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import duckdb

from coachlake.access.scope import select_for
from coachlake.access.tables import PUBLISHED, RAW, About
from coachlake.access.viewer import Viewer
from coachlake.files import write_whole
from coachlake.lake.connection import ALIAS, connect
from coachlake.lake.sql import Sql, identifier, literal
from coachlake.settings import Settings

STORE = "store"
_NO_CALLS = Sql("(SELECT NULL AS call_id, NULL AS rep_id, NULL AS team_id WHERE false)")
_PINNED = re.compile(r'FROM\s+"?\w+"?\."?(\w+)"?\."?(\w+)"?\s+AT\s*\(VERSION\s*=>\s*(\d+)\)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Publication:
    """What can be read now: the pinned snapshot (0 where nothing is published) and the tables there."""

    snapshot: int
    tables: frozenset[str]


def publication(connection: duckdb.DuckDBPyConnection) -> Publication:
    """The newest publication, as a viewer's connection sees it; its own views may be of an earlier one."""
    found = _published(connection, STORE)
    return Publication(max((version for _, version in found.values()), default=0), frozenset(found))


def connect_for(settings: Settings, viewer: Viewer) -> duckdb.DuckDBPyConnection:
    """A read-only connection in which `lake` holds what the viewer may see of the current publication.

    A table that `coachlake/access/tables.py` does not know is not there. Raises FileNotFoundError where there is no
    lake yet.
    """
    connection = connect(settings, read_only=True, alias=STORE)
    published: dict[str, Sql] = {name: place for name, (place, _) in _published(connection, STORE).items()}
    raw = {name: identifier(STORE, "raw", name) for name in _tables(connection, "raw")}
    calls = published.get("calls") or raw.get("calls") or _NO_CALLS
    show = partial(_show, connection, viewer, calls, published.get("reps") or calls, pseudonym_key(settings))
    show("published", PUBLISHED, published)
    show("raw", RAW, raw)
    return connection


def _show(
    connection: duckdb.DuckDBPyConnection,
    viewer: Viewer,
    calls: Sql,
    reps: Sql,
    key: str,
    schema: str,
    rules: Mapping[str, About],
    places: dict[str, Sql],
) -> None:
    connection.execute(f"CREATE SCHEMA {identifier(ALIAS, schema)}")
    for name in sorted(rules.keys() & places.keys()):
        columns = connection.execute(f"DESCRIBE SELECT * FROM {places[name]}").fetchall()
        kinds = {column: kind for column, kind, *_ in columns}
        select = select_for(viewer, rules[name], places[name], kinds, calls=calls, reps=reps, key=key)
        connection.execute(f"CREATE VIEW {identifier(ALIAS, schema, name)} AS {select}")


def _published(connection: duckdb.DuckDBPyConnection, catalog: str) -> dict[str, tuple[Sql, int]]:
    """Published table → where its rows are in `catalog`, and the snapshot it is pinned to (0: to none)."""
    views = connection.execute(
        "SELECT view_name, sql FROM duckdb_views() WHERE database_name = $1 AND schema_name = 'published'", [catalog]
    ).fetchall()
    found: dict[str, tuple[Sql, int]] = {}
    for name, sql in views:
        at = _PINNED.search(sql)
        if at is None:  # of constants: the dictionary
            found[name] = (identifier(catalog, "published", name), 0)
        else:
            version = int(at[3])
            place = Sql(f"(SELECT * FROM {identifier(catalog, at[1], at[2])} AT (VERSION => {literal(version)}))")
            found[name] = (place, version)
    return found


def _tables(connection: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    query = "SELECT table_name FROM duckdb_tables() WHERE database_name = $1 AND schema_name = $2"
    return [name for (name,) in connection.execute(query, [STORE, schema]).fetchall()]


def pseudonym_key(settings: Settings) -> str:
    """What pseudonyms of this lake are made with: `<home>/access/pseudonym.key`, made when first needed.

    Who has it can try out which pseudonym is whose; a new one gives everybody another pseudonym.
    """
    path = settings.home / "access" / "pseudonym.key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, secrets.token_hex(32).encode(), mode=0o600)
    return path.read_text(encoding="ascii").strip()
