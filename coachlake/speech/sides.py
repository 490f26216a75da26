"""The sides of a recording: who or what speaks where, before anyone knows their roles."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from coachlake.conversations.conversation import Word
from coachlake.conversations.transcript import Role, Segment
from coachlake.speech.activity import Span
from coachlake.speech.edges import to_speech_edges
from coachlake.speech.segment import turns_of_words


@dataclass(frozen=True, slots=True)
class Side:
    """What one label says, when it speaks (s), and the samples (16 kHz) it is on. `channel`: 0 left, 1 right, None on
    a mixed signal. `role`: system for menus. `voices`: how many people are heard on it."""

    label: str
    samples: NDArray[np.float32]
    words: list[Word]
    spans: list[Span]
    channel: int | None = None
    role: Role | None = None
    voices: int = 1


@dataclass(frozen=True, slots=True)
class Sides:
    """Everyone heard, the seconds that sound like each language, and sentences for people about what was found."""

    sides: list[Side]
    languages: dict[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def segments_of(sides: list[Side]) -> list[Segment]:
    """The turns of every side, in start order; the others of a side are everyone else on the call."""
    found = []
    for side in sides:
        others = sorted((w for other in sides if other is not side for w in other.words), key=lambda w: w.start_s)
        # The turns' own speaker is not used: labels are the sides'.
        turns = to_speech_edges(turns_of_words(side.words, "rep", others), side.spans)
        found += [Segment(side.label, turn.start_s, turn.end_s, turn.text, turn.words) for turn in turns]
    return sorted(found, key=lambda segment: (segment.start_s, segment.end_s))


def split(
    words: list[Word], spans: list[Span], stretches: Sequence[Span]
) -> tuple[tuple[list[Word], list[Span]], tuple[list[Word], list[Span]]]:
    """Words and spans outside `stretches`, and those inside, by their middles."""

    def is_inside(item: Word | Span) -> bool:
        middle = (item.start_s + item.end_s) / 2
        return any(start <= middle <= end for start, end in stretches)

    outside = [word for word in words if not is_inside(word)], [span for span in spans if not is_inside(span)]
    inside = [word for word in words if is_inside(word)], [span for span in spans if is_inside(span)]
    return outside, inside
