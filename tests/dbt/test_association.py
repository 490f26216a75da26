"""Correlations and corrections against scipy and statsmodels."""

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from dbt_project.statistics import association
from dbt_project.statistics.intervals import false_discovery, minimum_detectable_r, wilson


def _calls(seed: int = 0, n: int = 120) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    reps = rng.integers(0, 6, n)
    score = 50 + 5 * reps + rng.normal(0, 10, n)
    csat = np.clip(np.round(3 + (score - 60) / 20 + rng.normal(0, 1, n)), 1, 5)
    return score, csat, reps


def test_overall_is_scipys_spearman() -> None:
    score, csat, reps = _calls()
    found, reference = association.overall(score, csat, reps, "spearman"), stats.spearmanr(score, csat)
    assert found.r == pytest.approx(reference.statistic)
    assert found.p == pytest.approx(reference.pvalue)
    assert (found.n, found.n_reps) == (120, 6)


def test_overall_is_scipys_point_biserial() -> None:
    score, csat, reps = _calls()
    converted = (csat > 3).astype(float)
    found = association.overall(score, converted, reps, "point_biserial")
    reference = stats.pointbiserialr(converted.astype(bool), score)
    interval = stats.pearsonr(score, converted).confidence_interval(0.95)
    assert (found.r, found.p) == (pytest.approx(reference.statistic), pytest.approx(reference.pvalue))
    assert (found.r_low, found.r_high) == (pytest.approx(interval.low), pytest.approx(interval.high))


def test_within_reps_is_a_regression_with_rep_effects() -> None:
    score, csat, reps = _calls()
    found = association.within_reps(score, csat, reps, "point_biserial")
    dummies = (reps[:, None] == np.arange(6)).astype(float)
    fitted = sm.OLS(csat, np.column_stack([score, dummies])).fit()
    t = fitted.tvalues[0]
    assert found.p == pytest.approx(fitted.pvalues[0])
    assert found.r == pytest.approx(t / np.sqrt(t * t + fitted.df_resid))


def test_between_reps_correlates_their_means() -> None:
    score, csat, reps = _calls()
    means = [(score[reps == rep].mean(), csat[reps == rep].mean()) for rep in range(6)]
    found = association.between_reps(score, csat, reps, "spearman")
    assert found.r == pytest.approx(stats.spearmanr(*zip(*means, strict=True)).statistic)
    assert found.n == 6


@pytest.mark.parametrize("score", [np.full(40, 50.0), np.arange(6.0)])
def test_nothing_is_said_without_variation_or_with_few_calls(score: np.ndarray) -> None:
    csat, reps = np.arange(len(score)) % 5 + 1.0, np.arange(len(score)) % 3
    for scope in (association.overall, association.within_reps, association.between_reps):
        found = scope(score, csat, reps, "spearman")
        assert np.isnan([found.r, found.r_low, found.r_high, found.p, found.minimum_detectable_r]).all()


def test_spearman_interval_covers_the_truth() -> None:
    # Ranks of a bivariate normal with Pearson rho have Spearman 6/π asin(rho / 2).
    rho = 0.5
    truth = 6 / np.pi * np.arcsin(rho / 2)
    covered = 0
    for seed in range(300):
        x, y = np.random.default_rng(seed).multivariate_normal([0, 0], [[1, rho], [rho, 1]], 60).T
        found = association.overall(x, y, np.arange(60) % 4, "spearman")
        covered += found.r_low <= truth <= found.r_high
    assert 0.92 <= covered / 300 <= 0.98


def test_power_is_what_it_says() -> None:
    n = 80
    rho = minimum_detectable_r(n)
    found = 0
    for seed in range(400):
        x, y = np.random.default_rng(seed).multivariate_normal([0, 0], [[1, rho], [rho, 1]], n).T
        found += stats.pearsonr(x, y).pvalue < 0.05
    assert 0.75 <= found / 400 <= 0.85


def test_false_discovery_is_statsmodels_and_leaves_out_what_was_not_tested() -> None:
    p = np.array([0.001, np.nan, 0.02, 0.3, 0.04])
    q = false_discovery(p)
    assert q[[0, 2, 3, 4]] == pytest.approx(multipletests(p[[0, 2, 3, 4]], method="fdr_bh")[1])
    assert np.isnan(q[1])


@pytest.mark.parametrize(("hits", "n"), [(0, 5), (3, 10), (10, 10), (40, 400)])
def test_wilson_is_statsmodels(hits: int, n: int) -> None:
    assert wilson(hits, n) == pytest.approx(proportion_confint(hits, n, method="wilson"), abs=1e-9)
