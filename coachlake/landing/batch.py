"""A landed night as a batch: every file and every row accounted for, before any model runs."""

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from coachlake.conversations.transcripts.read import TRANSCRIPT_SUFFIXES, reads_as_transcript
from coachlake.files import is_within, sha256_of
from coachlake.lake.rows import UNKNOWN_REP, CallFacts
from coachlake.landing.accounts import Entry
from coachlake.landing.entries import AUDIO_SUFFIXES, LEADS_OUT, NAMED_BY_NO_ROW, Found, entries_of, printable
from coachlake.landing.facts import (
    FACT_FILES,
    FACTS_LEFT_OUT,
    CallFactsError,
    FactRow,
    default_call_id,
    find_facts_file,
    is_inside,
    read_facts,
    safe_id,
)
from coachlake.landing.feeds import FeedError, is_outcomes_file, read_outcomes
from coachlake.landing.identity import Held, LandedCall, Settled, settled
from coachlake.settings import Limits

# A stray file of these may be anything; it is a call that nobody named only where it reads as a transcript.
_MAYBE_TRANSCRIPTS = (".json", ".txt", ".csv", ".tsv")
# Where `land_folder` notes what it left out of the landing zone.
LEFT_OUT = "left_out.coachlake"


@dataclass(frozen=True, slots=True)
class Batch:
    """A night: `calls` holds each landed call once, good or bad; `outcomes` the outcomes its facts carried; `entries`
    everything that was delivered, each once; `withdrawn` the ids that its rows take out of the lake."""

    batch_date: date
    calls: tuple[LandedCall, ...]
    outcomes: tuple[dict[str, Any], ...] = ()
    entries: tuple[Entry, ...] = ()
    withdrawn: tuple[str, ...] = ()

    @property
    def ready(self) -> list[CallFacts]:
        """Calls to be transcribed and scored."""
        return [call.facts for call in self.calls if call.reason is None]

    @property
    def refused(self) -> list[LandedCall]:
        """Calls that go straight to quarantine."""
        return [call for call in self.calls if call.reason is not None]


def read_batch(
    folder: Path, batch_date: date, limits: Limits | None = None, held: Mapping[str, Held] | None = None
) -> Batch:
    """Read one landed folder (call facts plus files) as the batch of `batch_date`; `held` is what the lake holds of it.

    Bad rows, missing files, files no row names, ids given to two recordings and repeated recordings become refused
    calls with a reason. Raises CallFactsError only where the facts file itself is missing or lacks a required column,
    or the folder holds more files than a night may.
    """
    found = _files(folder, limits or Limits())
    facts_file = find_facts_file(folder)
    return _batch(folder, batch_date, found, facts_file, read_facts(facts_file), held or {})


def read_batch_without_facts(folder: Path, batch_date: date, why: str, limits: Limits | None = None) -> Batch:
    """The batch of a folder whose call facts cannot be used: nothing in it is lost, nothing can be scored."""
    try:
        found = _files(folder, limits or Limits())
    except CallFactsError as error:
        return Batch(batch_date, (), entries=(Entry(folder.name, "ignored", reason=str(error)),))
    return _batch(folder, batch_date, found, None, [], {}, why)


def _files(folder: Path, limits: Limits) -> dict[str, Found]:
    found: dict[str, Found] = {}
    for entry in entries_of(folder):
        found[entry.name] = entry
        if len(found) > limits.files_a_night:
            raise CallFactsError(
                f"{folder.name} holds more than {limits.files_a_night} files, the limit files_a_night: deliver in parts"
            )
    return found


def _batch(
    folder: Path, batch_date: date, found: Mapping[str, Found], facts_file: Path | None, rows: Sequence[FactRow],
    held: Mapping[str, Held], why: str | None = None,
) -> Batch:  # fmt: skip
    with ThreadPoolExecutor(4) as pool:
        landed = list(pool.map(lambda row: _landed(folder, found, row, batch_date), rows))
    came_to = settled(landed, held)
    named = {_inner(row.values["file"]) for row in rows}
    strays = [
        entry for name, entry in found.items() if name not in named and entry.path != facts_file and name != LEFT_OUT
    ]
    orphans, others = _unnamed(folder, strays, batch_date, why)
    calls = [came_to.calls[index] for index in sorted(came_to.calls)]
    outcomes = tuple(
        _outcome(row, came_to.calls[index].facts)
        for index, row in enumerate(rows)
        if index in came_to.calls and came_to.calls[index].reason is None and _has_outcome(row)
    )
    entries = [
        *([Entry(facts_file.name, "facts")] if facts_file else []),
        *_row_entries(landed, came_to, found),
        *(Entry(call.file, "call", call.facts.call_id) for call in orphans),
        *others,
        *_left_out(folder),
    ]
    return Batch(batch_date, (*calls, *orphans), outcomes, tuple(entries), came_to.withdrawn)


