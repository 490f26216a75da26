"""Which rows are one call, and which only look so.

A call is its id (with the system that gave it, where that is told), its recording and its start. A row that repeats
all three is a re-delivery, whose facts count. One that gives the id to another recording or another start is refused,
both named, unless it says `is_correction`; who was scored before keeps the id. `is_withdrawn` takes a call out. One
recording is one call, whatever ids it is given.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from coachlake.lake.rows import CallFacts


@dataclass(frozen=True, slots=True)
class LandedCall:
    """One landed call: its facts and, where it can go no further, the reason. `place` is its row of the call facts,
    `file` the name that row gives, `facts_left_out` which of its facts could not be used and why."""

    facts: CallFacts
    reason: str | None = None
    place: str = ""
    file: str = ""
    is_correction: bool = False
    is_withdrawn: bool = False
    facts_left_out: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A call that the lake holds: scored or asked about or, in another night than those at hand, refused."""

    call_id: str
    night: date
    sha256: str | None
    started_at: datetime | None
    is_refused: bool = False


@dataclass(slots=True)
class Settled:
    """What a night's rows came to: `calls` by their position among the rows (each under an id of its own), `left_out`
    the reason for every other row, `withdrawn` the ids taken out."""

    calls: dict[int, LandedCall] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)
    withdrawn: tuple[str, ...] = ()


def settled(rows: Sequence[LandedCall], held: Mapping[str, Held] | None = None) -> Settled:
    """The calls of a night's rows, in order of delivery. `held`: what the lake holds of this night, by call_id."""
    by_id: dict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        by_id[row.facts.call_id].append(index)
    found = Settled()
    withdrawn = []
    for call_id, indices in by_id.items():
        if _one_id(rows, indices, (held or {}).get(call_id), found):
            withdrawn.append(call_id)
    found.withdrawn = tuple(withdrawn)
    _refuse_shared_recordings(found.calls)
    _give_ids(found.calls)
    return found


def across_nights(
    nights: Mapping[date, Sequence[LandedCall]], held: Sequence[Held]
) -> dict[date, dict[int, LandedCall | str]]:
    """What changes for calls of one run's nights (night → position → the call refused, or why it is left out) since
    another night has the same id or the same recording. `held`: calls of the lake with these ids or recordings."""
    changes: dict[date, dict[int, LandedCall | str]] = {night: {} for night in nights}
    by_id: dict[str, Held] = {}
    by_recording: dict[str, Held] = {}
    places = [(night, index, call) for night, calls in nights.items() for index, call in enumerate(calls)]
    ready = [(night, index, call) for night, index, call in places if call.reason is None]
    at = {(night, call.facts.call_id): call for night, _, call in ready}
    # A call that can be heard may take the id of a refused one; a refused one may not put another's reason away.
    refused = {one.call_id: one.night for one in held if one.is_refused}
    for one in held:
        if one.is_refused:
            continue
        here = at.get((one.night, one.call_id))
        # What a night of this run no longer holds is on its way out.
        if one.night not in nights or (here is not None and _is_same(here, one)):
            by_id[one.call_id] = one
            by_recording.setdefault(one.sha256 or "", one)
    for night, index, call in sorted(ready, key=lambda of: (_when(of[2]), of[0], of[1])):
        facts = call.facts
        this = Held(facts.call_id, night, facts.file_sha256, facts.started_at)
        before = by_id.get(facts.call_id)
        if call.is_correction or before is None or before.night == night:
            twin = by_recording.get(facts.file_sha256 or "")
            if facts.file_sha256 and twin and twin.call_id != facts.call_id and twin.night != night:
                reason = f"the same recording as call {twin.call_id} of the night {twin.night}"
                changes[night][index] = _refused(call, reason, night)
                continue
            by_id[facts.call_id] = this
            by_recording.setdefault(facts.file_sha256 or "", this)
        elif _is_same(call, before):
            changes[night][index] = f"delivered before, with the night {before.night}"
        else:
            changes[night][index] = _refused(call, _two_calls(call, before), night)
    taken = refused | {call_id: one.night for call_id, one in by_id.items()}
    for night, index, call in places:
        if call.reason is not None and taken.setdefault(call.facts.call_id, night) != night:
            changes[night][index] = _refused(call, call.reason, night)
    return changes


