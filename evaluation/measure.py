"""Figures of agreement, each with an interval from a bootstrap over conversations."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evaluation.result import ClassFigures, Interval, TaskResult
from evaluation.sets.find import NothingLabelledError

_ROUNDS = 1000
_SEED = 20261124


def classification(
    task: str,
    data: str,
    labels: Sequence[str],
    predicted: Sequence[str],
    *,
    groups: Sequence[Hashable] | None = None,
    abstained: Sequence[bool] | None = None,
    weights: str | None = None,
    keywords: Sequence[str] | None = None,
) -> TaskResult:
    """The figures of a labelling task.

    `labels` and `predicted` are one label an item; `groups` the conversation of each item (items of one conversation
    are not independent, so whole conversations are resampled); `weights="quadratic"` for ordered labels, whose names
    must sort in order; `keywords` what keyword rules would have said. Chance is a draw from the labels' own shares.
    Raises NothingLabelledError for no items.
    """
    if not labels:
        raise NothingLabelledError(data)
    order = sorted(set(labels) | set(predicted))
    truth, answer = np.array([order.index(x) for x in labels]), np.array([order.index(x) for x in predicted])
    kappa = _kappa_of(weights, len(order))
    result = TaskResult(
        task,
        data,
        n=len(labels),
        macro_f1=macro_f1(labels, predicted),
        kappa=bootstrap(kappa, truth, answer, groups=groups),
        kappa_weights=weights,
        per_class={name: _of_class(name, labels, predicted) for name in sorted(set(labels))},
        abstention_rate=float(np.mean(abstained)) if abstained is not None else 0.0,
        baselines={"chance": chance_macro_f1(labels)},
    )
    if keywords is None:
        return result
    return replace(result, baselines=result.baselines | {"keywords": macro_f1(labels, keywords)})


def macro_f1(labels: Sequence[str], predicted: Sequence[str]) -> float:
    """The mean F1 of the labels that occur in `labels`, 0–1."""
    from sklearn.metrics import f1_score

    names = sorted(set(labels))
    return float(f1_score(labels, predicted, labels=names, average="macro", zero_division=0.0))


def chance_macro_f1(labels: Sequence[str]) -> float:
    """Expected macro-F1 of the better of two guessers that see no text: always the commonest label, or a draw from
    the labels' own shares (whose F1 a label is that label's share)."""
    shares = [count / len(labels) for count in Counter(labels).values()]
    commonest = 2 * max(shares) / (1 + max(shares)) / len(shares)
    return max(commonest, float(np.mean(shares)))


def auc(is_positive: Sequence[bool], scores: Sequence[float]) -> Interval:
    """Area under the ROC curve: the chance that a positive conversation scores above a negative one.

    Interval from resampling conversations. Raises NothingLabelledError where there is one class only.
    """
    if len(set(is_positive)) < 2:
        raise NothingLabelledError("conversations of one outcome only")
    from sklearn.metrics import roc_auc_score

    return bootstrap(lambda y, s: float(roc_auc_score(y, s)), np.array(is_positive, int), np.array(scores))


def share(holds: Sequence[float], *, groups: Sequence[Hashable] | None = None) -> Interval:
    """The mean of figures, or the share (0–1) of what holds, with its interval over `groups` (default: items).

    Raises NothingLabelledError for none.
    """
    if not len(holds):
        raise NothingLabelledError("nothing to take a share of")
    values = np.array(holds, float)
    # `bootstrap` draws again where labels are all alike; a share has no labels, so positions stand for them.
    return bootstrap(lambda _, held: float(held.mean()), np.arange(len(values)), values, groups=groups)


def spearman(outcome: Sequence[float], said: Sequence[float], *, groups: Sequence[Hashable] | None = None) -> Interval:
    """Spearman's rank correlation (−1 to 1; 0 where one side is all alike) with its interval over `groups`."""
    return bootstrap(rank_correlation, np.array(outcome, float), np.array(said, float), groups=groups)