def _row_entries(landed: Sequence[LandedCall], came_to: Settled, found: Mapping[str, Found]) -> Iterator[Entry]:
    """Each row's file, once: under the row that counts where several name it; the other rows by their place."""
    taken: set[str] = set()
    for index in sorted(range(len(landed)), key=lambda index: (index not in came_to.calls, index)):
        name = _inner(landed[index].file)
        entry = found.get(name)
        is_own = entry is not None and name not in taken
        taken.add(name)
        call = came_to.calls.get(index)
        yield Entry(
            name if is_own else landed[index].place,
            "call" if call else "ignored",
            call.facts.call_id if call else None,
            came_to.left_out.get(index) or (f"left out: {facts}" if (facts := landed[index].facts_left_out) else None),
            entry.bytes if is_own and entry else None,
        )


def _left_out(folder: Path) -> list[Entry]:
    """What a delivery left out of the landing zone, and why."""
    try:
        noted = json.loads((folder / LEFT_OUT).read_text(encoding="utf-8"))
        return [Entry(str(name), "ignored", reason=str(reason)) for name, reason in sorted(noted.items())]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, AttributeError) as error:
        return [Entry(LEFT_OUT, "ignored", reason=f"it cannot be read: {error}")]


def _landed(folder: Path, found: Mapping[str, Found], row: FactRow, batch_date: date) -> LandedCall:
    values = row.values
    name = str(values.get("file") or "")
    path = folder / name
    is_transcript = path.suffix.lower() in TRANSCRIPT_SUFFIXES
    facts = CallFacts(
        call_id=values["call_id"] or f"row-without-file-{batch_date}",
        rep_id=values["rep_id"],
        team_id=values["team_id"],
        started_at=values["started_at"],
        batch_date=batch_date,
        rubric_id=values["rubric_id"],
        queue=values["queue"],
        direction=values["direction"],
        rep_name=values["rep_name"],
        rep_hired_on=values["rep_hired_on"],
        audio_uri=_audio_uri(folder, path) if name and not is_transcript and is_inside(name) else None,
        file_path=str(path),
        rep_channel={"rep_left": "left", "rep_right": "right"}.get(values["channel_layout"]),
        channel_layout="transcript" if is_transcript else values["channel_layout"],
    )
    call = LandedCall(
        facts, row.problem, row.place, name, values["is_correction"], values["is_withdrawn"], values[FACTS_LEFT_OUT]
    )
    if row.problem or values["is_withdrawn"]:
        return call
    return _with_file(call, path, folder, found)


def _with_file(call: LandedCall, path: Path, folder: Path, found: Mapping[str, Found]) -> LandedCall:
    """The call with its file's hash, or the reason why the file cannot be used."""
    entry = found.get(_inner(call.file))
    try:
        is_there = entry is not None or path.is_file()
    except (OSError, ValueError):  # a name longer than any file's
        is_there = False
    if not is_there:
        near = [other for other in found if other.lower() == _inner(call.file).lower()]
        return replace(call, reason=f"file {_short(call.file)} is not in the folder{_perhaps(near)}")
    if entry is not None and entry.why_not is not None and entry.bytes is None:
        return replace(call, reason=f"file {printable(entry.name)} cannot be used: {entry.why_not}")
    if not is_within(path, folder):  # by way of a linked folder
        return replace(call, reason=f"file {_short(call.file)} cannot be used: {LEADS_OUT}")
    try:
        if path.stat().st_size == 0:
            return replace(call, reason="the file is empty")
        if path.suffix.lower() not in (*AUDIO_SUFFIXES, *TRANSCRIPT_SUFFIXES) and _why_no_audio(path):
            return replace(call, reason=f"{path.suffix or path.name} is neither audio nor a transcript format")
        return replace(call, facts=replace(call.facts, file_sha256=sha256_of(path)))
    except OSError as error:
        return replace(call, reason=f"the file cannot be read: {error.strerror}")