def _one_id(rows: Sequence[LandedCall], indices: Sequence[int], held: Held | None, found: Settled) -> bool:
    """Settle the rows of one id; whether they take the call out."""
    current: int | None = None
    others: list[int] = []
    is_withdrawn = False
    for index in indices:
        row = rows[index]
        if row.is_withdrawn:
            for gone in [*others, *([current] if current is not None else [])]:
                found.left_out[gone] = f"withdrawn by {row.place}"
            found.left_out[index] = f"takes call {row.facts.call_id} out"
            current, others, is_withdrawn = None, [], True
        elif row.reason is not None:
            found.calls[index] = row
        elif current is None:
            current, is_withdrawn = index, False
        elif _is_same_call(rows[current], row):
            found.left_out[current] = f"the same call again in {row.place}, whose facts count"
            current = index
        elif row.is_correction:
            found.left_out[current] = f"replaced by the correction in {row.place}"
            current = index
        else:
            others.append(index)
    if current is not None:
        _conflicts(rows, [current, *others], held, found)
    return is_withdrawn and current is None


def _conflicts(rows: Sequence[LandedCall], indices: Sequence[int], held: Held | None, found: Settled) -> None:
    """Rows that give one id to several recordings or starts: the one that was scored before stays, else none."""
    stays = next((i for i in indices if held is not None and _is_same(rows[i], held)), None)
    if len(indices) == 1:
        stays = indices[0]
    named = " and ".join(f"{_what(rows[index])} in {rows[index].place}" for index in indices)
    for index in indices:
        reason = (
            f"call_id {rows[index].facts.call_id} is given more than once, to different calls: {named}; give each an "
            "id of its own, or say is_correction where one replaces the other"
        )
        found.calls[index] = rows[index] if index == stays else replace(rows[index], reason=reason)


def _what(call: LandedCall) -> str:
    started = call.facts.started_at
    return f"{call.file}{f' of {started:%Y-%m-%d %H:%M:%S}' if started else ''}"


def _two_calls(call: LandedCall, before: Held) -> str:
    differs = "another recording" if call.facts.file_sha256 != before.sha256 else "another start"
    started = f", started {before.started_at:%Y-%m-%d %H:%M:%S}" if before.started_at else ""
    return (
        f"call_id {call.facts.call_id} is that of {differs} already, of the night {before.night}{started}; this is "
        f"{_what(call)}: give it an id of its own, or say is_correction where it replaces that one"
    )


def _refused(call: LandedCall, reason: str, night: date) -> LandedCall:
    """Refused under an id that cannot stand for the call of another night."""
    return replace(call, reason=reason, facts=replace(call.facts, call_id=f"{call.facts.call_id}~{night}"))


def _is_same_call(one: LandedCall, other: LandedCall) -> bool:
    mine, theirs = one.facts, other.facts
    return (mine.file_sha256, mine.started_at) == (theirs.file_sha256, theirs.started_at)


def _is_same(call: LandedCall, held: Held) -> bool:
    return (call.facts.file_sha256, call.facts.started_at) == (held.sha256, held.started_at)


def _when(call: LandedCall) -> str:
    return f"{call.facts.started_at or ''} {call.facts.call_id}"


def _refuse_shared_recordings(calls: dict[int, LandedCall]) -> None:
    """One recording is one call and one person's: of several ids the earliest stays, of several reps none."""
    sharing: dict[str, list[int]] = defaultdict(list)
    for index, call in calls.items():
        if call.facts.file_sha256 and call.reason is None:
            sharing[call.facts.file_sha256].append(index)
    for indices in sharing.values():
        if len(indices) == 1:
            continue
        first, *others = sorted(indices, key=lambda index: (_when(calls[index]), index))
        reps = {calls[index].facts.rep_id for index in indices}
        for index in others if len(reps) == 1 else indices:
            reason = (
                f"the same recording as call {calls[first].facts.call_id}"
                if len(reps) == 1
                else _for_two_reps([calls[index].facts for index in sorted(indices)])
            )
            calls[index] = replace(calls[index], reason=reason)


def _for_two_reps(named: Sequence[CallFacts]) -> str:
    """Why nobody is scored by a recording: rows of two reps name it, and it is one person's call."""
    rows = " and ".join(f"{facts.call_id} ({facts.rep_name or facts.rep_id})" for facts in named)
    return (
        f"rows {rows} name one recording for different reps: give each their own part, or one row with the rep's name"
    )


def _give_ids(calls: dict[int, LandedCall]) -> None:
    """Every call under an id of its own: a refused one that shares another's is told apart by a number."""
    taken: dict[str, int] = {}
    for index in sorted(calls, key=lambda index: (calls[index].reason is not None, index)):
        call_id = calls[index].facts.call_id
        repeat = taken.get(call_id, 0)
        taken[call_id] = repeat + 1
        if repeat:
            calls[index] = replace(
                calls[index], facts=replace(calls[index].facts, call_id=f"{call_id}~repeat-{repeat}")
            )
