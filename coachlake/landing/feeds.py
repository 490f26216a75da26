"""Feeds that arrive beside calls, in their own time: outcomes and human reviews. A bad row costs only itself."""

import csv
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePath
from typing import Any

import pyarrow as pa

from coachlake.files import whole_file
from coachlake.lake.tables import HUMAN_REVIEWS, OUTCOMES
from coachlake.landing.call_times import DayOrder, day_order
from coachlake.landing.entries import printable
from coachlake.landing.facts import DELIVERED_ROW, REFUSED_BECAUSE, safe_id
from coachlake.landing.tables import TABLE_SUFFIXES, RawRow, TableError, read_table
from coachlake.landing.values import (
    UnusableValueError,
    boolean,
    csat,
    free_text,
    name_or_id,
    number,
    or_left_out,
    shown,
    time,
)
from coachlake.settings import Settings

# A row's values, the order of day and month, and where to note the facts that only cost themselves → the row.
_Reader = Callable[[Mapping[str, Any], DayOrder, list[str]], dict[str, Any]]
_LEVELS = ("good", "average", "poor")
_NOTE_CHARACTERS = 5_000
_FEED_COLUMNS = ("call_id", "source_system", "csat", "is_converted", "received_at")


class FeedError(ValueError):
    """A feed file cannot be used at all; the message names the missing or wrong column."""


@dataclass(frozen=True, slots=True)
class Feed:
    """The usable rows of a feed; for every other one its place and why not; and, of rows that count, the facts that
    were left out of them."""

    table: pa.Table
    left_out: tuple[tuple[str, str], ...] = ()
    facts_left_out: tuple[tuple[str, str], ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """As sentences: "outcomes.csv row 3: csat 9 is not between 1 and 5"."""
        return tuple(f"{place}: {why}" for place, why in (*self.left_out, *self.facts_left_out))


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
    feed = _feed(path, raw, order, _outcome, OUTCOMES)
    newest = {row["call_id"]: row for row in sorted(feed.table.to_pylist(), key=lambda row: row["received_at"])}
    return replace(feed, table=outcomes_of(list(newest.values())))


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
        at = or_left_out(partial(time, row.values.get("received_at"), "received_at", order), [])
        text = {name: printable(_written(row.values.get(name))) for name in _FEED_COLUMNS}
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
    feed = _feed(path, raw, order, _review, HUMAN_REVIEWS)
    last = {row["review_id"]: row for row in feed.table.to_pylist()}
    return replace(feed, table=pa.Table.from_pylist(list(last.values()), schema=HUMAN_REVIEWS))


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


def _feed(path: Path, raw: Iterable[RawRow], order: DayOrder, read: _Reader, schema: pa.Schema) -> Feed:
    rows, left_out, facts_left_out = [], list[tuple[str, str]](), list[tuple[str, str]]()
    for row in raw:
        place = str(row.values.get(DELIVERED_ROW) or f"{path.name} row {row.number}")
        facts: list[str] = []
        try:
            if problem := row.problem or row.values.get(REFUSED_BECAUSE):
                raise UnusableValueError(str(problem))
            rows.append(read(row.values, order, facts))
        except UnusableValueError as error:
            left_out.append((place, "; ".join([str(error), *facts])))
        else:
            facts_left_out += [(place, f"left out: {'; '.join(facts)}")] if facts else []
    return Feed(pa.Table.from_pylist(rows, schema=schema), tuple(left_out), tuple(facts_left_out))


def _outcome(values: Mapping[str, Any], order: DayOrder, left_out: list[str]) -> dict[str, Any]:
    row = {
        "call_id": _call_id(values),
        "csat": or_left_out(lambda: csat(values.get("csat")), left_out),
        "is_converted": or_left_out(lambda: boolean(values.get("is_converted"), "is_converted"), left_out),
        "received_at": _needed_time(values, "received_at", order),
    }
    if left_out and row["csat"] is None and row["is_converted"] is None:
        raise UnusableValueError(left_out.pop(0))
    return row


def _review(values: Mapping[str, Any], order: DayOrder, left_out: list[str]) -> dict[str, Any]:
    level = name_or_id(values.get("level"), "level")
    if level is not None and level.lower() not in _LEVELS:
        raise UnusableValueError(f"level {shown(level)!r} is not good, average or poor")
    score = or_left_out(lambda: number(values.get("score"), "score", 0, 100), left_out)
    if level is None and left_out:  # without either it would say that the criterion does not apply
        raise UnusableValueError(left_out.pop())
    row = {"call_id": _call_id(values)} | {name: _needed(values, name) for name in ("criterion_id", "reviewer_id")}
    own_id = name_or_id(values.get("review_id"), "review_id")
    note = or_left_out(lambda: free_text(values.get("note"), "note", _NOTE_CHARACTERS), left_out)
    return row | {
        "review_id": own_id or f"{row['call_id']}:{row['criterion_id']}:{row['reviewer_id']}",
        "level": level.lower() if level else None,
        "score": score,
        "note": note,
        "is_dispute": boolean(values.get("is_dispute"), "is_dispute") or False,
        "is_blind": boolean(values.get("is_blind"), "is_blind") or False,
        "reviewed_at": _needed_time(values, "reviewed_at", order),
    }


def _call_id(values: Mapping[str, Any]) -> str:
    source = name_or_id(values.get("source_system"), "source_system")
    return safe_id(f"{source}:{_needed(values, 'call_id')}" if source else _needed(values, "call_id"))


def _needed(values: Mapping[str, Any], name: str) -> str:
    text = name_or_id(values.get(name), name)
    if text is None:
        raise UnusableValueError(f"{name} is empty")
    return text


def _needed_time(values: Mapping[str, Any], name: str, order: DayOrder) -> datetime:
    at = time(values.get(name), name, order)
    if at is None:
        raise UnusableValueError(f"{name} is empty")
    return at


def _written(value: Any) -> str:
    return "" if value is None else str(value)
