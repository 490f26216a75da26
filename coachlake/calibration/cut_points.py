"""Where on the 0–100 scale the levels begin, fitted to what reviewers say, and whether that holds on unseen calls."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from coachlake.calibration.agreement import confusions_by, kappas, resample

# Cut-points are looked for on this grid: finer than any reviewer could tell apart, coarse enough not to chase noise.
_GRID = np.arange(5.0, 100.0, 5.0)
# Cut-points that agree as well as the best but for this much kappa count as equal; the nearest to the rubric's win.
_AS_GOOD = 0.01
_FOLDS, _REPEATS = 5, 10
# A mapping is kept where its gain on unseen calls is above zero in at least this share of bootstrap draws. Of .75 and
# .9 the first gained as much or more on fresh reviews (`benchmarks/calibration_simulation.py`); a mapping kept in
# vain costs next to nothing, because it lies near the rubric's own.
_SURE_ENOUGH = 0.75
LEAST_CALLS = 15


@dataclass(frozen=True, slots=True)
class CutPoints:
    """Scores from `average_from` on are average, from `good_from` on good."""

    average_from: float
    good_from: float

    def levels(self, scores: NDArray[np.float64]) -> NDArray[np.int64]:
        """Scores 0–100 as levels 0–2."""
        return (scores >= self.average_from).astype(np.int64) + (scores >= self.good_from)


@dataclass(frozen=True, slots=True)
class Labelled:
    """What cut-points are fitted on: a machine score (0–100), a reviewer's level (0–2) and the call, side by side.
    `is_measured` is False for disputes: chosen because they disagree, they may teach but not measure."""

    scores: NDArray[np.float64]
    levels: NDArray[np.int64]
    calls: NDArray[np.str_]
    is_measured: NDArray[np.bool_]

    def only(self, chosen: NDArray[np.bool_]) -> "Labelled":
        """The rows chosen."""
        return Labelled(self.scores[chosen], self.levels[chosen], self.calls[chosen], self.is_measured[chosen])


@dataclass(frozen=True, slots=True)
class Gain:
    """Weighted kappa on calls the cut-points were not fitted on, before and after; 95 % interval of the gain."""

    kappa_before: float
    kappa_after: float
    low: float
    high: float
    is_kept: bool

    @property
    def gain(self) -> float:
        """After minus before."""
        return self.kappa_after - self.kappa_before


def fit_cut_points(labelled: Labelled, start: CutPoints) -> CutPoints:
    """The cut-points under which the scores agree best with the levels (quadratic-weighted kappa).

    Among those as good as the best, the ones nearest to `start`; `start` itself where nothing can be told.
    """
    own = np.array([[start.average_from, start.good_from]])
    candidates = np.concatenate([own, list(combinations(_GRID, 2))])
    reached = np.nan_to_num(kappas(_confusions(labelled, candidates)), nan=-1.0)
    distance = np.abs(candidates - own).sum(axis=1)
    best = int(np.where(reached >= reached.max() - _AS_GOOD, distance, np.inf).argmin())
    return CutPoints(float(candidates[best, 0]), float(candidates[best, 1]))


def cross_validate(labelled: Labelled, start: CutPoints, rng: np.random.Generator) -> Gain:
    """What fitting gains on calls it has not seen: five folds of calls, ten times over.

    Disputes only ever teach. Needs LEAST_CALLS measured calls: below that nothing is kept.
    """
    measured = labelled.only(labelled.is_measured)
    before = confusions_by(measured.levels, start.levels(measured.scores), measured.calls.tolist())
    kappa_before = float(kappas(before.sum(axis=0)))
    if len(before) < LEAST_CALLS:
        return Gain(kappa_before, float("nan"), float("nan"), float("nan"), False)
    after = sum(_unseen(labelled, start, rng) for _ in range(_REPEATS)) / _REPEATS
    seed = int(rng.integers(2**32))
    drawn = [resample(tables, np.random.default_rng(seed)) for tables in (before, np.asarray(after))]
    gains = kappas(drawn[1]) - kappas(drawn[0])
    known = gains[~np.isnan(gains)]
    if not known.size:
        return Gain(kappa_before, float("nan"), float("nan"), float("nan"), False)
    low, high = np.percentile(known, [2.5, 97.5])
    kappa_after = float(kappas(np.asarray(after).sum(axis=0)))
    is_kept = kappa_after > kappa_before and float((known > 0).mean()) >= _SURE_ENOUGH
    return Gain(kappa_before, kappa_after, float(low), float(high), is_kept)


def _unseen(labelled: Labelled, start: CutPoints, rng: np.random.Generator) -> NDArray[np.float64]:
    """Confusion tables a measured call, each under cut-points fitted without that call."""
    names = np.unique(labelled.calls)
    fold = dict(zip(names.tolist(), rng.permutation(len(names)) % _FOLDS, strict=True))
    folds = np.array([fold[call] for call in labelled.calls.tolist()])
    predicted = np.zeros(len(folds), np.int64)
    for number in range(_FOLDS):
        cut = fit_cut_points(labelled.only(folds != number), start)
        held_out = folds == number
        predicted[held_out] = cut.levels(labelled.scores[held_out])
    measured = labelled.is_measured
    return confusions_by(labelled.levels[measured], predicted[measured], labelled.calls[measured].tolist())


def _confusions(labelled: Labelled, candidates: NDArray[np.float64]) -> NDArray[np.float64]:
    """The confusion table of each candidate (n × 2 cut-points): n × 3 × 3."""
    people = np.eye(3)[labelled.levels]
    levels = (labelled.scores >= candidates[:, :, None]).sum(axis=1)
    return np.stack([(levels == level) @ people for level in range(3)], axis=-1)


def labelled_of(rows: Sequence[tuple[float, int, str, bool]]) -> Labelled:
    """Rows (machine score, reviewer's level 0–2, call_id, is_measured) as arrays."""
    scores, levels, calls, measured = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Labelled(
        np.array(scores, np.float64), np.array(levels, np.int64), np.array(calls, np.str_), np.array(measured, np.bool_)
    )
