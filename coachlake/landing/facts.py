"""Reading and checking a night's call facts (CSV, JSON or Parquet)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

import pandas as pd

from coachlake.landing.call_times import CallTimeError, call_time

FACT_FILES = ("calls.csv", "calls.json", "calls.parquet")
CHANNEL_LAYOUTS = ("rep_left", "rep_right", "mono", "transcript", "unknown")

REQUIRED = {
    "file": "the recording or transcript, relative to this folder",
    "rep_id": "who handled the call",
    "team_id": "the rep's team",
    "queue": "the queue or campaign it came from",
    "started_at": "when it started: ISO 8601, UTC unless it has an offset",
    "channel_layout": "one of " + ", ".join(CHANNEL_LAYOUTS),
}
OPTIONAL = {
    "call_id": "your own id; the file's name where left out",
    "rubric_id": "the rubric to score with; the first one loaded where left out",
    "direction": "inbound or outbound",
    "rep_name": "the rep's name as people read it",
    "rep_hired_on": "date, for tenure",
    "csat": "1 to 5",
    "is_converted": "true or false",
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
}


# A rep without a team is coached all the same; every table that counts by team shows them as one.
NO_TEAM = "no_team"
_DIRECTIONS = {
    "inbound": {"inbound", "in", "incoming", "received", "inb"},
    "outbound": {"outbound", "out", "outgoing", "placed", "outb", "dialled", "dialed"},
}


class CallFactsError(ValueError):
    """The call-facts file cannot be used at all; the message names every missing or wrong column."""


@dataclass(frozen=True, slots=True)
class FactRow:
    """One checked row of call facts, or the reason why it cannot be used."""

    values: dict[str, Any]
    problem: str | None = None


def find_facts_file(folder: Path) -> Path:
    """The call-facts file of a folder: calls.csv|json|parquet, else the only file of those kinds that has the columns.

    Raises CallFactsError saying what to write where there is none or more than one.
    """
    named = [folder / name for name in FACT_FILES if (folder / name).exists()]
    if named:
        return named[0]
    tables = sorted(path for suffix in ("csv", "parquet") for path in folder.glob(f"*.{suffix}"))
    tables = [path for path in tables if not path.stem.startswith("outcomes")]
    if len(tables) == 1:
        return tables[0]
    needed = "\n".join(f"  {column}: {meaning}" for column, meaning in REQUIRED.items())
    raise CallFactsError(f"no calls.csv, calls.json or calls.parquet in {folder}. It needs the columns\n{needed}")


def read_facts(path: Path) -> list[FactRow]:
    """Every row of a call-facts file, checked; rows keep the file's order.

    Raises CallFactsError where the file cannot be read or a required column is missing, naming each.
    """
    frame = read_table(path)
    frame = frame.rename(columns=lambda name: canonical_column(str(name)))
    _require_columns(path, list(frame.columns))
    known = [column for column in (*REQUIRED, *OPTIONAL) if column in frame.columns]
    frame = frame[known].astype(object).where(frame[known].notna(), None)
    return [_check_row({str(key): value for key, value in row.items()}) for row in frame.to_dict("records")]


def canonical_column(name: str) -> str:
    """A column's name as the rest of the project knows it."""
    plain = name.strip().lower().replace(" ", "_")
    return _ALIASES.get(plain, plain)


def read_table(path: Path) -> pd.DataFrame:
    """A call-facts file as a table, nothing checked. Raises CallFactsError where it cannot be read."""
    try:
        if path.suffix == ".csv":
            return pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
        if path.suffix == ".json":
            return pd.read_json(path, dtype=False, convert_dates=False)
        return pd.read_parquet(path)
    except Exception as error:
        raise CallFactsError(f"{path.name} cannot be read: {error}") from error


def _require_columns(path: Path, columns: Sequence[str]) -> None:
    missing = [column for column in REQUIRED if column not in columns]
    if not missing:
        return
    lines = [f"  {column}: {REQUIRED[column]}" for column in missing]
    raise CallFactsError(
        f"{path.name} lacks {len(missing)} required column(s):\n" + "\n".join(lines) + f"\nIt has: {', '.join(columns)}"
    )


