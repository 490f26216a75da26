"""Reading and checking a night's call facts (CSV, JSON or Parquet)."""

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from coachlake.files import is_within
from coachlake.lake.rows import UNKNOWN_REP
from coachlake.landing.call_times import DayOrder, day_order
from coachlake.landing.tables import DeliveredTable, RawRow, TableError, read_table
from coachlake.landing.values import UnusableValueError, as_text, boolean, csat, day, name_or_id, shown, time

FACT_FILES = ("calls.csv", "calls.json", "calls.parquet")
CHANNEL_LAYOUTS = ("rep_left", "rep_right", "mono", "transcript", "unknown")
# What a landing step found out about a row; the row stays refused for it until it is delivered again.
REFUSED_BECAUSE = "refused_because"
# How the file was called in the folder it was delivered in, and which row of which table named it.
DELIVERED_AS = "delivered_as"
DELIVERED_ROW = "delivered_row"
# Facts that could not be used and cost only themselves: the values seen, and why.
FACTS_LEFT_OUT = "facts_left_out"
_OURS = (REFUSED_BECAUSE, FACTS_LEFT_OUT, DELIVERED_AS, DELIVERED_ROW)

REQUIRED = {
    "file": "the recording or transcript, relative to this folder",
    "rep_id": "who handled the call; where a row leaves it empty the call is asked about, not scored",
    "team_id": "the rep's team",
    "queue": "the queue or campaign it came from",
    "started_at": "when it started: ISO 8601, UTC unless it has an offset",
    "channel_layout": "one of " + ", ".join(CHANNEL_LAYOUTS),
}
OPTIONAL = {
    "call_id": "your own id; the file's name and the start where left out",
    "source_system": "the system that gave the id, where several number their calls alike",
    "rubric_id": "the rubric to score with; the first one loaded where left out",
    "direction": "inbound or outbound",
    "rep_name": "the rep's name as people read it",
    "rep_hired_on": "date, for tenure",
    "csat": "1 to 5",
    "is_converted": "true or false",
    "is_correction": "true replaces a call of this id that was delivered before: another recording, or another start",
    "is_withdrawn": "true takes a call that was delivered before out again",
}
_ALIASES = {
    "rep": "rep_id",
    "agent_id": "rep_id",
    "agent": "rep_id",
    "team": "team_id",
    "audio": "file",
    "filename": "file",
    "path": "file",
    "conversion": "is_converted",
    "converted": "is_converted",
    "channels": "channel_layout",
    "start_time": "started_at",
    "correction": "is_correction",
    "withdrawn": "is_withdrawn",
}


# A rep without a team is coached all the same; every table that counts by team shows them as one.
NO_TEAM = "no_team"
_DIRECTIONS = {
    "inbound": {"inbound", "in", "incoming", "received", "inb"},
    "outbound": {"outbound", "out", "outgoing", "placed", "outb", "dialled", "dialed"},
}
# A value of a row, its column and the order of day and month in the table → as the rest of the project knows it.
_Reader = Callable[[Any, str, DayOrder], Any]


class CallFactsError(ValueError):
    """The call-facts file cannot be used at all; the message names every missing or wrong column."""


@dataclass(frozen=True, slots=True)
class FactRow:
    """One checked row of call facts, or the reason why it cannot be used. `place`: "calls.csv row 3".

    `values` has a column each of REQUIRED and OPTIONAL, and what landing found out: DELIVERED_AS and FACTS_LEFT_OUT.
    """

    values: dict[str, Any]
    problem: str | None = None
    place: str = ""


def find_facts_file(folder: Path) -> Path:
    """The call-facts file of a folder: calls.csv|json|parquet, else the only file of those kinds that has the columns.

    Raises CallFactsError saying what to write where there is none or more than one.
    """
    named = [folder / name for name in FACT_FILES if (folder / name).is_file()]
    if named:
        return _delivered(named[0])
    tables = sorted(path for suffix in ("csv", "parquet") for path in folder.glob(f"*.{suffix}") if path.is_file())
    tables = [path for path in tables if not path.stem.startswith(("outcomes", "."))]
    if len(tables) == 1:
        return _delivered(tables[0])
    needed = "\n".join(f"  {column}: {meaning}" for column, meaning in REQUIRED.items())
    raise CallFactsError(
        f"no calls.csv, calls.json or calls.parquet in {folder}. It needs the columns\n{needed}\n"
        f"`coachlake init {folder}` writes what the names, times and tags of the files tell."
    )


def _delivered(path: Path) -> Path:
    if not is_within(path, path.parent):
        raise CallFactsError(f"{path} is a link out of its folder: deliver the file itself")
    return path


def read_facts(path: Path) -> list[FactRow]:
    """Every row of a call-facts file, checked; rows keep the file's order.

    Raises CallFactsError where the file cannot be read or a required column is missing, naming each.
    """
    return checked_rows(path, read_facts_table(path))


def read_facts_table(path: Path) -> DeliveredTable:
    """A call-facts file with the project's column names, values as delivered.

    Raises CallFactsError where it cannot be read, lacks a required column, or has two of one meaning.
    """
    try:
        table = read_table(path)
    except TableError as error:
        raise CallFactsError(f"{path.name} cannot be read: {error}") from error
    names = [canonical_column(name) for name in table.columns]
    _require_columns(path, names)
    doubled = sorted({name for name in names if names.count(name) > 1 and name in REQUIRED | OPTIONAL})
    if doubled:
        written = [given for given, name in zip(table.columns, names, strict=True) if name in doubled]
        raise CallFactsError(f"{path.name}: the columns {', '.join(written)} mean {doubled[0]}: keep one of them")
    rows = tuple(
        RawRow(row.number, {canonical_column(name): value for name, value in row.values.items()}, row.problem)
        for row in table.rows
    )
    return DeliveredTable(tuple(names), rows)


