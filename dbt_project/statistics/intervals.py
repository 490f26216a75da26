"""Intervals, corrections and power that several models share."""

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Z_95 = 1.959963984540054
_Z_POWER_80 = 0.8416212335729143

Floats = NDArray[np.float64]


def wilson(hits: float, n: float) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (Wilson 1927); (nan, nan) without trials.

    `hits` may be fractional: a sum of probabilities.
    """
    if n <= 0:
        return float("nan"), float("nan")
    share, z2 = hits / n, Z_95**2
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z_95 * np.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return float(max(0.0, centre - half)), float(min(1.0, centre + half))


def false_discovery(p: Floats) -> Floats:
    """Benjamini-Hochberg q for each p (1995); NaN stays NaN and does not count as a test."""
    q = np.full(len(p), np.nan)
    known = ~np.isnan(p)
    if known.any():
        q[known] = stats.false_discovery_control(p[known], method="bh")
    return q


def minimum_detectable_r(n: float) -> float:
    """The smallest |correlation| a two-sided 5 % test of `n` pairs finds in 80 of 100 studies (Fisher's z)."""
    return float(np.tanh((Z_95 + _Z_POWER_80) / np.sqrt(n - 3))) if n > 3 else float("nan")
