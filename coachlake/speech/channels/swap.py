"""Channels that change sides in the middle of a call: found by the voices on them."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from coachlake.speech.activity import Span
from coachlake.speech.decode import SAMPLE_RATE_HZ

Samples = NDArray[np.float32]
Embed = Callable[[Samples], NDArray[np.float32]]

# Pieces of speech to compare, a side, and their lengths (s).
_MOST_PIECES, _SHORTEST_S, _LONGEST_S = 8, 1.2, 2.5
# Each side must be heard so often before and after.
_LEAST_PIECES = 2
# How much more alike (mean cosine) pieces of one voice are than pieces of two; below, no swap is believed.
_MIN_GAIN, _MIN_APART = 0.1, 0.06


def swap_time(channels: Sequence[Samples], spans: Sequence[Sequence[Span]], embed: Embed) -> float | None:
    """When (s) the two people exchange channels; None where they do not.

    `channels`: left and right (float32, samples at 16 kHz), `spans`: the speech on each.
    """
    pieces = [_pieces(found) for found in spans]
    if any(len(found) < 2 * _LEAST_PIECES for found in pieces):
        return None
    vectors = np.array([embed(_cut(channels[side], piece)) for side in (0, 1) for piece in pieces[side]])
    sides = np.repeat([0, 1], [len(found) for found in pieces])
    middles = np.array([(start + end) / 2 for found in pieces for start, end in found])
    at = best_swap(vectors, sides, middles)
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


def _pieces(spans: Sequence[Span]) -> list[Span]:
    """The longest stretch of each of equal parts of the speech, cut to _LONGEST_S."""
    long = [span for span in spans if span.end_s - span.start_s >= _SHORTEST_S]
    parts = [part for part in np.array_split(np.arange(len(long)), _MOST_PIECES) if len(part)]
    chosen = [max((long[index] for index in part), key=lambda span: span.end_s - span.start_s) for part in parts]
    return [Span(span.start_s, min(span.end_s, span.start_s + _LONGEST_S)) for span in chosen]


def _cut(samples: Samples, piece: Span) -> Samples:
    return samples[int(piece.start_s * SAMPLE_RATE_HZ) : int(piece.end_s * SAMPLE_RATE_HZ)]


def _gap_near(between: tuple[float, float], spans: Sequence[Span]) -> float:
    """The middle of the longest silence of both between two times."""
    inside = sorted(span for span in spans if span.end_s > between[0] and span.start_s < between[1])
    latest, best = between[0], (0.0, sum(between) / 2)
    for span in [*inside, Span(between[1], between[1])]:
        best = max(best, (span.start_s - latest, (span.start_s + latest) / 2))
        latest = max(latest, span.end_s)
    return best[1]
