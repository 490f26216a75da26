"""Channels that change sides in the middle of a call: found by the voices on them."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from coachlake.speech.activity import Span
from coachlake.speech.voices import PieceVoices

# Each side must be heard so often before and after.
_LEAST_PIECES = 2
# How much more alike (mean cosine) pieces of one voice are than pieces of two; below, no swap is believed.
_MIN_GAIN, _MIN_APART = 0.1, 0.06


def swap_time(voices: Sequence[PieceVoices], spans: Sequence[Sequence[Span]]) -> float | None:
    """When (s) the two people exchange channels; None where they do not.

    `voices`: of pieces of the speech on left and right; `spans`: all of it.
    """
    if any(len(found.vectors) < 2 * _LEAST_PIECES for found in voices):
        return None
    vectors = np.concatenate([found.vectors for found in voices])
    middles = np.concatenate([found.middles_s for found in voices])
    at = best_swap(vectors, np.repeat([0, 1], [len(found.vectors) for found in voices]), middles)
    return None if at is None else _gap_near(at, [*spans[0], *spans[1]])


def best_swap(
    vectors: NDArray[np.float32], sides: NDArray[np.int64], middles: NDArray[np.float64]
) -> tuple[float, float] | None:
    """Between which two times (s) the sides exchange voices, given unit vectors of pieces, their sides and times."""
    alike = vectors @ vectors.T
    order = np.sort(middles)
    as_it_is, best = _apart(alike, sides), (0.0, 0.0, -1.0)
    for before, after in pairwise(order):
        is_late = middles >= after
        counts = [np.sum((sides == side) & (is_late == late)) for side in (0, 1) for late in (False, True)]
        if min(counts) < _LEAST_PIECES:
            continue
        apart = _apart(alike, np.where(is_late, 1 - sides, sides))
        if apart > best[2]:
            best = (float(before), float(after), apart)
    return best[:2] if best[2] > _MIN_APART and best[2] - as_it_is > _MIN_GAIN else None


def _apart(alike: NDArray[np.float32], voices: NDArray[np.int64]) -> float:
    """Mean cosine within the voices less the mean between them."""
    same = voices[:, None] == voices
    others = ~np.eye(len(voices), dtype=bool)
    return float(alike[same & others].mean() - alike[~same].mean())


def _gap_near(between: tuple[float, float], spans: Sequence[Span]) -> float:
    """The middle of the longest silence of both between two times."""
    inside = sorted(span for span in spans if span.end_s > between[0] and span.start_s < between[1])
    latest, best = between[0], (0.0, sum(between) / 2)
    for span in [*inside, Span(between[1], between[1])]:
        best = max(best, (span.start_s - latest, (span.start_s + latest) / 2))
        latest = max(latest, span.end_s)
    return best[1]
