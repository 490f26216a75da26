"""What reviews teach about the order of calls: a model over a score's features, kept only where unseen calls say so.

The present score stands unpenalised beside the other features: with few or contradictory reviews what is learned
falls back to the order there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from coachlake.calibration.agreement import confusions_by, kappas, resample
from coachlake.calibration.cut_points import CutPoints, Gain, Labelled, fit_cut_points
from coachlake.calibration.ridge import Matrix, Ridge, fit_ridge
from coachlake.scoring.ranking import Ranking

# Reviewed calls below which no order is learned: five folds of fewer hold too few calls to tell a gain from luck.
LEAST_CALLS = 50
_FOLDS, _REPEATS, _BOOTSTRAPS = 5, 4, 1000
# With so many reps among the reviewed calls whole reps are left out: a rep's voice must not pass for the skill.
_LEAST_REPS = 10


@dataclass(frozen=True, slots=True)
class Reviews:
    """Reviews of one criterion, side by side: `features` (n × columns, the first the present score over 100), the
    reviewer's `points` 0–100, the reviewed calls' `reps` ("" where unknown), and the rest as cut-points take it."""

    features: Matrix
    points: Matrix
    reps: NDArray[np.str_]
    labelled: Labelled

    def only(self, chosen: NDArray[Any]) -> "Reviews":
        """The rows chosen."""
        return Reviews(self.features[chosen], self.points[chosen], self.reps[chosen], self.labelled.only(chosen))


@dataclass(frozen=True, slots=True)
class Learned:
    """A ranking, the cut-points that go with it, and what both are worth on unseen calls.

    `before` and `after` are Spearman's correlation of score and reviewer's points, `low`/`high` the 95 % interval of
    their difference; `gain` is that of weighted kappa. `disagree_share` of the reviews of unseen calls have another
    level all the same, `far_share` one that is two levels away.
    """

    ranking: Ranking
    cut_points: CutPoints
    n_calls: int
    n_labels: int
    before: float
    after: float
    low: float
    high: float
    gain: Gain
    disagree_share: float
    far_share: float

    @property
    def is_kept(self) -> bool:
        """Whether it is better than what there was."""
        return self.gain.is_kept


def learn(
    reviews: Reviews, judged_by: str, start: CutPoints, cut_only: Gain, rng: np.random.Generator
) -> Learned | None:
    """The ranking that reviews teach; None with fewer than LEAST_CALLS measured calls or where all reviews agree.

    Cross-validated in five folds of reps (of calls, where fewer than ten reps are known), four times over. Kept where
    its correlation on unseen calls is better than the present score's by more than the standard error of the gain,
    is itself surely above zero, and its levels agree no less than with the cut-points alone (`cut_only`). Disputes
    only ever teach.
    """
    measured = reviews.only(reviews.labelled.is_measured)
    n_calls = len(np.unique(measured.labelled.calls))
    if n_calls < LEAST_CALLS or not measured.points.std():
        return None
    groups = _groups(reviews)
    unseen = [_unseen(reviews, start, groups, rng) for _ in range(_REPEATS)]
    held = groups[reviews.labelled.is_measured].tolist()
    before, after, gains, afters = _correlations(measured, np.stack([points for points, _ in unseen]), held, rng)
    tables = np.mean([confusions_by(measured.labelled.levels, levels, held) for _, levels in unseen], axis=0)
    gain = _kappa_gain(measured, start, tables, held, rng)
    kappa_now = cut_only.kappa_after if cut_only.is_kept else gain.kappa_before
    is_kept = after - before > gains.std() and np.percentile(afters, 2.5) > 0 and gain.kappa_after >= kappa_now
    total = tables.sum(axis=0)
    ridge, cut = _fit(reviews, start)
    return Learned(
        ranking=Ranking(judged_by, ridge.intercept, tuple(ridge.weights.tolist())),
        cut_points=cut,
        n_calls=n_calls,
        n_labels=len(measured.points),
        before=before,
        after=after,
        low=float(np.percentile(gains, 2.5)),
        high=float(np.percentile(gains, 97.5)),
        gain=replace(gain, is_kept=bool(is_kept)),
        disagree_share=float(1 - np.trace(total) / total.sum()),
        far_share=float((total[0, 2] + total[2, 0]) / total.sum()),
    )


def _fit(reviews: Reviews, start: CutPoints) -> tuple[Ridge, CutPoints]:
    """Calls count once, by the mean of their reviews; cut-points are fitted on points of calls left out in turn."""
    _, first, call = np.unique(reviews.labelled.calls, return_index=True, return_inverse=True)
    mean = np.bincount(call, reviews.points) / np.bincount(call)
    ridge = fit_ridge(reviews.features[first], mean)
    return ridge, fit_cut_points(replace(reviews.labelled, scores=ridge.held_out[call]), start)


def _unseen(
    reviews: Reviews, start: CutPoints, groups: NDArray[np.str_], rng: np.random.Generator
) -> tuple[Matrix, NDArray[np.int64]]:
    """Points and levels of every measured review, by models fitted without its group."""
    names, group = np.unique(groups, return_inverse=True)
    folds = (rng.permutation(len(names)) % _FOLDS)[group]
    points, levels = np.zeros(len(folds)), np.zeros(len(folds), np.int64)
    for number in range(_FOLDS):
        held_out = folds == number
        ridge, cut = _fit(reviews.only(~held_out), start)
        points[held_out] = ridge.points(reviews.features[held_out])
        levels[held_out] = cut.levels(points[held_out])
    measured = reviews.labelled.is_measured
    return points[measured], levels[measured]


def _groups(reviews: Reviews) -> NDArray[np.str_]:
    reps = reviews.reps
    if len(np.unique(reps[reps != ""])) < _LEAST_REPS:
        return reviews.labelled.calls
    return np.where(reps == "", np.char.add("call ", reviews.labelled.calls), np.char.add("rep ", reps))


def _correlations(
    measured: Reviews, points: Matrix, groups: Sequence[str], rng: np.random.Generator
) -> tuple[float, float, Matrix, Matrix]:
    """Spearman before and after, and over bootstrap draws of groups the gains and the correlations after."""
    _, group = np.unique(groups, return_inverse=True)
    n = int(group.max()) + 1
    weights = rng.multinomial(n, np.full(n, 1 / n), size=_BOOTSTRAPS)[:, group].astype(float)
    weights = np.concatenate([np.ones((1, len(group))), weights])
    people = rankdata(measured.points)
    before = _weighted(weights, rankdata(measured.labelled.scores), people)
    after = np.mean([_weighted(weights, rankdata(one), people) for one in points], axis=0)
    return float(before[0]), float(after[0]), after[1:] - before[1:], after[1:]


def _weighted(weights: Matrix, a: Matrix, b: Matrix) -> Matrix:
    """Pearson's correlation of a and b under each row of weights; 0 where one of them is all alike."""
    total = weights.sum(axis=1)

    def mean(x: Matrix) -> Matrix:
        found: Matrix = weights @ x / total
        return found

    spread = np.sqrt(np.maximum((mean(a * a) - mean(a) ** 2) * (mean(b * b) - mean(b) ** 2), 0.0))
    shared = mean(a * b) - mean(a) * mean(b)
    return np.divide(shared, spread, out=np.zeros_like(shared), where=spread > 1e-9)


def _kappa_gain(
    measured: Reviews, start: CutPoints, after: Matrix, groups: Sequence[str], rng: np.random.Generator
) -> Gain:
    labelled = measured.labelled
    before = confusions_by(labelled.levels, start.levels(labelled.scores), groups)
    seed = int(rng.integers(2**32))
    drawn = [kappas(resample(tables, np.random.default_rng(seed))) for tables in (before, after)]
    low, high = np.nanpercentile(drawn[1] - drawn[0], [2.5, 97.5])
    kappa_before, kappa_after = (float(kappas(tables.sum(axis=0))) for tables in (before, after))
    return Gain(kappa_before, kappa_after, float(low), float(high), False)
