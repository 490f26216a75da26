"""Any JSON list of turns with a speaker and a text each: exports of Five9, Talkdesk and others whose layout is not
published, and what teams write themselves.

Fields by their usual names (fields.py). A bare number is a time only where its name gives the unit (`start_ms`,
`startSeconds`); clocks and ISO 8601 moments are read as they are. Otherwise the turns are untimed.
"""

import re
from collections.abc import Iterator
from typing import Any

from coachlake.conversations.transcript import Participant, Transcript
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.fields import (
    END,
    ROLE,
    SPEAKER,
    START,
    TEXT,
    from_zero,
    person,
    time_s,
    unit_of,
)
from coachlake.conversations.transcripts.piece import Piece

NAME = "JSON list of turns"
_VENDORS = ("Five9", "Talkdesk", "Dialpad", "Aircall", "NICE", "Zoom", "Fireflies")
_DEPTH = 4


def is_turn_list(document: Any) -> bool:
    """Whether a list of objects with a speaker and a text each stands anywhere near the top of a JSON document."""
    return _turns(document) is not None


def read_turn_list(document: Any) -> Transcript:
    """The transcript in the first such list. Raises UnreadableTranscriptError where nobody is named."""
    turns = _turns(document) or []
    people: dict[str, Participant] = {}
    rows: list[tuple[str | None, str]] = []
    starts: list[float | None] = []
    ends: list[float | None] = []
    for turn in turns:
        fields = _fields(turn)
        someone = person(_text(_first(fields, SPEAKER)), _text(_first(fields, ROLE)))
        if someone:
            people[someone.label] = someone
        rows.append((someone.label if someone else None, _text(_first(fields, TEXT)) or ""))
        starts.append(_time(fields, START))
        ends.append(_time(fields, END))
    notes = []
    if all(start is None for start in starts) and any(_first(_fields(turn), START) is not None for turn in turns):
        notes.append("times are given without a unit and were not used")
    pieces = [
        Piece(f"turn {number}", label, text, start, end)
        for number, ((label, text), start, end) in enumerate(zip(rows, *from_zero(starts, ends), strict=True), start=1)
    ]
    advice = "give each turn a speaker"
    return assembled(_name(document), pieces, advice=advice, participants=people.values(), notes=notes)


def _turns(document: Any) -> list[dict[str, Any]] | None:
    for found in _lists(document, _DEPTH):
        turns = [item for item in found if isinstance(item, dict)]
        told = sum(_is_turn(turn) for turn in turns[:50])
        if turns and told >= 0.8 * len(found[:50]):
            return turns
    return None


def _lists(value: Any, depth: int) -> Iterator[list[Any]]:
    """Lists in a document, nearest to the top first."""
    level = [value]
    for _ in range(depth):
        yield from (item for item in level if isinstance(item, list))
        level = [
            inner
            for item in level
            for inner in (item.values() if isinstance(item, dict) else item[:3] if isinstance(item, list) else ())
        ]


def _is_turn(turn: dict[str, Any]) -> bool:
    fields = _fields(turn)
    has_speaker = _text(_first(fields, SPEAKER)) or _text(_first(fields, ROLE))
    return bool(has_speaker and isinstance(_first(fields, TEXT), str))


def _fields(turn: dict[str, Any]) -> dict[str, tuple[str, Any]]:
    """Key as fields.py spells it → key as written, value."""
    return {re.sub(r"[\W_]", "", str(key).lower()): (str(key), value) for key, value in turn.items()}


def _first(fields: dict[str, tuple[str, Any]], names: tuple[str, ...]) -> Any:
    return next((fields[name][1] for name in names if name in fields and fields[name][1] is not None), None)


def _text(value: Any) -> str | None:
    if isinstance(value, dict):
        inner = _fields(value)
        return _text(_first(inner, ("name", "displayname", "role", "id")))
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None


def _time(fields: dict[str, tuple[str, Any]], names: tuple[str, ...]) -> float | None:
    for name in names:
        if name in fields:
            key, value = fields[name]
            time = time_s(value, unit_of(key))
            if time is not None:
                return time
    return None


def _name(document: Any) -> str:
    """The format's name, with the vendor's where the document's own fields name one."""
    top = document if isinstance(document, dict) else {}
    said = " ".join(f"{key} {value[:200] if isinstance(value, str) else ''}" for key, value in top.items())
    vendor = next((vendor for vendor in _VENDORS if re.search(rf"\b{vendor}", said, re.IGNORECASE)), None)
    return f"{vendor} {NAME}" if vendor else NAME
