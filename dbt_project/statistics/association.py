"""Correlation of a score with an outcome: overall, within reps and between reps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from dbt_project.statistics.intervals import Z_95, Floats, minimum_detectable_r

Codes = NDArray[np.signedinteger]

# Below this many observations a coefficient says nothing: its 95 % interval spans most of -1 to 1.
MIN_PAIRS = 10
MIN_REPS = 4
# A rep's mean rests on at least this many calls before it is compared with other reps' means.
MIN_CALLS_A_REP = 5


@dataclass(frozen=True, slots=True)
class Correlation:
    """A coefficient with its 95 % interval and two-sided p; NaN where the data cannot tell. `n`: observations."""

    method: str
    n: int
    n_reps: int
    r: float
    r_low: float
    r_high: float
    p: float
    minimum_detectable_r: float


def overall(score: Floats, outcome: Floats, reps: Codes, method: str) -> Correlation:
    """Over all calls, whoever took them.

    `method` is "spearman" (ranks; for the ordinal CSAT) or "point_biserial" (Pearson with a 0/1 outcome). All three
    arrays are of one length, a value a call, without NaN; `reps` are codes.
    """
    x, y = _scaled(score, outcome, method)
    return _correlate(x, y, len(x) - 2, method, len(np.unique(reps)), len(x), MIN_PAIRS)


def within_reps(score: Floats, outcome: Floats, reps: Codes, method: str) -> Correlation:
    """What is left when each rep is compared with themself only: the rep's own mean is taken out of both variables.

    Each rep's mean costs a degree of freedom (Bland & Altman 1995, correlation within subjects).
    """
    x, y = _scaled(score, outcome, method)
    groups, codes = np.unique(reps, return_inverse=True)
    freedom = len(x) - len(groups) - 1
    return _correlate(_centred(x, codes), _centred(y, codes), freedom, method, len(groups), len(x), MIN_PAIRS)


def between_reps(score: Floats, outcome: Floats, reps: Codes, method: str) -> Correlation:
    """Reps' mean scores against their mean outcomes; `n` is the number of reps with five calls or more."""
    groups, codes = np.unique(reps, return_inverse=True)
    counts = np.bincount(codes, minlength=len(groups))
    enough = counts >= MIN_CALLS_A_REP
    mean_score = (np.bincount(codes, score, len(groups)) / np.maximum(counts, 1))[enough]
    mean_outcome = (np.bincount(codes, outcome, len(groups)) / np.maximum(counts, 1))[enough]
    x, y = _scaled(mean_score, mean_outcome, method)
    return _correlate(x, y, len(x) - 2, method, len(x), len(x), MIN_REPS)


def _scaled(score: Floats, outcome: Floats, method: str) -> tuple[Floats, Floats]:
    if method == "spearman":
        return stats.rankdata(score), stats.rankdata(outcome)
    return score.astype(float), outcome.astype(float)


def _centred(values: Floats, codes: Codes) -> Floats:
    means = np.bincount(codes, values) / np.bincount(codes)
    return np.asarray(values - means[codes], dtype=float)


def _correlate(x: Floats, y: Floats, freedom: int, method: str, n_reps: int, n: int, least: int) -> Correlation:
    nothing = Correlation(method, n, n_reps, *([float("nan")] * 5))
    if n < least or freedom < 2 or _is_constant(x) or _is_constant(y):
        return nothing
    r = float(np.clip(np.corrcoef(x, y)[0, 1], -1, 1))
    t = r * np.sqrt(freedom / max(1e-12, 1 - r * r))
    low, high = _fisher_interval(r, freedom + 2, method)
    p = float(2 * stats.t.sf(abs(t), freedom))
    return Correlation(method, n, n_reps, r, low, high, p, minimum_detectable_r(freedom + 2))


def _is_constant(values: Floats) -> bool:
    return bool(np.ptp(values) < 1e-9)


def _fisher_interval(r: float, n: float, method: str) -> tuple[float, float]:
    """Fisher's z; for ranks with Bonett & Wright's (2000) variance (1 + r²/2) / (n - 3)."""
    if n <= 3:
        return float("nan"), float("nan")
    spread = np.sqrt((1 + r * r / 2 if method == "spearman" else 1.0) / (n - 3))
    z = np.arctanh(np.clip(r, -0.999999, 0.999999))
    return min(r, float(np.tanh(z - Z_95 * spread))), max(r, float(np.tanh(z + Z_95 * spread)))