def _check_row(row: dict[str, Any]) -> FactRow:
    values = {column: _clean(value) for column, value in row.items()}
    problems = [f"{column} is empty" for column in ("file", "rep_id", "started_at") if not values.get(column)]
    if not is_inside(values.get("file")):
        problems.append(f"file {values['file']!r} must be a path inside this folder")
    started_at, time_problem = _started_at(values.get("started_at"))
    direction, direction_problem = _direction(values.get("direction"))
    layout = str(values.get("channel_layout") or "unknown").lower()
    if layout not in CHANNEL_LAYOUTS:
        problems.append(f"channel_layout {layout!r} is not one of {', '.join(CHANNEL_LAYOUTS)}")
    csat, csat_problem = _csat(values.get("csat"))
    converted, converted_problem = _boolean(values.get("is_converted"), "is_converted")
    withdrawn, withdrawn_problem = _boolean(values.get("is_withdrawn"), "is_withdrawn")
    found = (time_problem, direction_problem, csat_problem, converted_problem, withdrawn_problem)
    problems += [problem for problem in found if problem]
    hired_on = _timestamp(values.get("rep_hired_on"))
    checked = values | {
        "call_id": str(values.get("call_id") or default_call_id(str(values.get("file") or ""), started_at)),
        "team_id": values.get("team_id") or NO_TEAM,
        "direction": direction,
        "started_at": started_at,
        "channel_layout": layout,
        "csat": csat,
        "is_converted": converted,
        "is_withdrawn": withdrawn,
        "rep_hired_on": hired_on.date() if hired_on is not None else None,
    }
    return FactRow(checked, "; ".join(problems) or None)


def default_call_id(file: str, started_at: datetime | None) -> str:
    """Who gives no id of their own gets one of where the file lies and the day of the call (UTC): `mon--call-20261102`.

    A recorder writes `call.wav` every night and into every folder; those are different calls.
    """
    path = PurePath(file)
    place = "--".join([*(part for part in path.parent.parts if part not in ("..", "/")), path.stem])
    return f"{place}-{started_at:%Y%m%d}" if started_at else place


def is_inside(name: object) -> bool:
    """Whether a file name given in call facts stays inside its folder (nothing absolute, no way up)."""
    path = PurePath(str(name or ""))
    return not path.is_absolute() and ".." not in path.parts


def _clean(value: Any) -> Any:
    return value.strip() or None if isinstance(value, str) else value


def _timestamp(value: Any) -> pd.Timestamp | None:
    if value is None:
        return None
    parsed = pd.to_datetime(value, utc=True, errors="coerce")
    return None if pd.isna(parsed) else parsed


def _started_at(value: Any) -> tuple[datetime | None, str | None]:
    if value is None:
        return None, None
    try:
        return call_time(value), None
    except CallTimeError as error:
        return None, str(error)


def _direction(value: Any) -> tuple[str | None, str | None]:
    if value is None:
        return None, None
    plain = str(value).strip().lower()
    known = next((name for name, spellings in _DIRECTIONS.items() if plain in spellings), None)
    return known, None if known else f"direction {value!r} is neither inbound nor outbound"


def _csat(value: Any) -> tuple[float | None, str | None]:
    if value is None:
        return None, None
    try:
        csat = float(str(value).removesuffix("/5").removesuffix(" of 5"))
    except (TypeError, ValueError):
        return None, f"csat {value!r} is no number"
    return (csat, None) if 1 <= csat <= 5 else (None, f"csat {value} is not between 1 and 5")


def _boolean(value: Any, column: str) -> tuple[bool | None, str | None]:
    if value is None or isinstance(value, bool):
        return value, None
    text = str(value).strip().lower()
    if text in {"true", "1", "1.0", "yes", "y", "t"}:
        return True, None
    if text in {"false", "0", "0.0", "no", "n", "f"}:
        return False, None
    return None, f"{column} {value!r} is neither true nor false"
