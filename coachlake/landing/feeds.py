"""Feeds that arrive beside calls, in their own time: outcomes and human reviews. A bad row costs only itself."""

import csv
import math
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any

import pyarrow as pa

from coachlake.files import whole_file
from coachlake.lake.tables import HUMAN_REVIEWS, OUTCOMES
from coachlake.landing.call_times import CallTimeError, DayOrder, call_time, day_order
from coachlake.landing.entries import printable
from coachlake.landing.facts import DELIVERED_ROW, MAX_CHARACTERS, REFUSED_BECAUSE, safe_id
from coachlake.landing.tables import TABLE_SUFFIXES, RawRow, TableError, read_table
from coachlake.settings import Settings

_LEVELS = ("good", "average", "poor")
_NOTE_CHARACTERS = 5_000
_FEED_COLUMNS = ("call_id", "source_system", "csat", "is_converted", "received_at")


class FeedError(ValueError):
    """A feed file cannot be used at all; the message names the missing or wrong column."""


@dataclass(frozen=True, slots=True)
class Feed:
    """The usable rows of a feed, and for every other one its place and why not."""

    table: pa.Table
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """As sentences: "outcomes.csv row 3: csat must be between 1 and 5, not 9"."""
        return tuple(f"{place}: {why}" for place, why in self.left_out)


class _RowError(ValueError):
    """A row cannot be used; the message names the column and the value seen."""


def is_outcomes_file(name: str) -> bool:
    """Whether a file of a night's folder is an outcomes feed: `outcomes.csv`, `outcomes-monday.csv`."""
    path = PurePath(name)
    return path.name == name and path.stem.startswith("outcomes") and path.suffix.lower() in TABLE_SUFFIXES


def read_outcomes(path: Path) -> Feed:
    """An outcomes file (call_id; csat 1–5 and/or is_converted; received_at) as rows of raw.outcomes.

    The newest row wins where a call is given twice. Raises FeedError where the file is no table or a column is missing.
    """
    raw = _rows(path, required=("call_id", "received_at"))
    order = day_order(row.values.get("received_at") for row in raw)
    feed = _feed(path, raw, lambda row: _outcome(row.values, order), OUTCOMES)
    newest = {row["call_id"]: row for row in sorted(feed.table.to_pylist(), key=lambda row: row["received_at"])}
    return Feed(outcomes_of(list(newest.values())), feed.left_out)


def outcomes_of(rows: list[dict[str, Any]]) -> pa.Table:
    """Outcomes that came inside the call facts as rows of raw.outcomes."""
    return pa.Table.from_pylist(rows, schema=OUTCOMES)


def newest_of(tables: list[pa.Table]) -> pa.Table:
    """Outcome tables as one, with the row of each call that was received last; of equals the one that came later."""
    rows = sorted((row for table in tables for row in table.to_pylist()), key=lambda row: row["received_at"])
    return outcomes_of(list({row["call_id"]: row for row in rows}.values()))


def land_outcomes(settings: Settings, feed: Path, otherwise: date) -> set[date]:
    """Put a delivered feed's rows into the nights they were received (`otherwise` where that cannot be told), as files
    named by their content, beside those of other deliveries; these nights."""
    digest = sha256(feed.read_bytes()).hexdigest()[:12]
    try:
        raw = _rows(feed, required=("call_id", "received_at"))
    except FeedError:
        # Read again, and told, with its night.
        target = _feed_file(settings, otherwise, f"{feed.stem}-{digest}{feed.suffix.lower()}")
        shutil.copyfile(feed, target)
        return {otherwise}
    order = day_order(row.values.get("received_at") for row in raw)
    nights: dict[date, list[dict[str, str]]] = {}
    for row in raw:
        at = _time_or_none(row.values.get("received_at"), order)
        text = {name: printable(str(row.values.get(name) or "")) for name in _FEED_COLUMNS}
        text |= {DELIVERED_ROW: f"{feed.name} row {row.number}", REFUSED_BECAUSE: row.problem or ""}
        written = text | ({"received_at": at.isoformat()} if at else {})
        nights.setdefault(at.date() if at else otherwise, []).append(written)
    for night, rows in nights.items():
        with (
            whole_file(_feed_file(settings, night, f"{feed.stem}-{digest}.csv")) as part,
            part.open("w", newline="", encoding="utf-8") as file,
        ):
            writer = csv.DictWriter(file, (*_FEED_COLUMNS, DELIVERED_ROW, REFUSED_BECAUSE))
            writer.writeheader()
            writer.writerows(rows)
    return set(nights)


def read_reviews(path: Path) -> Feed:
    """A reviews file (review_id, call_id, criterion_id, reviewer_id, level; see raw.human_reviews) as rows.

    The last row of a review counts. Raises FeedError where the file is no table or a column is missing.
    """
    raw = _rows(path, required=("call_id", "criterion_id", "reviewer_id", "level", "reviewed_at"))
    order = day_order(row.values.get("reviewed_at") for row in raw)
    feed = _feed(path, raw, lambda row: _review(row.values, order), HUMAN_REVIEWS)
    last = {row["review_id"]: row for row in feed.table.to_pylist()}
    return Feed(pa.Table.from_pylist(list(last.values()), schema=HUMAN_REVIEWS), feed.left_out)


