"""What a sample misses, against exact probabilities."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from dbt_project.statistics import sampling
from dbt_project.statistics.intervals import wilson
from dbt_project.statistics.schemas import SAMPLE_WEEKS, SAMPLING_COMPARISONS, SAMPLING_PRICES, to_table

_MONDAY = date(2026, 1, 5)


def _week(rep: str, week: int, scores: list[float]) -> pd.DataFrame:
    return pd.DataFrame(
        {"rep_id": rep, "team_id": "t", "week_start_on": _MONDAY + timedelta(7 * week), "overall_score": scores}
    )


def _centre() -> pd.DataFrame:
    # Rep a: nine usual weeks of ten calls at 70, then a bad one: eight at 40, two at 70. Rep b: always 65.
    usual = [_week("a", week, [70.0] * 10) for week in range(9)]
    return pd.concat([*usual, _week("a", 9, [40.0] * 8 + [70.0] * 2), *(_week("b", w, [65.0] * 10) for w in range(10))])


def test_a_tenth_of_ten_calls_misses_by_the_share_of_good_calls() -> None:
    weeks = sampling.sample_weeks(_centre(), draws=20_000)
    bad = weeks[(weeks.sample_share == 0.10) & weeks.is_bad]
    assert bad.rep_id.tolist() == ["a"]
    # One call of ten is drawn; two of the ten do not show the bad week.
    assert bad.missed.item() == pytest.approx(0.2, abs=0.01)


def test_an_empty_sample_misses_too() -> None:
    weeks = sampling.sample_weeks(_centre(), draws=20_000)
    bad = weeks[(weeks.sample_share == 0.03) & weeks.is_bad]
    # 0.3 calls a week: in 70 of 100 weeks none is drawn.
    assert bad.unsampled.item() == pytest.approx(0.7, abs=0.015)
    assert bad.missed.item() == pytest.approx(0.7 + 0.3 * 0.2, abs=0.015)


def test_comparisons_and_prices_sum_the_weeks_up() -> None:
    weeks = sampling.sample_weeks(_centre())
    comparisons = sampling.sampling_comparisons(weeks).set_index(["sample_share", "rep_id"])
    assert comparisons.bad_week_count.to_dict()[(0.10, "a")] == 1
    assert np.isnan(comparisons.missed_bad_week_share.to_dict()[(0.10, "b")])
    assert comparisons.sampled_calls_per_week.to_dict()[(0.05, "a")] == pytest.approx(0.5)
    price = sampling.sampling_prices(weeks).set_index("sample_share").loc[0.10]
    assert (price.n_weeks, price.n_bad_weeks) == (10, 1)
    # b is lowest in nine weeks, a in the last: with one call of each, a's is 40 (named) or 70 (not).
    assert price.wrong_rep_share == pytest.approx(0.02, abs=0.01)
    assert (price.wrong_rep_share_low, price.wrong_rep_share_high) == wilson(price.wrong_rep_share * 10, 10)


def test_listening_to_everything_misses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "SHARES", (1.0,))
    price = sampling.sampling_prices(sampling.sample_weeks(_centre(), draws=20)).iloc[0]
    assert (price.missed_bad_week_share, price.wrong_rep_share) == (0.0, 0.0)


def test_the_same_calls_give_the_same_answer_in_any_order() -> None:
    one, other = (sampling.sample_weeks(calls) for calls in (_centre(), _centre().sample(frac=1, random_state=1)))
    assert to_table(one, SAMPLE_WEEKS).equals(to_table(other, SAMPLE_WEEKS))


def test_nothing_gives_empty_tables() -> None:
    weeks = sampling.sample_weeks(_centre().head(0))
    assert to_table(weeks, SAMPLE_WEEKS).num_rows == 0
    empty = to_table(weeks, SAMPLE_WEEKS).to_pandas()
    assert to_table(sampling.sampling_comparisons(empty), SAMPLING_COMPARISONS).num_rows == 0
    assert to_table(sampling.sampling_prices(empty), SAMPLING_PRICES).num_rows == 0
