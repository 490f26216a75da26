"""Times that are missing, reversed, equal or beyond the end: mended where one reading is plain, refused otherwise."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from coachlake.conversations.conversation import Word
from coachlake.conversations.transcript import UnreadableTranscriptError
from coachlake.conversations.transcripts.piece import Piece

# Nominal length of a word where a source gives no end (seconds): 150 words a minute.
WORD_S = 0.4
# A start this little before zero is a rounded zero (seconds).
_BEFORE_S = 1.0
# No call lasts this long (seconds): a date or another unit was read as an offset.
_LONGEST_S = 48 * 3600
# Characters a second that no speech reaches, slow or fast (speech is near 15): the times are in another unit.
_SLOWEST, _FASTEST = 0.2, 2000
_TELLING_CHARACTERS = 100
# Durations are often rounded to a second or two (seconds).
_ROUNDED_S = 2.0


@dataclass(slots=True)
class _Told:
    """What was mended, and where."""

    missing: list[str] = field(default_factory=list)
    reversed: list[str] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)
    overlapping: list[str] = field(default_factory=list)

    def notes(self, count: int) -> list[str]:
        kinds = (
            (self.missing, "times were missing and taken from their words or neighbours"),
            (self.reversed, "times were reversed and put in order"),
            (self.beyond, "ends lay beyond the end of the call and were cut there"),
            (self.overlapping, "ends overlapped the same speaker's next words and were cut there"),
        )
        return [
            f"{len(places)} of {count} {what} ({', '.join(places[:3])}{', …' if len(places) > 3 else ''})"
            for places, what in kinds
            if places
        ]


def laid_out(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces without a clock, one after another at a nominal 0.4 s a word, so that quotes have a place."""
    placed, clock = [], 0.0
    for piece in pieces:
        end = clock + _nominal_s(piece)
        placed.append(replace(piece, start_s=clock, end_s=end, words=()))
        clock = end
    return placed


def with_times(name: str, pieces: Sequence[Piece], duration_s: float | None) -> tuple[list[Piece], list[str], bool]:
    """Pieces with finite start ≤ end each, notes on what was mended, and whether this is a clock to measure by.

    A source that gives starts alone (Otter, minutes with time marks) keeps them, with nominal ends: quotes can be
    found, but pace, pauses and interruptions cannot be measured. Raises UnreadableTranscriptError naming the place of
    a time with no plain reading.
    """
    told = _Told()
    known = [_of_its_own(piece, told) for piece in pieces]
    has_ends = any(piece.end_s is not None for piece in known)
    whole = _between_neighbours(name, known, told if has_ends else _Told())
    whole = [_in_order(name, whole, index, told) for index in range(len(whole))]
    whole = [_within(name, piece, duration_s, told) for piece in whole]
    whole = _without_own_overlap(whole, told)
    if has_ends:
        _check_unit(name, whole)
        return whole, told.notes(len(whole)), True
    note = "only starts are given: places are to the second, pace, pauses and interruptions are not measured"
    return [replace(piece, words=()) for piece in whole], [*told.notes(len(whole)), note], False


def _nominal_s(piece: Piece) -> float:
    return WORD_S * max(1, len(piece.text.split()))


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _of_its_own(piece: Piece, told: _Told) -> Piece:
    """A piece with the times it gives itself or its words give it; words only where all of theirs are good."""
    start, end = _finite(piece.start_s), _finite(piece.end_s)
    times = [(word.start_s, word.end_s) for word in piece.words]
    if times and all(math.isfinite(first) and math.isfinite(last) and first <= last for first, last in times):
        is_missing, is_reversed = start is None or end is None, start is not None and end is not None and end < start
        if is_missing or is_reversed:
            (told.missing if is_missing else told.reversed).append(piece.place)
            start, end = times[0][0], max(last for _, last in times)
        return replace(piece, start_s=start, end_s=end, words=tuple(_probable(word) for word in piece.words))
    return replace(piece, start_s=start, end_s=end, words=())


def _probable(word: Word) -> Word:
    return word if _finite(word.probability) is not None else replace(word, probability=None)


def _between_neighbours(name: str, pieces: list[Piece], told: _Told) -> list[Piece]:
    """Every piece with both times: a missing end by the words, at most up to the next start; a piece without a start
    in the gap between its neighbours, shared by length where several follow one another."""
    ended = _with_ends(pieces, told)
    whole: list[Piece] = []
    index = 0
    while index < len(ended):
        run = index
        while run < len(ended) and ended[run].start_s is None:
            run += 1
        if run == index:
            whole.append(ended[index])
            index += 1
            continue
        after = whole[-1].end_s if whole else 0.0
        before = ended[run].start_s if run < len(ended) else None
        whole += _shared(name, ended[index:run], after or 0.0, before)
        told.missing.extend(piece.place for piece in ended[index:run])
        index = run
    return whole