def _feed_file(settings: Settings, night: date, name: str) -> Path:
    folder = Path(settings.landing) / night.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def _rows(path: Path, required: Sequence[str]) -> list[RawRow]:
    try:
        table = read_table(path)
    except TableError as error:
        raise FeedError(f"{path.name} cannot be read: {error}") from error
    names = {name: name.strip().lower().replace(" ", "_") for name in table.columns}
    missing = [column for column in required if column not in names.values()]
    if missing:
        raise FeedError(f"{path.name} lacks the column(s) {', '.join(missing)}")
    return [
        RawRow(row.number, {names.get(name, name): value for name, value in row.values.items()}, row.problem)
        for row in table.rows
    ]


def _feed(path: Path, raw: Iterable[RawRow], read: Callable[[RawRow], dict[str, Any]], schema: pa.Schema) -> Feed:
    rows, left_out = [], []
    for row in raw:
        try:
            if problem := row.problem or row.values.get(REFUSED_BECAUSE):
                raise _RowError(str(problem))
            rows.append(read(row))
        except _RowError as error:
            place = row.values.get(DELIVERED_ROW) or f"{path.name} row {row.number}"
            left_out.append((str(place), str(error)))
    return Feed(pa.Table.from_pylist(rows, schema=schema), tuple(left_out))


def _outcome(values: Mapping[str, Any], order: DayOrder) -> dict[str, Any]:
    return {
        "call_id": _call_id(values),
        "csat": _number(values, "csat", 1, 5),
        "is_converted": _boolean(values, "is_converted"),
        "received_at": _time(values, "received_at", order),
    }


def _review(values: Mapping[str, Any], order: DayOrder) -> dict[str, Any]:
    level = _text(values, "level")
    if level is not None and level.lower() not in _LEVELS:
        raise _RowError(f"level must be good, average or poor, not {level!r}")
    row = {"call_id": _call_id(values)} | {name: _needed(values, name) for name in ("criterion_id", "reviewer_id")}
    return row | {
        "review_id": _text(values, "review_id") or f"{row['call_id']}:{row['criterion_id']}:{row['reviewer_id']}",
        "level": level.lower() if level else None,
        "score": _number(values, "score", 0, 100),
        "note": _text(values, "note", _NOTE_CHARACTERS),
        "is_dispute": _boolean(values, "is_dispute") or False,
        "is_blind": _boolean(values, "is_blind") or False,
        "reviewed_at": _time(values, "reviewed_at", order),
    }


def _call_id(values: Mapping[str, Any]) -> str:
    source = _text(values, "source_system")
    return safe_id(f"{source}:{_needed(values, 'call_id')}" if source else _needed(values, "call_id"))


def _needed(values: Mapping[str, Any], name: str) -> str:
    text = _text(values, name)
    if text is None:
        raise _RowError(f"{name} is empty")
    return text


def _text(values: Mapping[str, Any], name: str, most: int = MAX_CHARACTERS) -> str | None:
    value = values.get(name)
    if value is None:
        return None
    if not isinstance(value, str | int | float):
        raise _RowError(f"{name} holds {_shown(value)}, not one value")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    if len(text) > most:
        raise _RowError(f"{name} has {len(text)} characters: at most {most} are taken")
    if any(0xD800 <= ord(sign) < 0xE000 or sign == "\0" for sign in text):
        raise _RowError(f"{name} holds signs that are no text")
    return text or None


def _number(values: Mapping[str, Any], name: str, low: float, high: float) -> float | None:
    value = values.get(name)
    if value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise _RowError(f"{name} {_shown(value)!r} is no number") from None
    if not math.isfinite(number):
        raise _RowError(f"{name} {_shown(value)!r} is no number")
    if not low <= number <= high:
        raise _RowError(f"{name} must be between {low:g} and {high:g}, not {number:g}")
    return number


def _boolean(values: Mapping[str, Any], name: str) -> bool | None:
    value = values.get(name)
    if value is None or isinstance(value, bool):
        return value
    known = {"true": True, "1": True, "1.0": True, "yes": True, "false": False, "0": False, "0.0": False, "no": False}
    found = known.get(str(value).strip().lower())
    if found is None:
        raise _RowError(f"{name} {_shown(value)!r} must be true or false")
    return found


def _time(values: Mapping[str, Any], name: str, order: DayOrder) -> datetime:
    value = values.get(name)
    if value is None:
        raise _RowError(f"{name} is empty")
    try:
        return call_time(value, order=order)
    except CallTimeError as error:
        raise _RowError(str(error).replace("started_at", name, 1)) from error


def _time_or_none(value: Any, order: DayOrder) -> datetime | None:
    try:
        return call_time(value, order=order) if value is not None else None
    except CallTimeError:
        return None


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:60]}…"
