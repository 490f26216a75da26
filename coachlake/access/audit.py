"""A record of who looked at what of somebody else's, and of every try that was refused.

A SQLite file of its own beside the lake: it is written while a night holds the lake, it is no part of any snapshot, and
only a retention policy removes rows. Where somebody is forgotten, their ids are taken out of it and the row stays.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from coachlake.access.viewer import Viewer
from coachlake.settings import Settings

Action = Literal["view", "listen", "export", "review", "answer", "strike", "practise", "sign in"]
_TABLE = """
    CREATE TABLE IF NOT EXISTS access_events (
        at TEXT NOT NULL, person TEXT NOT NULL, roles TEXT NOT NULL, action TEXT NOT NULL, is_refused INTEGER NOT NULL,
        call_id TEXT, rep_id TEXT, detail TEXT
    )
"""
_ERASE = (
    "UPDATE access_events SET call_id = without_them(call_id) WHERE theirs(call_id)",
    "UPDATE access_events SET rep_id = without_them(rep_id) WHERE theirs(rep_id)",
    "UPDATE access_events SET detail = without_them(detail) WHERE theirs(detail)",
)


@dataclass(frozen=True, slots=True)
class Event:
    """`at`: UTC, ISO 8601. `person`: who they signed in as, empty where sign-in is off."""

    at: str
    person: str
    roles: str
    action: str
    is_refused: bool
    call_id: str | None
    rep_id: str | None
    detail: str | None


def note_access(
    settings: Settings,
    viewer: Viewer | None,
    action: Action,
    *,
    is_refused: bool = False,
    call_id: str | None = None,
    rep_id: str | None = None,
    detail: str | None = None,
) -> None:
    """Write a row. `viewer` None: somebody who is nobody here."""
    person = viewer.person if viewer else ""
    roles = ", ".join(sorted(viewer.roles)) if viewer else ""
    row = Event(datetime.now(UTC).isoformat(), person, roles, action, is_refused, call_id, rep_id, detail)
    with _file(settings) as connection, connection:
        connection.execute(
            "INSERT INTO access_events VALUES (:at, :person, :roles, :action, :is_refused, :call_id, :rep_id, :detail)",
            asdict(row),
        )


def access_events(settings: Settings, limit: int = 500) -> list[Event]:
    """The latest rows, newest first."""
    with _file(settings) as connection:
        rows = connection.execute("SELECT * FROM access_events ORDER BY rowid DESC LIMIT ?", [limit]).fetchall()
    names = [field.name for field in fields(Event)]
    return [Event(**dict(zip(names, row, strict=True)) | {"is_refused": bool(row[4])}) for row in rows]


def erase_from_audit(settings: Settings, teach: Callable[[sqlite3.Connection], None]) -> int:
    """Take somebody's ids out of every row that names them; how many cells changed.

    `teach` gives the connection the functions `theirs(cell)` and `without_them(cell)` (coachlake/erasure/traces.py).
    """
    if not audit_path(settings).exists():
        return 0
    with _file(settings) as connection:
        with connection:
            teach(connection)
            before = connection.total_changes
            for statement in _ERASE:
                connection.execute(statement)
            changed = connection.total_changes - before
        if changed:
            connection.execute("VACUUM")  # deleted text stays in free pages until then
    return changed


def looks_before(settings: Settings, before: date) -> int:
    """How many rows are older than a day (UTC)."""
    with _file(settings) as connection:
        found = connection.execute("SELECT count(*) FROM access_events WHERE at < ?", [before.isoformat()]).fetchone()
    return int(found[0])


def remove_looks_before(settings: Settings, before: date) -> None:
    """Remove the rows that are older than a day (UTC): the one way a row goes, by a policy somebody has written."""
    with _file(settings) as connection:
        with connection:
            connection.execute("DELETE FROM access_events WHERE at < ?", [before.isoformat()])
        connection.execute("VACUUM")


def audit_path(settings: Settings) -> Path:
    """Where the record is."""
    return settings.home / "access" / "audit.sqlite"


@contextmanager
def _file(settings: Settings) -> Iterator[sqlite3.Connection]:
    path = audit_path(settings)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        path.touch(mode=0o600)
    with closing(sqlite3.connect(path, timeout=30)) as connection:
        connection.execute(_TABLE)
        yield connection
