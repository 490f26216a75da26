"""When each line of a demonstration call is said."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from demonstration.dialogue import Line

# An interrupting rep starts this long before the customer stops; ordinary answers leave a gap of this length.
_OVERLAP_S = (0.65, 1.0)
_GAP_S = (0.25, 1.1)
_WORDS_PER_S = 2.8


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with its time in the call (seconds)."""

    line: Line
    start_s: float
    end_s: float


def spoken_length(line: Line) -> float:
    """Seconds a line takes at an ordinary pace of 2.8 words a second; for calls that exist as transcripts only."""
    return max(0.4, len(line.text.split()) / _WORDS_PER_S)


def lay_out(lines: Sequence[Line], lengths: Sequence[float], rng: np.random.Generator) -> list[Placed]:
    """Lines one after another with gaps; cuts overlap the line they break off, backchannels lie within theirs."""
    placed: list[Placed] = []
    clock = 0.5
    for line, length in zip(lines, lengths, strict=True):
        if line.kind == "cut":
            start = clock - rng.uniform(*_OVERLAP_S)
        elif line.kind == "backchannel":
            within = placed[-1]
            start = within.start_s + 0.5 * max(0.0, within.end_s - within.start_s - length)
        else:
            start = clock + rng.uniform(*_GAP_S)
        placed.append(Placed(line, round(start, 3), round(start + length, 3)))
        clock = max(clock, start + length)
    return placed
