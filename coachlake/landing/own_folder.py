"""A folder of the user's own calls into the landing zone, each call into the night it was made."""

import csv
import json
import os
import shutil
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from coachlake.files import is_within, sha256_of, whole_file
from coachlake.lake.connection import ALIAS
from coachlake.lake.rows import UNKNOWN_REP
from coachlake.landing.batch import LEFT_OUT
from coachlake.landing.entries import LEADS_OUT, NAMED_BY_NO_ROW, Found, entries_of, printable
from coachlake.landing.facts import (
    DELIVERED_AS,
    DELIVERED_ROW,
    FACTS_LEFT_OUT,
    NO_TEAM,
    OPTIONAL,
    REFUSED_BECAUSE,
    REQUIRED,
    CallFactsError,
    FactRow,
    find_facts_file,
    is_inside,
    read_facts,
)
from coachlake.landing.feeds import is_outcomes_file, land_outcomes
from coachlake.landing.known import known_calls
from coachlake.landing.night_folder import landed_nights, night_folder
from coachlake.settings import Settings

_COLUMNS = (*REQUIRED, *OPTIONAL, REFUSED_BECAUSE, FACTS_LEFT_OUT)
Row = dict[str, str]


def land_folder(settings: Settings, folder: Path) -> list[date]:
    """Copy (or hard-link) a folder's calls into the landing zone by the UTC day they started; those nights.

    A row without a usable start time, and what no row names, go with the latest night, where they are refused or listed
    with their reason. A night is all that was delivered for it: rows are added to those of earlier deliveries. A row of
    a call that landed before (the same id, recording and start) brings its newest facts; one that gives the id to
    another recording or start is refused unless it says `is_correction`, or what landed before was refused itself.
    `is_withdrawn` takes a call out. Outcomes go to the day they were received.

    Raises CallFactsError where the call facts are missing or lack a column; a folder of outcomes alone needs none.
    """
    found = list(entries_of(folder))
    outcomes = [entry.path for entry in found if entry.why_not is None and is_outcomes_file(entry.name)]
    try:
        facts_file: Path | None = find_facts_file(folder)
    except CallFactsError:
        if not outcomes:
            raise
        facts_file = None
    rows = read_facts(facts_file) if facts_file else []
    delivery = _Delivery(settings, folder, rows, found)
    touched = delivery.land_rows()
    latest = _latest(rows)
    strays = [
        entry for entry in found if entry.path != facts_file and entry.path not in outcomes
        and not delivery.is_named(entry.name)
    ]  # fmt: skip
    if rows:
        _land_strays(night_folder(settings, latest), strays)
        touched.add(latest)
    for feed in outcomes:
        touched |= land_outcomes(settings, feed, latest)
    return sorted(touched)


def _latest(rows: Sequence[FactRow]) -> date:
    """The last night any row starts in; today where none does."""
    return max((night for night in map(_night, rows) if night), default=datetime.now(UTC).date())


def _night(row: FactRow) -> date | None:
    started_at = row.values.get("started_at")
    return started_at.date() if started_at is not None else None


@dataclass(frozen=True, slots=True)
class _Landed:
    """A row in the landing zone: its night, and its values as text."""

    night: date
    row: Row

    @property
    def call_id(self) -> str:
        return self.row["call_id"]