def checked_rows(path: Path, table: DeliveredTable) -> list[FactRow]:
    """The rows of a call-facts table, checked, in the table's order."""
    order = day_order(row.values.get("started_at") for row in table.rows)
    return [_check_row(row, order, f"{path.name} row {row.number}") for row in table.rows]


def canonical_column(name: str) -> str:
    """A column's name as the rest of the project knows it."""
    plain = name.strip().lower().replace(" ", "_")
    return _ALIASES.get(plain, plain)


def _require_columns(path: Path, columns: Sequence[str]) -> None:
    missing = [column for column in REQUIRED if column not in columns]
    if not missing:
        return
    lines = [f"  {column}: {REQUIRED[column]}" for column in missing]
    raise CallFactsError(
        f"{path.name} lacks {len(missing)} required column(s):\n"
        + "\n".join(lines)
        + f"\nIt has: {', '.join(shown(column) for column in columns[:40])}"
    )


def _check_row(row: RawRow, order: DayOrder, place: str) -> FactRow:
    checked: dict[str, Any] = {}
    problems, left_out = [row.problem] if row.problem else [], list[str]()
    for name, read in _READERS.items():
        try:
            checked[name] = read(row.values.get(name), name, order)
        except UnusableValueError as error:
            is_own_cost = name in _COST_THEMSELVES
            checked[name] = None if is_own_cost else error.seen
            (left_out if is_own_cost else problems).append(str(error))
    problems += [f"{name} is empty" for name in ("file", "started_at") if checked[name] is None and not problems]
    ours = {name: as_text(row.values.get(name), name) for name in _OURS}
    checked |= {
        "call_id": _call_id(checked, checked["started_at"]),
        "rep_id": checked["rep_id"] or UNKNOWN_REP,
        "team_id": checked["team_id"] or NO_TEAM,
        DELIVERED_AS: ours[DELIVERED_AS],
        FACTS_LEFT_OUT: "; ".join(filter(None, [ours[FACTS_LEFT_OUT], *left_out])) or None,
    }
    problem = ours[REFUSED_BECAUSE] or "; ".join(problems) or None
    return FactRow(checked, problem, ours[DELIVERED_ROW] or place)


def _file(value: Any, name: str) -> str | None:
    text = name_or_id(value, name)
    if not is_inside(text):
        raise UnusableValueError(f"file {shown(text)!r} must be a path inside this folder", text)
    return text


def _layout(value: Any, name: str) -> str:
    text = (as_text(value, name) or "unknown").lower()
    if text not in CHANNEL_LAYOUTS:
        raise UnusableValueError(f"{name} {shown(text)!r} is not one of {', '.join(CHANNEL_LAYOUTS)}", text)
    return text


def _direction(value: Any, name: str) -> str | None:
    text = as_text(value, name)
    known = next((way for way, spellings in _DIRECTIONS.items() if text and text.lower() in spellings), None)
    if text and known is None:
        raise UnusableValueError(f"{name} {shown(text)!r} is neither inbound nor outbound")
    return known


def _is_said(value: Any, name: str) -> bool:
    return bool(boolean(value, name))


def _of_value(read: Callable[[Any, str], Any]) -> _Reader:
    return lambda value, name, _: read(value, name)


_READERS: dict[str, _Reader] = {
    **{
        name: _of_value(name_or_id)
        for name in ("rep_id", "team_id", "queue", "call_id", "source_system", "rubric_id", "rep_name")
    },
    "file": _of_value(_file),
    "started_at": time,
    "channel_layout": _of_value(_layout),
    "direction": _of_value(_direction),
    "csat": _of_value(csat),
    "is_converted": _of_value(boolean),
    "is_correction": _of_value(_is_said),
    "is_withdrawn": _of_value(_is_said),
    "rep_hired_on": day,
}
# What a call does without: where it cannot be used it is left out and told of, and the call goes on. What says which
# call, whose, how it is judged or what is to be done with it costs the call.
_COST_THEMSELVES = ("rep_name", "rep_hired_on", "direction", "csat", "is_converted")


def _call_id(texts: Mapping[str, Any], started_at: datetime | None) -> str:
    source = f"{texts['source_system']}:" if texts["source_system"] else ""
    own = texts["call_id"] or default_call_id(texts["file"] or "", started_at)
    return safe_id(source + own) if source + own else ""


def default_call_id(file: str, started_at: datetime | None) -> str:
    """Who gives no id of their own gets one of where the file lies and when the call started (UTC):
    `mon--call-20261102-081500`.

    A recorder writes `call.wav` every hour and into every folder; those are different calls.
    """
    path = PurePath(file)
    place = "--".join([*(part for part in path.parent.parts if part not in ("..", "/")), path.stem])
    return f"{place}-{started_at:%Y%m%d-%H%M%S}" if started_at else place


def safe_id(text: str) -> str:
    """An id as it may stand in a table, a path and on a screen: no control characters, no more than 200 characters
    (what is cut off is told apart by a hash)."""
    plain = "".join("�" if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in text)
    if len(plain) <= 200:
        return plain
    return f"{plain[:180]}~{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:12]}"


def is_inside(name: object) -> bool:
    """Whether a file name given in call facts stays inside its folder (nothing absolute, no way up)."""
    path = PurePath(str(name or ""))
    return not path.is_absolute() and ".." not in path.parts


def listed(items: Iterable[str], most: int = 5) -> str:
    """The first few of many, and how many more there are."""
    names = list(items)
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
