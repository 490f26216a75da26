"""Points from features by ridge regression, each call predicted also without itself."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

_PENALTIES = np.geomspace(3.0, 10_000.0, 10)
# Predictions of a cautious model lie close together; they are spread as reviewers' points are, never more than so.
_MOST_STRETCH = 4.0


@dataclass(frozen=True, slots=True)
class Ridge:
    """intercept + features · weights gives points 0–100 (not clipped). `held_out`: each fitted row's points by the
    model without that row."""

    intercept: float
    weights: Matrix
    held_out: Matrix

    def points(self, features: Matrix) -> Matrix:
        """n × columns → n points, 0–100."""
        return np.clip(self.intercept + features @ self.weights, 0.0, 100.0)


def fit_ridge(features: Matrix, points: Matrix) -> Ridge:
    """Fit n × columns against n points (n of 3 or more). The first column (the present score) is not penalised.

    The penalty is the one of ten with the least squared error of rows left out in turn (Golub, Heath and Wahba 1979:
    residual / (1 − leverage)).
    """
    mean, spread = features.mean(axis=0), features.std(axis=0)
    spread = np.where(spread > 1e-6, spread, np.inf)
    scaled = (features - mean) / spread
    free = (
        np.column_stack([np.ones(len(points)), scaled[:, :1]]) if np.isfinite(spread[0]) else np.ones((len(points), 1))
    )
    base, _ = np.linalg.qr(free)
    rest, target = scaled[:, 1:] - base @ (base.T @ scaled[:, 1:]), points - base @ (base.T @ points)
    left, values, right = np.linalg.svd(rest, full_matrices=False)
    along, leverage = left.T @ target, (base**2).sum(axis=1)
    best: tuple[float, Matrix, Matrix] | None = None
    for penalty in _PENALTIES:
        kept = values**2 / (values**2 + penalty)
        residual = (target - left @ (kept * along)) / np.maximum(1 - leverage - left**2 @ kept, 1e-3)
        error = float((residual**2).mean())
        if best is None or error < best[0]:
            best = error, residual, right.T @ (values / (values**2 + penalty) * along)
    assert best is not None
    _, residual, penalised = best
    start, *_ = np.linalg.lstsq(free, points - scaled[:, 1:] @ penalised, rcond=None)
    weights = np.concatenate([start[1:] if len(start) > 1 else [0.0], penalised]) / spread
    return _stretched(Ridge(float(start[0] - mean @ weights), weights, points - residual), points)


def _stretched(ridge: Ridge, points: Matrix) -> Ridge:
    factor = float(np.clip(points.std() / max(float(ridge.held_out.std()), 1e-6), 1.0, _MOST_STRETCH))
    middle = float(points.mean())
    held_out = np.clip(middle + factor * (ridge.held_out - middle), 0.0, 100.0)
    return Ridge(middle + factor * (ridge.intercept - middle), ridge.weights * factor, held_out)
