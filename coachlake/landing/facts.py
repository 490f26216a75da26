"""Reading and checking a night's call facts (CSV, JSON or Parquet)."""

import hashlib
import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import Any

from coachlake.lake.rows import UNKNOWN_REP
from coachlake.landing.call_times import CallTimeError, DayOrder, call_time, day_order, moment_of
from coachlake.landing.tables import DeliveredTable, RawRow, TableError, read_table

FACT_FILES = ("calls.csv", "calls.json", "calls.parquet")
CHANNEL_LAYOUTS = ("rep_left", "rep_right", "mono", "transcript", "unknown")
# What a landing step found out about a row; the row stays refused for it until it is delivered again.
REFUSED_BECAUSE = "refused_because"
# How the file was called in the folder it was delivered in, and which row of which table named it.
DELIVERED_AS = "delivered_as"
DELIVERED_ROW = "delivered_row"
_OURS = (REFUSED_BECAUSE, DELIVERED_AS, DELIVERED_ROW)

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
_TEXTS = ("file", "rep_id", "team_id", "queue", "call_id", "source_system", "rubric_id", "rep_name")
# Names and ids are shorter; a longer one is a broken row. File systems take 255 bytes a name.
MAX_CHARACTERS = 500
_SHOWN = 60


class CallFactsError(ValueError):
    """The call-facts file cannot be used at all; the message names every missing or wrong column."""


@dataclass(frozen=True, slots=True)
class FactRow:
    """One checked row of call facts, or the reason why it cannot be used. `place`: "calls.csv row 3"."""

    values: dict[str, Any]
    problem: str | None = None
    place: str = ""


def find_facts_file(folder: Path) -> Path:
    """The call-facts file of a folder: calls.csv|json|parquet, else the only file of those kinds that has the columns.

    Raises CallFactsError saying what to write where there is none or more than one.
    """
    named = [folder / name for name in FACT_FILES if (folder / name).is_file()]
    if named:
        return named[0]
    tables = sorted(path for suffix in ("csv", "parquet") for path in folder.glob(f"*.{suffix}") if path.is_file())
    tables = [path for path in tables if not path.stem.startswith(("outcomes", "."))]
    if len(tables) == 1:
        return tables[0]
    needed = "\n".join(f"  {column}: {meaning}" for column, meaning in REQUIRED.items())
    raise CallFactsError(
        f"no calls.csv, calls.json or calls.parquet in {folder}. It needs the columns\n{needed}\n"
        f"`coachlake init {folder}` writes what the names, times and tags of the files tell."
    )


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
        + f"\nIt has: {', '.join(_shown(column) for column in columns[:40])}"
    )


def _check_row(row: RawRow, order: DayOrder, place: str) -> FactRow:
    given = {name: row.values.get(name) for name in (*REQUIRED, *OPTIONAL, *_OURS)}
    problems = [row.problem] if row.problem else []
    for name, value in given.items():
        if not isinstance(value, str | bool | int | float | datetime | date | None):
            problems.append(f"{name} holds {_shown(value)}, not one value")
            given[name] = None
    texts = {name: as_text(given[name]) for name in _TEXTS}
    problems += [problem for name, text in texts.items() if (problem := _text_problem(name, text))]
    problems += [f"{column} is empty" for column in ("file", "started_at") if given[column] is None and not problems]
    if not is_inside(texts["file"]):
        problems.append(f"file {_shown(texts['file'])!r} must be a path inside this folder")
    started_at, *found = _values(given, order)
    direction, csat, converted, correction, withdrawn, hired_on = (value for value, _ in found)
    layout = (as_text(given["channel_layout"]) or "unknown").lower()
    if layout not in CHANNEL_LAYOUTS:
        problems.append(f"channel_layout {_shown(layout)!r} is not one of {', '.join(CHANNEL_LAYOUTS)}")
    problems += [problem for _, problem in (started_at, *found) if problem]
    refused = as_text(given[REFUSED_BECAUSE])
    checked = texts | {
        "call_id": _call_id(texts, started_at[0]),
        "rep_id": texts["rep_id"] or UNKNOWN_REP,
        "team_id": texts["team_id"] or NO_TEAM,
        "direction": direction,
        "started_at": started_at[0],
        "channel_layout": layout,
        "csat": csat,
        "is_converted": converted,
        "is_correction": bool(correction),
        "is_withdrawn": bool(withdrawn),
        "rep_hired_on": hired_on,
        DELIVERED_AS: as_text(given[DELIVERED_AS]),
    }
    return FactRow(checked, refused or "; ".join(problems) or None, as_text(given[DELIVERED_ROW]) or place)


def _values(given: dict[str, Any], order: DayOrder) -> list[tuple[Any, str | None]]:
    return [
        _started_at(given["started_at"], order),
        _direction(given["direction"]),
        _csat(given["csat"]),
        *(_boolean(given[name], name) for name in ("is_converted", "is_correction", "is_withdrawn")),
        _hired_on(given["rep_hired_on"], order),
    ]


def _call_id(texts: dict[str, str | None], started_at: datetime | None) -> str:
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


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(text)} characters)"


def as_text(value: Any) -> str | None:
    """A name or id as text. Spreadsheets and Parquet make numbers of them: 12.0 is 12."""
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() or None


def _text_problem(name: str, text: str | None) -> str | None:
    if text is None:
        return None
    if len(text) > MAX_CHARACTERS:
        return f"{name} has {len(text)} characters: at most {MAX_CHARACTERS} are taken"
    odd = next((sign for sign in text if unicodedata.category(sign) in ("Cc", "Cs")), None)
    return None if odd is None else f"{name} {_shown(text)!r} holds the control character {odd!r}"


def _started_at(value: Any, order: DayOrder) -> tuple[datetime | None, str | None]:
    if value is None:
        return None, None
    try:
        return call_time(value, order=order), None
    except CallTimeError as error:
        return None, str(error)


def _hired_on(value: Any, order: DayOrder) -> tuple[date | None, str | None]:
    """A day; what cannot be read costs the tenure, not the call: it is left out, as if it had not been given."""
    if value is None:
        return None, None
    try:
        return moment_of(value, order).date(), None
    except CallTimeError:
        return None, None


def _direction(value: Any) -> tuple[str | None, str | None]:
    if value is None:
        return None, None
    plain = str(value).strip().lower()
    known = next((name for name, spellings in _DIRECTIONS.items() if plain in spellings), None)
    return known, None if known else f"direction {_shown(value)!r} is neither inbound nor outbound"


def _csat(value: Any) -> tuple[float | None, str | None]:
    if value is None:
        return None, None
    try:
        csat = float(str(value).removesuffix("/5").removesuffix(" of 5"))
    except ValueError:
        return None, f"csat {_shown(value)!r} is no number"
    if not math.isfinite(csat):
        return None, f"csat {_shown(value)!r} is no number"
    return (csat, None) if 1 <= csat <= 5 else (None, f"csat {_shown(value)} is not between 1 and 5")


def _boolean(value: Any, column: str) -> tuple[bool | None, str | None]:
    if value is None or isinstance(value, bool):
        return value, None
    text = str(value).strip().lower()
    if text in {"true", "1", "1.0", "yes", "y", "t"}:
        return True, None
    if text in {"false", "0", "0.0", "no", "n", "f"}:
        return False, None
    return None, f"{column} {_shown(value)!r} is neither true nor false"


def listed(items: Iterable[str], most: int = 5) -> str:
    """The first few of many, and how many more there are."""
    names = list(items)
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more