def _short(name: str) -> str:
    return name if len(name) <= 120 else f"{name[:120]}…"


def _perhaps(near: Sequence[str]) -> str:
    return f" (there is {near[0]})" if len(near) == 1 else ""


def _why_no_audio(path: Path) -> str | None:
    from coachlake.speech.decode import can_decode

    return can_decode(path)


def _inner(name: object) -> str:
    """A file's name relative to the folder as `entries_of` writes it."""
    return os.path.normpath(str(name)) if name else ""


def _audio_uri(folder: Path, path: Path) -> str:
    """Where a recording lies within the landing zone: a zone that is moved or mounted elsewhere changes no row."""
    return printable(path.relative_to(folder.parent).as_posix())


def _unnamed(
    folder: Path, strays: Sequence[Found], batch_date: date, why: str | None
) -> tuple[list[LandedCall], list[Entry]]:
    """Files that no row names: recordings and transcripts are calls that landed, so they must show; the rest is listed
    with the reason why it is none."""
    calls, entries = list[LandedCall](), list[Entry]()
    stems = Counter(default_call_id(printable(stray.name), None) for stray in strays)
    for stray in strays:
        if stray.why_not is not None:
            entries.append(Entry(stray.name, "ignored", reason=stray.why_not, bytes=stray.bytes))
        elif is_outcomes_file(stray.name):
            entries += _outcomes_entries(stray)
        elif why and stray.name in FACT_FILES:
            entries.append(Entry(stray.name, "ignored", reason=why, bytes=stray.bytes))
        elif _is_call(stray):
            reason = why or f"no row of the call facts names {printable(stray.name)}"
            stem = default_call_id(printable(stray.name), None)
            call_id = _id_of_stray(stem if stems[stem] == 1 else printable(stray.name), batch_date)
            calls.append(LandedCall(_facts_of_stray(folder, stray, batch_date, call_id), reason, file=stray.name))
        else:
            entries.append(Entry(stray.name, "ignored", reason=NAMED_BY_NO_ROW, bytes=stray.bytes))
    return calls, entries


def _outcomes_entries(feed: Found) -> list[Entry]:
    """The feed, and each of its rows that cannot be used or lost a fact."""
    try:
        found = read_outcomes(feed.path)
    except FeedError as error:
        return [Entry(feed.name, "ignored", reason=str(error), bytes=feed.bytes)]
    return [
        Entry(feed.name, "outcomes", bytes=feed.bytes),
        *(Entry(place, "ignored", reason=why) for place, why in found.left_out),
        *(Entry(place, "outcomes", reason=why) for place, why in found.facts_left_out),
    ]


def _is_call(stray: Found) -> bool:
    suffix = stray.path.suffix.lower()
    if suffix not in _MAYBE_TRANSCRIPTS:
        return stray.is_recording or stray.is_transcript
    return reads_as_transcript(stray.path)


def _id_of_stray(name: str, batch_date: date) -> str:
    """Nothing tells when it was made: every night may bring another file of its name, and none replaces another."""
    return f"{safe_id(name)}~no-facts-{batch_date}"


def _facts_of_stray(folder: Path, stray: Found, batch_date: date, call_id: str) -> CallFacts:
    return CallFacts(
        call_id=call_id,
        rep_id=UNKNOWN_REP,
        team_id=None,
        started_at=None,
        batch_date=batch_date,
        rubric_id=None,
        audio_uri=_audio_uri(folder, stray.path) if stray.is_recording else None,
        channel_layout="transcript" if stray.is_transcript else None,
        file_path=str(stray.path),
    )


def _has_outcome(row: FactRow) -> bool:
    return row.values["csat"] is not None or row.values["is_converted"] is not None


def _outcome(row: FactRow, facts: CallFacts) -> dict[str, Any]:
    return {
        "call_id": facts.call_id,
        "csat": row.values["csat"],
        "is_converted": row.values["is_converted"],
        "received_at": facts.started_at,
    }