def _with_ends(pieces: list[Piece], told: _Told) -> list[Piece]:
    told.missing += [
        piece.place for piece in pieces if piece.start_s is not None and piece.end_s in (None, piece.start_s)
    ]
    made: list[Piece] = []
    later: float | None = None
    for piece in reversed(pieces):
        start, end = piece.start_s, piece.end_s
        if start is not None:
            if end is None or end == start:
                end = start + _nominal_s(piece)
                end = min(end, later) if later is not None and later > start else end
            later = start
        made.append(replace(piece, start_s=start, end_s=end))
    return made[::-1]


def _shared(name: str, run: list[Piece], after: float, before: float | None) -> list[Piece]:
    """Pieces without a start, in order, from `after` to `before` (None: nothing follows)."""
    lengths = [_nominal_s(piece) for piece in run]
    room = sum(lengths) if before is None else before - after
    if room <= 0:
        raise UnreadableTranscriptError(f"{name}: {run[0].place} has no start time, and nothing leaves room for it")
    scale = min(1.0, room / sum(lengths))
    placed, clock = [], after
    for piece, length in zip(run, lengths, strict=True):
        placed.append(replace(piece, start_s=clock, end_s=clock + scale * length))
        clock += scale * length
    return placed


def _in_order(name: str, pieces: list[Piece], index: int, told: _Told) -> Piece:
    """A piece that ends before it starts: turned round where that fits between both neighbours, else refused."""
    piece = pieces[index]
    start, end = piece.start_s or 0.0, piece.end_s or 0.0
    if start < 0 or end < 0:
        if min(start, end) < -_BEFORE_S:
            raise UnreadableTranscriptError(f"{name}: {piece.place} starts {-min(start, end):g} s before the call")
        start, end = max(0.0, start), max(0.0, end)
    if end >= start:
        return replace(piece, start_s=start, end_s=end)
    if 0 < index < len(pieces) - 1:
        before, after = pieces[index - 1].end_s or 0.0, pieces[index + 1].start_s or 0.0
        if before <= end and start <= after:
            told.reversed.append(piece.place)
            return replace(piece, start_s=end, end_s=start)
    raise UnreadableTranscriptError(f"{name}: {piece.place} ends ({end} s) before it starts ({start} s)")


def _within(name: str, piece: Piece, duration_s: float | None, told: _Told) -> Piece:
    start, end = piece.start_s or 0.0, piece.end_s or 0.0
    if end > _LONGEST_S:
        raise UnreadableTranscriptError(
            f"{name}: {piece.place} lies {max(start, end) / 3600:.0f} hours into the call: its time is in another unit"
        )
    if not duration_s or end <= duration_s + _ROUNDED_S:
        return piece
    if start >= duration_s:
        raise UnreadableTranscriptError(
            f"{name}: {piece.place} starts at {start:g} s, but the call ends at {duration_s:g} s"
        )
    told.beyond.append(piece.place)
    return replace(piece, end_s=duration_s, words=())


def _without_own_overlap(pieces: list[Piece], told: _Told) -> list[Piece]:
    """Nobody speaks twice at once: an end beyond the same speaker's next start is cut to it."""
    made = list(pieces)
    following: dict[str | None, float] = {}
    order = sorted(range(len(made)), key=lambda index: made[index].start_s or 0.0, reverse=True)
    for index in order:
        piece = made[index]
        start, end = piece.start_s or 0.0, piece.end_s or 0.0
        later = following.get(piece.label)
        if later is not None and start < later < end and not piece.words:
            told.overlapping.append(piece.place)
            made[index] = replace(piece, end_s=later)
        following[piece.label] = start
    told.overlapping.reverse()
    return made


def _check_unit(name: str, pieces: list[Piece]) -> None:
    characters = sum(len(piece.text) for piece in pieces)
    seconds = sum((piece.end_s or 0.0) - (piece.start_s or 0.0) for piece in pieces)
    if characters < _TELLING_CHARACTERS or _SLOWEST * seconds <= characters <= _FASTEST * max(seconds, 1e-9):
        return
    raise UnreadableTranscriptError(
        f"{name}: {characters} characters in {seconds:g} s of speech: the times are not in the unit of this format"
    )
