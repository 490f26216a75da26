"""Call facts for a folder that has none: what names, times and tags of the files tell, and what they do not."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coachlake.conversations.transcripts.read import reads_as_transcript
from coachlake.files import whole_file
from coachlake.landing.call_times import CallTimeError, call_time
from coachlake.landing.entries import Found, entries_of, printable
from coachlake.landing.facts import REQUIRED, CallFactsError, find_facts_file, listed

_COLUMNS = (*REQUIRED, "direction", "rep_name", "rubric_id")
# 20261118T081500, 2026-11-18_08.15.00, 20261118-0815; not part of a longer number.
_DAY = r"(?<!\d)(20[2-9]\d)[-_.]?([01]\d)[-_.]?([0-3]\d)"
_STAMP = re.compile(_DAY + r"(?:[T _-]{0,3}([0-2]\d)[-:._h]?([0-5]\d)(?:[-:._m]?([0-5]\d))?)?(?!\d)")
_EPOCH = re.compile(r"(?<!\d)(1[6-9]\d{8}|1[6-9]\d{11})(?!\d)")
_DIRECTION = re.compile(r"(?<![a-z])(inbound|incoming|in|outbound|outgoing|out)(?![a-z])")
_REP_WORDS = "agent|rep|user|advisor|adviser|operator"
_REP = re.compile(rf"(?:^|[_\-. /])(?:{_REP_WORDS})[-_= ]?([A-Za-z]?\d{{1,8}})(?=$|[_\-. /])", re.IGNORECASE)
_TAGS = ("creation_time", "date", "origination_date", "recording_date")


class FolderHasFactsError(ValueError):
    """The folder has call facts already; they are not written over."""


@dataclass(frozen=True, slots=True)
class WrittenFacts:
    """The file written, how many calls are in it, and sentences on where its values come from and what is missing."""

    path: Path
    calls: int
    told: tuple[str, ...]


def init_folder(folder: Path) -> WrittenFacts:
    """Write `folder/calls.csv`, a row for every recording and transcript.

    Starts come from a date and time in the file's name, else from the recording's own tags, else from the time the file
    was last written; the rep from `agent-17` and the like in the name; the direction from a word there; the channel
    layout stays `unknown`, and what nothing tells stays empty: such a call is heard and asked about, nobody is scored
    for it. Raises FolderHasFactsError where there are call facts already, or nothing that could be a call.
    """
    try:
        raise FolderHasFactsError(f"{find_facts_file(folder)} is there already: it is not written over")
    except CallFactsError:
        pass
    found = [entry for entry in entries_of(folder) if entry.why_not is None]
    calls = [
        entry for entry in found if entry.is_recording or (entry.is_transcript and reads_as_transcript(entry.path))
    ]
    if not calls:
        raise FolderHasFactsError(f"no recording and no transcript in {folder}")
    sources: Counter[str] = Counter()
    rows = [_row(entry, sources) for entry in calls]
    path = folder / "calls.csv"
    with whole_file(path) as part, part.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, _COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    others = [printable(entry.name) for entry in found if entry not in calls]
    return WrittenFacts(path, len(rows), tuple(_told(rows, sources, others)))


def _row(entry: Found, sources: Counter[str]) -> dict[str, str]:
    started_at, source = _start(entry)
    sources[source] += 1
    stem = entry.name.rsplit(".", 1)[0]
    rep = _REP.search(stem)
    direction = _DIRECTION.search(stem.lower())
    queue = entry.name.split("/")[0] if "/" in entry.name else ""
    return {
        "file": entry.name,
        "rep_id": rep[1] if rep else "",
        "queue": queue,
        "started_at": started_at.isoformat() if started_at else "",
        "channel_layout": "transcript" if entry.is_transcript else "unknown",
        "direction": "" if not direction else ("inbound" if direction[1].startswith("in") else "outbound"),
    }


def _start(entry: Found) -> tuple[datetime | None, str]:
    """When the call started, and what tells it."""
    ways: Sequence[tuple[str, Callable[[], Any]]] = (
        ("the file's name", lambda: _in_name(entry.name)),
        ("the recording's own tags", lambda: _in_tags(entry)),
        ("the time the file was last written", lambda: datetime.fromtimestamp(entry.path.stat().st_mtime, UTC)),
    )
    for source, of in ways:
        try:
            if (value := of()) is not None:
                return call_time(value), source
        except (CallTimeError, OSError):
            continue
    return None, "nothing"


def _in_name(name: str) -> Any:
    if stamp := _STAMP.search(name):
        year, month, day, hour, minute, second = stamp.groups()
        # A day alone is no start: many calls would share one.
        return None if hour is None else f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}"
    epoch = _EPOCH.search(name)
    return epoch[1] if epoch else None


def _in_tags(entry: Found) -> Any:
    if not entry.is_recording:
        return None
    from coachlake.speech.decode import recording_tags

    tags: Mapping[str, str] = recording_tags(entry.path)
    return next((tags[name] for name in _TAGS if len(tags.get(name, "")) >= len("2026-11-18T08:15")), None)


def _told(rows: Sequence[Mapping[str, str]], sources: Counter[str], others: Sequence[str]) -> list[str]:
    told = [f"started_at of {count} from {source}" for source, count in sources.most_common()]
    if sources["the time the file was last written"]:
        told[-1] += ": check them, copying a file may change it"
    told.append("times without an offset were taken as UTC")
    unknown = {
        "rep_id": "these calls are heard and asked about, nobody is scored",
        "queue": "they count under no queue",
        "direction": "who speaks first then tells nothing",
    }
    for column, means in unknown.items():
        missing = [row["file"] for row in rows if not row[column]]
        if missing:
            told.append(f"{column} is not told for {len(missing)} of {len(rows)} ({listed(missing, 3)}): {means}")
    told.append("team_id, rep_name and rubric_id are not told by files: the first rubric scores what names none")
    if others:
        told.append(f"{len(others)} other files are no calls: {listed(others)}")
    return told
