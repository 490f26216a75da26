"""The adjusted effect: against statsmodels' formula, and against planted truth over 200 seeds."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from benchmarks.planted_truth import planted_calls, simulate
from dbt_project.statistics.adjustment import adjusted_effect
from dbt_project.statistics.correlations import outcome_correlations
from dbt_project.statistics.schemas import CORRELATIONS, to_table


def _of(criterion: str, seed: int = 0) -> pd.DataFrame:
    calls = planted_calls(seed)
    return calls[calls.criterion_id == criterion].copy()


def test_it_is_the_regression_it_says() -> None:
    calls = _of("planted")
    found = adjusted_effect(calls, "csat")
    calls["ten_points"] = calls.score / 10
    formula = "csat ~ ten_points + np.log(duration_s) + tenure_days + C(queue) + C(rep_id)"
    fitted = smf.ols(formula, calls).fit(cov_type="HC3", use_t=True)
    assert found.effect == pytest.approx(fitted.params["ten_points"])
    assert (found.low, found.high) == pytest.approx(tuple(fitted.conf_int().loc["ten_points"]))
    assert found.p == pytest.approx(fitted.pvalues["ten_points"])


def test_a_constant_tenure_or_a_single_queue_changes_nothing() -> None:
    calls = _of("planted").assign(queue="one", tenure_days=100)
    fitted = smf.ols("csat ~ I(score / 10) + np.log(duration_s) + C(rep_id)", calls).fit()
    assert adjusted_effect(calls, "csat").effect == pytest.approx(fitted.params["I(score / 10)"])


@pytest.mark.parametrize("n", [1, 15, 30])
def test_too_few_calls_give_no_effect(n: int) -> None:
    assert np.isnan(adjusted_effect(_of("planted").head(n), "csat").effect)


def test_a_score_that_is_the_rep_alone_gives_no_effect() -> None:
    calls = _of("planted")
    calls["score"] = calls.rep_id.str.removeprefix("rep-").astype(float)
    assert np.isnan(adjusted_effect(calls, "csat").effect)


def test_no_outcome_gives_no_rows_and_the_contract_holds() -> None:
    calls = planted_calls(0).assign(csat=np.nan)
    table = to_table(outcome_correlations(calls), CORRELATIONS)
    assert table.num_rows == 0
    assert table.schema == CORRELATIONS


def test_planted_effects_are_found_and_planted_nulls_are_not() -> None:
    rates = simulate(200)
    assert rates["found"].share >= 0.95
    assert rates["covered"].share >= 0.91
    # Wilson-like slack of 200 seeds: a true rate of 5 % stays under 9 % (3 standard errors).
    assert rates["null"].share <= 0.09
    assert rates["null_p"].share <= 0.08  # 400 tests
    # The traps exist, and adjusting disarms them.
    assert rates["queue_raw"].share >= 0.95
    assert rates["queue"].share <= 0.09
    assert rates["halo_raw"].share >= 0.95
    assert rates["halo"].share <= 0.09
