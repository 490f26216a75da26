"""The control chart's false-alarm rate and its power, by running the mart's own SQL on simulated weeks."""

import duckdb
import numpy as np
import pandas as pd
import pytest

from tests.dbt.project import compiled_sql

REPS, WEEKS = 400, 30


@pytest.fixture(scope="module")
def alarms() -> pd.DataFrame:
    """Alarms of 400 reps over 30 weeks of 3-8 calls. Half of the reps lose 25 points from week 20 on."""
    rng = np.random.default_rng(7)
    weeks = pd.DataFrame([_week(rng, rep, week) for rep in range(REPS) for week in range(WEEKS)])
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA intermediate; CREATE SCHEMA reference")
        connection.register("simulated", weeks)
        connection.execute("CREATE TABLE intermediate.int_rep_criterion_weeks AS SELECT * FROM simulated")
        connection.execute("CREATE TABLE reference.t_quantiles (degrees_of_freedom INTEGER, quantile DOUBLE)")
        query = f"SELECT rep_id, week_start_on, is_deteriorating FROM ({compiled_sql('rep_weekly_scores')})"
        table = connection.execute(query).to_arrow_table().to_pandas()
    table["week"] = ((pd.to_datetime(table.week_start_on) - pd.Timestamp("2026-01-05")).dt.days // 7).astype(int)
    table["falls"] = table.rep_id % 2 == 1
    return table


def _week(rng: np.random.Generator, rep: int, week: int) -> dict[str, object]:
    level = 60 + 8 * np.sin(rep) - (25 if rep % 2 and week >= 20 else 0)
    # Every other pair of reps has skewed scores, as short scales give; nothing else changes from week to week.
    size = int(rng.integers(3, 9))
    noise = rng.normal(0, 15, size) if rep % 4 < 2 else 20 - rng.gamma(2, 10, size)
    scores = np.clip(level + noise, 0, 100)
    return {
        "rep_id": rep, "team_id": "t", "rubric_id": "r", "criterion_id": "c",
        "week_start_on": (pd.Timestamp("2026-01-05") + pd.Timedelta(weeks=week)).date(), "call_count": len(scores),
        "opportunity_count": len(scores), "mean_score": scores.mean(), "sd_score": scores.std(ddof=1),
    }  # fmt: skip


def test_false_alarms_stay_at_the_documented_rate(alarms: pd.DataFrame) -> None:
    charted = alarms[(alarms.week >= 8) & ((alarms.week < 20) | ~alarms.falls)]
    rate = charted.is_deteriorating.mean()
    print(f"false alarms: {1000 * rate:.1f} of 1,000 weeks of a rep and criterion")
    assert 0 < rate <= 0.008


def test_a_fall_of_a_quarter_is_flagged_within_four_weeks(alarms: pd.DataFrame) -> None:
    falling = alarms[alarms.falls & alarms.week.between(20, 23)]
    assert falling.groupby("rep_id").is_deteriorating.any().mean() >= 0.9
