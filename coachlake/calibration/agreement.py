"""Agreement on three ordered levels, with bootstrap intervals over calls.

Quadratic-weighted kappa (Cohen 1968): 1 - observed / expected squared distance between the two levels, the expected
one from the raters' own marginals. 1 is perfect, 0 what two raters with these habits would reach by chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coachlake.rubrics.schema import Level

ORDER: tuple[Level, ...] = ("poor", "average", "good")
_DISTANCE = (np.arange(3)[:, None] - np.arange(3)[None, :]) ** 2
_BOOTSTRAPS = 1000


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % interval; all NaN where nothing could be computed."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two raters over `n` calls. `bias` is second minus first, in levels (0–2)."""

    n: int
    weighted_kappa: Interval
    exact: Interval
    within_one: Interval
    bias: Interval


def kappas(confusions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Quadratic-weighted kappa of each confusion table (… × 3 × 3, counts); NaN where one rater used one level only
    and the other the same, so that nothing was expected to differ."""
    total = confusions.sum(axis=(-2, -1))
    rows, columns = confusions.sum(axis=-1), confusions.sum(axis=-2)
    expected = (rows[..., :, None] * columns[..., None, :] * _DISTANCE).sum(axis=(-2, -1))
    observed = (confusions * _DISTANCE).sum(axis=(-2, -1)) * total
    with np.errstate(invalid="ignore", divide="ignore"):
        kappa: NDArray[np.float64] = np.where(expected > 0, 1 - observed / expected, np.nan)
    return kappa


def confusion(first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.float64]:
    """Counts of each pair of levels (0–2) as 3 × 3: rows the first rater, columns the second."""
    counts: NDArray[np.float64] = np.bincount(first * 3 + second, minlength=9).reshape(3, 3).astype(np.float64)
    return counts


def agreement(
    first: Sequence[int], second: Sequence[int], groups: Sequence[str], rng: np.random.Generator
) -> Agreement:
    """Agreement over pairs of levels (0–2), of which those of one group (a call) are drawn together."""
    a, b = np.asarray(first, np.int64), np.asarray(second, np.int64)
    per_group = confusions_by(a, b, groups)
    drawn = resample(per_group, rng)
    return Agreement(
        n=len(per_group),
        weighted_kappa=_interval(kappas(per_group.sum(axis=0)), kappas(drawn)),
        exact=_share(per_group, drawn, np.eye(3)),
        within_one=_share(per_group, drawn, (_DISTANCE <= 1).astype(float)),
        bias=_share(per_group, drawn, (np.arange(3)[None, :] - np.arange(3)[:, None]).astype(float)),
    )


def confusions_by(a: NDArray[np.int64], b: NDArray[np.int64], groups: Sequence[str]) -> NDArray[np.float64]:
    """One confusion table a group, groups in order of name: n groups × 3 × 3."""
    _, position = np.unique(np.asarray(groups, dtype=object).astype(str), return_inverse=True)
    tables = np.zeros((int(position.max(initial=-1)) + 1, 9))
    np.add.at(tables, (position, a * 3 + b), 1.0)
    return tables.reshape(-1, 3, 3)


def resample(per_group: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Confusion tables of 1000 bootstrap draws of the groups: 1000 × 3 × 3."""
    n = len(per_group)
    if n == 0:
        return np.zeros((_BOOTSTRAPS, 3, 3))
    weights = rng.multinomial(n, np.full(n, 1 / n), size=_BOOTSTRAPS).astype(float)
    drawn: NDArray[np.float64] = np.einsum("bn,nij->bij", weights, per_group)
    return drawn


def _share(per_group: NDArray[np.float64], drawn: NDArray[np.float64], worth: NDArray[np.float64]) -> Interval:
    with np.errstate(invalid="ignore"):
        total = per_group.sum(axis=0)
        value = np.asarray((total * worth).sum() / total.sum())
        return _interval(value, (drawn * worth).sum(axis=(1, 2)) / drawn.sum(axis=(1, 2)))


def _interval(value: NDArray[np.float64], draws: NDArray[np.float64]) -> Interval:
    known = draws[~np.isnan(draws)]
    if not known.size or np.isnan(value):
        return Interval(float(value), float("nan"), float("nan"))
    low, high = np.percentile(known, [2.5, 97.5])
    return Interval(float(value), float(low), float(high))
