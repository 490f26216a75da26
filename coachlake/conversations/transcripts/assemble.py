"""Pieces of a source into a Transcript: speakers told apart, times made whole, nothing said lost."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from coachlake.conversations.transcript import Participant, Segment, Transcript, UnreadableTranscriptError
from coachlake.conversations.transcripts.labels import clean_label, participant_of
from coachlake.conversations.transcripts.piece import Piece
from coachlake.conversations.transcripts.times import laid_out, with_times

# Control characters are nobody's words (a terminal's colours, a NUL); half a sign, which JSON can hold, is no text.
_NO_TEXT = re.compile(r"\x1b\[[0-9;]*m|[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_HALF_SIGNS = re.compile(r"[\ud800-\udfff]")
# The label of words that the source gives to nobody.
UNNAMED = "unnamed"
# Where at least two people are named and the unnamed words are no more than this share, they are strays which the
# source could not place (a diarizer that gave up on one segment); more than that may be a person of the call.
_STRAY_SHARE = 0.15
# A single name beside this many stretches without one tells nobody apart.
_TOO_FEW_NAMES = 3


def assembled(
    name: str,
    pieces: Sequence[Piece],
    *,
    advice: str,
    participants: Iterable[Participant] = (),
    is_timed: bool = True,
    duration_s: float | None = None,
    language: str | None = None,
    notes: Iterable[str] = (),
) -> Transcript:
    """A Transcript of the format called `name`.

    `participants` are those that the source itself describes; others are made from their labels. `is_timed` is False
    for chats. `advice` is what to do where nobody is named. Raises UnreadableTranscriptError where there is no text,
    no speaker is named anywhere, or a time has no plain reading.
    """
    spoken = _one_spelling([piece for piece in map(_clean, pieces) if piece.text])
    if not spoken:
        raise UnreadableTranscriptError(f"{name}: the transcript holds no spoken text")
    if all(piece.label is None for piece in spoken):
        raise UnreadableTranscriptError(f"{name}: no speaker is named ({spoken[0].place} and all others): {advice}")
    unnamed = [piece.place for piece in spoken if piece.label is None]
    if len(unnamed) >= _TOO_FEW_NAMES and len(spoken) - len(unnamed) == 1:
        raise UnreadableTranscriptError(f"{name}: only one stretch of {len(spoken)} names its speaker: {advice}")
    told = list(notes)
    if unnamed:
        told.append(f"{len(unnamed)} of {len(spoken)} stretches name no speaker ({places(unnamed)})")
    starts = {piece.start_s for piece in spoken}
    if is_timed and len(spoken) > 1 and len(starts) == 1 and None not in starts and not any(p.words for p in spoken):
        told.append("all times are the same and were not used")
        is_timed = False
    if is_timed and any(piece.start_s is not None or piece.words for piece in spoken):
        spoken, mended, is_timed = with_times(name, spoken, duration_s)
        told += mended
    else:
        spoken, is_timed = laid_out(spoken), False
    segments = [Segment(p.label or UNNAMED, p.start_s or 0.0, p.end_s or 0.0, p.text, p.words) for p in spoken]
    segments.sort(key=lambda segment: (segment.start_s, segment.end_s))
    latest = max(segment.end_s for segment in segments)
    return Transcript(
        segments=tuple(segments),
        participants=_participants(segments, {person.label: person for person in participants}),
        format=name,
        duration_s=max(duration_s, latest) if duration_s is not None and is_timed else None,
        is_timed=is_timed,
        language=iso_639_1(language),
        notes=tuple(told),
    )


def places(of: Sequence[str]) -> str:
    """The first few places, for people."""
    return ", ".join(of[:3]) + (", …" if len(of) > 3 else "")


def iso_639_1(tag: str | None) -> str | None:
    """A language tag ("en-US", "EN", "es_419") as its two letters; None where it has none."""
    letters = (tag or "").replace("_", "-").split("-")[0].strip().lower()
    return letters if len(letters) == 2 and letters.isalpha() else None


def _clean(piece: Piece) -> Piece:
    text = " ".join(_HALF_SIGNS.sub("�", _NO_TEXT.sub(" ", piece.text)).split())
    label = clean_label(piece.label) if piece.label is not None else None
    tokens = text.split()
    # A quote is located by counting words, so word times are of use only where there is one for every word.
    words = piece.words if len(piece.words) == len(tokens) else ()
    pairs = zip(words, tokens, strict=True) if words else ()
    matched = tuple(word if word.text == token else replace(word, text=token) for word, token in pairs)
    return replace(piece, text=text, label=label or None, words=matched)


def _one_spelling(pieces: Sequence[Piece]) -> list[Piece]:
    """Labels that differ in capitals alone are one person's."""
    first: dict[str, str] = {}
    for piece in pieces:
        if piece.label is not None:
            first.setdefault(piece.label.casefold(), piece.label)
    return [p if p.label is None else replace(p, label=first[p.label.casefold()]) for p in pieces]


def _participants(segments: Sequence[Segment], described: dict[str, Participant]) -> tuple[Participant, ...]:
    labels = list(dict.fromkeys(segment.speaker for segment in segments))
    people = {label: described.get(label) or participant_of(label) for label in labels if label != UNNAMED}
    if UNNAMED in labels:
        words = [len(segment.text.split()) for segment in segments]
        lost = sum(count for count, segment in zip(words, segments, strict=True) if segment.speaker == UNNAMED)
        is_stray = len(people) >= 2 and lost <= _STRAY_SHARE * sum(words)
        people[UNNAMED] = Participant(UNNAMED, role="other" if is_stray else None)
    return tuple(people[label] for label in labels)
