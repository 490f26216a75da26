"""An outcome's change with a score, adjusted for what else moves it: duration, queue, tenure and the rep."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import statsmodels.api as sm

# Fewer calls than this beyond the model's own terms, and the effect is not estimated at all.
_MIN_FREEDOM = 20
_POINTS = 10.0
_DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class AdjustedEffect:
    """Change of the outcome per 10 score points with its 95 % interval and p, and the same as partial correlation."""

    effect: float
    low: float
    high: float
    p: float
    partial_r: float
    partial_r_low: float
    partial_r_high: float


UNKNOWN = AdjustedEffect(*([float("nan")] * 7))


def adjusted_effect(calls: pd.DataFrame, outcome: str) -> AdjustedEffect:
    """Least squares of `outcome` (1–5, or 0/1: a linear probability model) on the score, with an effect for each rep.

    `calls`: a row a call without NULL in `score`, `outcome`; also duration_s, queue, tenure_days, rep_id (NULL there is
    set to the median, or a group of its own). HC3 errors, since the variance of a 1–5 or 0/1 outcome is not constant
    (Long & Ervin 2000). Rep effects make it an effect within reps: a rep who is good at everything does not carry it.
    NaN throughout where the score does not vary or too few calls are left.
    """
    score, others = calls["score"].to_numpy(float) / _POINTS, _others(calls)
    target = calls[outcome].to_numpy(float)
    freedom = len(calls) - others.shape[1] - 1
    if freedom < _MIN_FREEDOM or np.ptp(target) < 1e-9 or _unexplained(score, others) < 1e-6:
        return UNKNOWN
    fitted = sm.OLS(target, np.column_stack([score, others])).fit(method="qr", cov_type="HC3", use_t=True)
    effect, error, p = fitted.params[0], fitted.bse[0], fitted.pvalues[0]
    low, high = fitted.conf_int()[0]
    if not error > 0:
        return UNKNOWN
    to_r = [value / error / np.sqrt((value / error) ** 2 + freedom) for value in (effect, low, high)]
    return AdjustedEffect(*(float(value) for value in (effect, low, high, p, *to_r)))


def _others(calls: pd.DataFrame) -> np.ndarray:
    """What the score is adjusted for; redundant columns are left out."""
    duration = calls["duration_s"].astype(float).clip(lower=1.0)
    tenure = calls["tenure_days"].astype(float) / _DAYS_A_YEAR
    columns = [
        np.ones(len(calls)),
        *_dummies(calls["rep_id"]),
        *_dummies(calls["queue"].fillna("none")),
        np.log(duration.fillna(duration.median()).fillna(1.0).to_numpy(float)),
        tenure.fillna(tenure.median()).fillna(0).to_numpy(float),
    ]
    return _independent(np.column_stack(columns))


def _dummies(groups: pd.Series) -> list[np.ndarray]:
    codes, names = pd.factorize(groups, sort=True)
    return [(codes == code).astype(float) for code in range(1, len(names))]


def _independent(terms: np.ndarray) -> np.ndarray:
    """Columns that add something to those before them (a centre with one queue has no queue effect)."""
    if len(terms) < terms.shape[1]:
        return terms
    scale = np.sqrt((terms**2).mean(axis=0))
    scaled = terms / np.where(scale > 0, scale, 1.0)
    corner = np.abs(np.diag(np.linalg.qr(scaled, mode="r"))) / np.sqrt(len(terms))
    return np.asarray(terms[:, corner > 1e-7])


def _unexplained(score: np.ndarray, others: np.ndarray) -> float:
    """Standard deviation of the score that the other terms do not explain."""
    fit, *_ = np.linalg.lstsq(others, score, rcond=None)
    return float(np.std(score - others @ fit))
