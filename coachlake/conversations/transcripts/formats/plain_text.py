"""A text of `Name: text` lines, with or without a time in front of the name or behind it."""

import re
from collections.abc import Iterable, Sequence

from coachlake.conversations.transcript import Transcript, UnreadableTranscriptError
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.clock import CLOCK, clock_s, since_first
from coachlake.conversations.transcripts.names import said_in
from coachlake.conversations.transcripts.piece import Piece

NAME = "text with names"
# `[00:12] Ana: …`, `00:12 - Ana: …`
_BEFORE = re.compile(rf"^[\[(]?(?P<time>{CLOCK})[\])]?\s*[-–|]?\s*(?=\S)")
# `Ana (00:12): …`, `Ana [00:12] …`
_BEHIND = re.compile(rf"^(?P<name>[^:\n]{{1,80}}?)\s*[\[(](?P<time>{CLOCK})[\])]\s*:?\s*")
_LEAST_SHARE = 0.2
# A day of talk has fewer.
_MOST_LINES = 200_000
# So many lines show whether a text is written with names.
_TELLING_LINES = 5000


def is_plain_text(text: str) -> bool:
    """Whether names stand in front of a fair part of the lines of a text."""
    lines = [_without_time(line)[0] for line in text.split("\n", _TELLING_LINES)[:_TELLING_LINES] if line.strip()]
    named = sum(any(part.label for part in said) for said in said_in(lines))
    return named >= 2 and named >= _LEAST_SHARE * len(lines)


def read_plain_text(text: str) -> Transcript:
    """The transcript in lines of `Name: text`; a line without a name goes on with the speaker above it.

    Raises UnreadableTranscriptError where nobody is named.
    """
    pieces, notes = pieces_of_lines(text.split("\n"), ())
    return assembled(NAME, pieces, advice="begin each line with 'Name:'", notes=notes)


def pieces_of_lines(lines: Sequence[str], known: Iterable[str]) -> tuple[list[Piece], list[str]]:
    """Pieces of lines, numbered as in the file, and notes. Lines above the first name are a heading."""
    if len(lines) > _MOST_LINES:
        raise UnreadableTranscriptError(f"{len(lines)} lines of text: a call has {_MOST_LINES} at most")
    timed = [_without_time(line) for line in lines]
    times = [time for _, time in timed]
    # Above an hour at the start it is the time of day.
    first = next((time for time in times if time is not None), 0.0)
    starts = since_first(times) if first and first >= 3600 else times
    pieces: list[Piece] = []
    heading = 0
    for number, (said, start) in enumerate(zip(said_in([text for text, _ in timed], known), starts, strict=True), 1):
        for part in said:
            label = part.label or (pieces[-1].label if pieces else None)
            if label is None:
                heading += 1
                continue
            pieces.append(Piece(f"line {number}", label, part.text, start))
    notes = [f"{heading} lines above the first name were left out as a heading"] if heading else []
    return pieces, notes


def _without_time(line: str) -> tuple[str, float | None]:
    plain = line.strip()
    if before := _BEFORE.match(plain[:200]):
        return plain[before.end() :], clock_s(before["time"])
    if behind := _BEHIND.match(plain[:200]):
        return f"{behind['name']}: {plain[behind.end() :]}", clock_s(behind["time"])
    return plain, None