class _Delivery:
    """Rows on their way into the landing zone, and what lies there already."""

    def __init__(self, settings: Settings, folder: Path, rows: Sequence[FactRow], found: Sequence[Found]) -> None:
        self._settings, self._folder, self._rows = settings, folder, rows
        self._tables = {night: _delivered_before(night_folder(settings, night)) for night in landed_nights(settings)}
        self._by_id: dict[str, list[_Landed]] = defaultdict(list)
        self._taken: dict[tuple[date, str], str] = {}
        self._mendable: dict[str, list[_Landed]] = defaultdict(list)
        for night, table in self._tables.items():
            for row in table:
                landed = _Landed(night, row)
                self._by_id[landed.call_id].append(landed)
                self._taken[night, row["file"]] = landed.call_id
                if row[REFUSED_BECAUSE] and (sha256 := self._landed_sha256(landed)):
                    self._mendable[sha256].append(landed)
        self._dropped: dict[int, _Landed] = {}
        self._open = _never_scored(settings)
        self._found = {entry.name: entry for entry in found}
        self._strays = _strays_before(settings, self._tables)
        self._named = {os.path.normpath(str(row.values["file"])) for row in rows if row.values.get("file")}

    def is_named(self, name: str) -> bool:
        """Whether a row names this file of the folder."""
        return name in self._named

    def land_rows(self) -> set[date]:
        """Put every row, and its file, into its night; the nights that changed."""
        latest = _latest(self._rows)
        touched: set[date] = set()
        new: dict[date, list[Row]] = defaultdict(list)
        for row in self._rows:
            night = _night(row) or latest
            touched.add(night)
            placed = self._placed(row, night, touched)
            if placed is not None:
                new[night].append(placed)
        for night in sorted(touched):
            kept = [row for row in self._tables.get(night, []) if id(row) not in self._dropped]
            self._remove_files(night, [*kept, *new[night]])
            _write_rows(night_folder(self._settings, night), [*kept, *new[night]])
        return touched

    def _placed(self, row: FactRow, night: date, touched: set[date]) -> Row | None:
        """The row as it lies in its night; None for one that takes a call out. Earlier rows that it stands for go."""
        before = [landed for landed in self._by_id[row.values["call_id"]] if id(landed.row) not in self._dropped]
        if row.values["is_withdrawn"]:
            self._drop(before, touched)
            # What only the lake holds goes by the row itself.
            return None if before else _as_text(row, str(row.values["file"] or ""), None)
        name = row.values["file"]
        sha256 = _sha256(self._folder / name) if name and is_inside(name) else None
        same = [landed for landed in before if self._is_same(landed, row, night, sha256)]
        others = [landed for landed in before if landed not in same and not self._may_go(landed)]
        is_known = any(not landed.row[REFUSED_BECAUSE] for landed in same)
        refused = row.problem
        if refused is None and others and not is_known and not row.values["is_correction"]:
            refused = _two_calls(row, others[0])
        self._drop(same if refused or is_known else before, touched)
        if refused is None and sha256 is not None:
            self._mend(sha256, str(name), touched)
        place, why = self._land_file(row, night, sha256)
        return _as_text(row, place, refused or why)

    def _is_same(self, landed: _Landed, row: FactRow, night: date, sha256: str | None) -> bool:
        """Whether a landed row is of the same recording and start (a row that cannot be used is only itself)."""
        if not row.values["call_id"]:  # nothing tells it but its place
            return (landed.row[DELIVERED_ROW], landed.row[REFUSED_BECAUSE]) == (printable(row.place), row.problem)
        if row.problem is not None or landed.row[REFUSED_BECAUSE]:
            return landed.night == night and landed.row[DELIVERED_AS] == str(row.values["file"] or "")
        started_at = row.values["started_at"]
        return landed.row["started_at"] == _written(started_at) and self._landed_sha256(landed) == sha256

    def _may_go(self, landed: _Landed) -> bool:
        """Whether a landed call was refused or withdrawn: then any later delivery of its id is its mending."""
        is_refused = bool(landed.row[REFUSED_BECAUSE] or landed.row["is_withdrawn"])
        return is_refused or landed.call_id in self._open

    def _drop(self, those: Sequence[_Landed], touched: set[date]) -> None:
        for landed in those:
            self._dropped[id(landed.row)] = landed
            touched.add(landed.night)
            self._taken.pop((landed.night, landed.row["file"]), None)

    def _remove_files(self, night: date, rows: Sequence[Row]) -> None:
        """A file goes with the row that named it (replaced, withdrawn, mended): unnamed it would be a call without
        facts. Before the rows are written: a landing that is killed in between is made good by doing it again."""
        named = {os.path.normpath(row["file"]) for row in rows}
        for landed in self._dropped.values():
            name = landed.row["file"]
            if landed.night == night and is_inside(name) and os.path.normpath(name) not in named:
                path = night_folder(self._settings, night) / name
                if _is_file(path):
                    path.unlink()

    def _mend(self, sha256: str, name: str, touched: set[date]) -> None:
        """A row of the same file that was refused, and a stray of its bytes, are what a good row mends."""
        self._drop([one for one in self._mendable[sha256] if one.row[DELIVERED_AS] == name], touched)
        for night, path in self._strays.pop(sha256, []):
            path.unlink(missing_ok=True)
            touched.add(night)

    def _landed_sha256(self, landed: _Landed) -> str | None:
        return _sha256(night_folder(self._settings, landed.night) / landed.row["file"])

    def _land_file(self, row: FactRow, night: date, sha256: str | None) -> tuple[str, str | None]:
        """Put a row's file into the night; its name there and, where that failed, why. A name that is another call's
        already gets a folder of its own."""
        name = str(row.values["file"] or "")
        target = night_folder(self._settings, night)
        entry = self._found.get(os.path.normpath(name)) if name else None
        if entry is not None and entry.why_not is not None and entry.bytes is None:
            return name, f"file {printable(name)} cannot be used: {entry.why_not}"
        if not name or not is_inside(name) or not _is_file(self._folder / name):
            return name, None
        if not is_within(self._folder / name, self._folder):
            return name, f"file {printable(name)} cannot be used: {LEADS_OUT}"
        call_id = str(row.values["call_id"])
        is_free = self._taken.get((night, name), call_id) == call_id or _sha256(target / name) == sha256
        place = name if is_free else f"{_as_folder(call_id)}/{name}"
        try:
            _link(self._folder / name, target / place)
        except OSError as error:
            return name, f"the file cannot be read: {error.strerror}"
        return place, None


