"""Difference in differences against scipy, and against planted truth over 200 seeds."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from dbt_project.statistics.schemas import TRANSFERS, to_table
from dbt_project.statistics.transfer import practice_transfers


def _changes(seed: int, effect: float, practised: int = 8, others: int = 10) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    is_practised = np.arange(practised + others) < practised
    # Everybody drifts by 3 points: a before/after comparison alone would credit practice with it.
    change = 3 + effect * is_practised + rng.normal(0, 6, len(is_practised))
    return pd.DataFrame({"rubric_id": "r", "criterion_id": "c", "is_practised": is_practised, "change": change})


def test_it_is_welchs_test() -> None:
    changes = _changes(1, 8.0)
    row = practice_transfers(changes).iloc[0]
    groups = changes.change[changes.is_practised], changes.change[~changes.is_practised]
    reference = stats.ttest_ind(*groups, equal_var=False)
    assert row.difference == pytest.approx(groups[0].mean() - groups[1].mean())
    assert (row.difference_low, row.difference_high) == pytest.approx(tuple(reference.confidence_interval(0.95)))
    assert row.p == pytest.approx(reference.pvalue)
    assert (row.n_practised, row.n_not_practised) == (8, 10)


def test_a_planted_transfer_is_found_and_none_is_not() -> None:
    found = [practice_transfers(_changes(seed, 12.0)).p.item() < 0.05 for seed in range(200)]
    false = [practice_transfers(_changes(seed, 0.0)).p.item() < 0.05 for seed in range(200)]
    assert np.mean(found) >= 0.9
    assert np.mean(false) <= 0.09


def test_one_rep_in_a_group_is_not_enough_to_tell() -> None:
    row = practice_transfers(_changes(1, 8.0, practised=1)).iloc[0]
    assert row.n_practised == 1
    assert not np.isnan(row.difference)
    assert np.isnan([row.difference_low, row.difference_high, row.p]).all()


def test_nobody_practised_gives_an_empty_table() -> None:
    assert to_table(practice_transfers(_changes(1, 0.0).head(0)), TRANSFERS).num_rows == 0