def calibration_error(
    is_right: Sequence[bool], confidence: Sequence[float], *, groups: Sequence[Hashable] | None = None
) -> tuple[Interval, dict[str, ClassFigures]]:
    """Expected calibration error (Naeini et al. 2015: ten bins of equal width, weighted by their size) and the
    reliability curve: for each bin that holds anything, its mean confidence (as `precision`), the share that is right
    (as `recall`) and n. Raises NothingLabelledError for no items."""
    if not len(is_right):
        raise NothingLabelledError("nothing judged")
    right, sure = np.array(is_right, float), np.array(confidence, float)
    bins = _bins(sure)
    curve = {
        f"confidence {b / 10:.1f}–{(b + 1) / 10:.1f}": ClassFigures(
            float(sure[bins == b].mean()), float(right[bins == b].mean()), int((bins == b).sum())
        )
        for b in sorted(set(bins.tolist()))
    }
    return bootstrap(_calibration_error, sure, right, groups=groups), curve


def bootstrap(
    figure: Callable[[NDArray[Any], NDArray[Any]], float],
    labels: NDArray[Any],
    predicted: NDArray[Any],
    *,
    groups: Sequence[Hashable] | None = None,
) -> Interval:
    """A figure of labels and predictions with its 95 % percentile interval over resampled groups (default: items).

    Resamples with a single class are drawn again, up to the number of rounds. Seeded: equal data, equal interval.
    """
    members = _members(groups, len(labels))
    rng = np.random.default_rng(_SEED)
    values = []
    for _ in range(_ROUNDS):
        chosen = np.concatenate([members[i] for i in rng.integers(0, len(members), len(members))])
        if len(np.unique(labels[chosen])) > 1:
            values.append(figure(labels[chosen], predicted[chosen]))
    if len(values) < _ROUNDS / 2:
        return Interval(figure(labels, predicted))
    low, high = np.quantile(values, [0.025, 0.975])
    return Interval(figure(labels, predicted), float(low), float(high))


def rank_correlation(outcome: NDArray[Any], said: NDArray[Any]) -> float:
    """Spearman's rank correlation, −1 to 1; 0 where one side is all alike."""
    from scipy.stats import rankdata

    x, y = rankdata(outcome), rankdata(said)
    spread = float(x.std() * y.std())
    return float(((x - x.mean()) * (y - y.mean())).mean()) / spread if spread else 0.0


def _bins(confidence: NDArray[Any]) -> NDArray[np.int64]:
    bins: NDArray[np.int64] = np.clip((confidence * 10).astype(np.int64), 0, 9)
    return bins


def _calibration_error(confidence: NDArray[Any], right: NDArray[Any]) -> float:
    bins = _bins(confidence)
    gaps = [abs(float((right - confidence)[bins == b].sum())) for b in range(10)]
    return sum(gaps) / len(right)


def _members(groups: Sequence[Hashable] | None, n: int) -> list[NDArray[np.int64]]:
    if groups is None:
        return [np.array([i]) for i in range(n)]
    places: dict[Hashable, list[int]] = {}
    for index, group in enumerate(groups):
        places.setdefault(group, []).append(index)
    return [np.array(indexes) for indexes in places.values()]


def _kappa_of(weights: str | None, size: int) -> Callable[[NDArray[Any], NDArray[Any]], float]:
    """Cohen's kappa (weighted: Cohen 1968) on integer labels; faster than a library's inside a bootstrap."""
    distance = np.abs(np.subtract.outer(np.arange(size), np.arange(size))).astype(float)
    cost = distance**2 if weights == "quadratic" else (distance > 0).astype(float)

    def kappa(labels: NDArray[Any], predicted: NDArray[Any]) -> float:
        table = np.zeros((size, size))
        np.add.at(table, (labels, predicted), 1)
        expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / table.sum()
        by_chance = float((cost * expected).sum())
        return 1 - float((cost * table).sum()) / by_chance if by_chance else 1.0

    return kappa


def _of_class(name: str, labels: Sequence[str], predicted: Sequence[str]) -> ClassFigures:
    hits = sum(x == y == name for x, y in zip(labels, predicted, strict=True))
    said, there = sum(y == name for y in predicted), sum(x == name for x in labels)
    return ClassFigures(hits / said if said else None, hits / there if there else None, there)