def _strays_before(settings: Settings, tables: Mapping[date, Sequence[Row]]) -> dict[str, list[tuple[date, Path]]]:
    """Recordings and transcripts in the landing zone that no row names, by their hash."""
    strays: dict[str, list[tuple[date, Path]]] = {}
    for night, rows in tables.items():
        named = {os.path.normpath(row["file"]) for row in rows}
        for entry in entries_of(night_folder(settings, night)):
            is_stray = entry.name not in named and entry.why_not is None and (entry.is_recording or entry.is_transcript)
            if is_stray and "/" not in entry.name and entry.path.stem in ("calls", "outcomes"):
                continue
            if is_stray and not is_outcomes_file(entry.name) and (sha256 := _sha256(entry.path)):
                strays.setdefault(sha256, []).append((night, entry.path))
    return strays


def _two_calls(row: FactRow, kept: _Landed) -> str:
    return (
        f"call_id {row.values['call_id']} is that of another recording or start already: {kept.row['file']}, started "
        f"{kept.row['started_at']}; this is {row.values['file']}, started {_written(row.values['started_at'])}: give "
        "it an id of its own, or say is_correction where it replaces that one"
    )


def _never_scored(settings: Settings) -> set[str]:
    """call_ids that the lake holds as refused."""
    with known_calls(settings) as connection:
        if connection is None:
            return set()
        query = f"SELECT call_id FROM {ALIAS}.raw.calls WHERE source = 'live' AND status = 'quarantined'"
        return {call_id for (call_id,) in connection.execute(query).fetchall()}


def _delivered_before(target: Path) -> list[Row]:
    """The rows of earlier deliveries for a night, each with the call_id it was landed under."""
    try:
        rows = read_facts(find_facts_file(target))
    except CallFactsError:
        return []
    return [_as_text(row, str(row.values["file"] or ""), row.problem) for row in rows]


def _as_text(row: FactRow, file: str, refused: str | None) -> Row:
    values: dict[str, Any] = row.values | {"file": file, REFUSED_BECAUSE: refused}
    # Not said is an empty cell; that a call was not converted is said.
    values |= {name: values[name] or None for name in ("is_correction", "is_withdrawn")}
    written = {name: printable(_written(values.get(name))) for name in _COLUMNS}
    # The id is whole already; its source would stand before it twice.
    written["source_system"] = ""
    unknown = {"rep_id": UNKNOWN_REP, "team_id": NO_TEAM}
    written |= {name: "" for name, nothing in unknown.items() if written[name] == nothing}
    delivered_as = str(row.values[DELIVERED_AS] or row.values["file"] or "")
    return written | {DELIVERED_AS: printable(delivered_as), DELIVERED_ROW: printable(row.place)}


def _written(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _write_rows(target: Path, rows: Sequence[Row]) -> None:
    """The night's call facts; none where no row is left."""
    target.mkdir(parents=True, exist_ok=True)
    for other in ("calls.json", "calls.parquet"):  # of a delivery dropped here by hand, whose rows are among these
        (target / other).unlink(missing_ok=True)
    with whole_file(target / "calls.csv") as part, part.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, (*_COLUMNS, DELIVERED_AS, DELIVERED_ROW))
        writer.writeheader()
        writer.writerows(rows)


def _land_strays(target: Path, strays: Sequence[Found]) -> None:
    """What no row names: recordings and transcripts lie in the night, where they are refused; the rest is noted."""
    noted = {}
    for entry in strays:
        why = entry.why_not
        if why is None and (entry.is_recording or entry.is_transcript):
            try:
                _link(entry.path, target / entry.name)
                continue
            except OSError as error:
                why = f"it cannot be read: {error.strerror}"
        noted[printable(entry.name)] = why or NAMED_BY_NO_ROW
    file = target / LEFT_OUT
    try:
        before = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        before = {}
    if noted or before:
        with whole_file(file) as part:
            part.write_text(json.dumps(before | noted, indent=1, ensure_ascii=False), encoding="utf-8")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name longer than any file's, or a circle of links
        return False


def _sha256(path: Path) -> str | None:
    try:
        return sha256_of(path) if _is_file(path) else None
    except OSError:
        return None


def _as_folder(call_id: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "-_." else "_" for sign in call_id).strip(".")[:100] or "_"


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source.resolve(), target)  # of a link's own file: the link may lead nowhere from there
    except OSError:  # another file system, or one without hard links
        shutil.copyfile(source, target)
