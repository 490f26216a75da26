"""The SQL of intervals against scipy and statsmodels."""

import csv

import duckdb
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from orchestration.resources.dbt import DBT_PROJECT
from tests.dbt.project import compiled_sql


def _signals_sql() -> str:
    return compiled_sql("rep_weekly_signals")


@pytest.mark.parametrize(("hits", "n"), [(0, 4), (3, 10), (10, 10), (70, 400)])
def test_wilson_in_sql_is_statsmodels(hits: int, n: int) -> None:
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA marts; CREATE SCHEMA reference")
        connection.execute("CREATE TABLE reference.t_quantiles (degrees_of_freedom INTEGER, quantile DOUBLE)")
        connection.execute(
            "CREATE TABLE marts.calls AS SELECT 'a' AS rep_id, 't' AS team_id, DATE '2026-01-05' AS week_start_on, "
            "'live' AS source, 'scored' AS status, true AS is_timed, "
            f"{n} AS empathy_opportunity_count, {hits} AS empathy_shown_count, 1 AS customer_statement_count, "
            "0 AS interruption_count, 1 AS open_question_count, 1 AS closed_question_count, 0 AS hedge_count, "
            "0.0 AS regulation_slope, 0.5 AS rep_talk_share, 0.1 AS silence_share"
        )
        columns = "empathy_share_low, empathy_share_high"
        found = connection.execute(f"SELECT {columns} FROM ({_signals_sql()})").fetchone()
    assert found == pytest.approx(proportion_confint(hits, n, method="wilson"), abs=1e-4)


def test_the_seed_holds_students_quantiles() -> None:
    with (DBT_PROJECT / "seeds" / "t_quantiles.csv").open() as file:
        rows = {int(row["degrees_of_freedom"]): float(row["quantile"]) for row in csv.DictReader(file)}
    assert sorted(rows) == list(range(1, 121))
    for freedom, quantile in rows.items():
        assert quantile == pytest.approx(stats.t.ppf(0.975, freedom), abs=1e-5)
