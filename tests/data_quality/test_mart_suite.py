"""Each way the marts can be wrong is caught by the check that names it, and a sound lake passes all."""

from collections.abc import Iterator
from datetime import date, timedelta

import duckdb
import pytest

from data_quality import check_marts, mart_expectations

_NIGHT = date(2026, 11, 23)


@pytest.fixture
def marts() -> Iterator[duckdb.DuckDBPyConnection]:
    """A sound centre of two reps, 40 calls a week each for six weeks, in a plain database named like the lake."""
    connection = duckdb.connect()
    connection.execute("ATTACH ':memory:' AS lake; CREATE SCHEMA lake.raw; CREATE SCHEMA lake.marts")
    connection.execute(
        f"""
        CREATE TABLE lake.marts.calls AS
        SELECT 'c' || rep || '-' || week || '-' || i AS call_id, 'rep-' || rep AS rep_id, 'live' AS source,
            'scored' AS status, 50.0 + i % 7 AS overall_score, 4.0 AS csat,
            cast(DATE '{_NIGHT}' - cast(7 * week AS INTEGER) AS DATE) AS batch_date,
            cast(DATE '{_NIGHT}' - cast(7 * week AS INTEGER) AS DATE) AS week_start_on
        FROM range(0, 2) reps (rep), range(0, 6) weeks (week), range(0, 40) calls (i);
        CREATE TABLE lake.raw.calls AS FROM lake.marts.calls;
        CREATE TABLE lake.raw.human_reviews AS SELECT 'r' AS review_id;
        CREATE TABLE lake.marts.review_agreements AS FROM lake.raw.human_reviews;
        CREATE TABLE lake.marts.reps AS SELECT DISTINCT rep_id FROM lake.marts.calls;
        CREATE TABLE lake.marts.call_scores AS
        SELECT call_id || ':c' AS score_id, 'r' AS rubric_id, 'c' AS criterion_id, source, batch_date, week_start_on,
            overall_score AS score, 1.0 AS weight FROM lake.marts.calls;
        CREATE TABLE lake.marts.rep_weekly_scores AS
        SELECT rep_id, 'r' AS rubric_id, 'c' AS criterion_id, week_start_on, count(*) AS call_count, 50.0 AS mean_score,
            40.0 AS mean_score_low, 60.0 AS mean_score_high, 50.0 AS shrunk_score, 0.5 AS reliability
        FROM lake.marts.calls GROUP BY ALL;
        CREATE TABLE lake.marts.rep_weekly_signals AS
        SELECT DISTINCT rep_id, week_start_on, 0.5 AS empathy_share, 0.05 AS interrupted_share,
            0.5 AS open_question_share, 0.5 AS mean_rep_talk_share FROM lake.marts.calls;
        CREATE TABLE lake.marts.coaching_priorities AS
        SELECT rep_id, 1 AS priority_rank, 10.0 AS priority, 0.9 AS certainty FROM lake.marts.reps;
        CREATE TABLE lake.marts.nightly_coverage AS
        SELECT batch_date, count(*) AS landed_count, count(*) AS scored_count, 0 AS asked_count, 0 AS quarantined_count,
            1.0 AS coverage_share FROM lake.marts.calls GROUP BY ALL;
        CREATE TABLE lake.marts.one_to_ones AS
        SELECT rep_id, cadence, week_start_on AS period_start_on, count(*) AS call_count
        FROM lake.marts.calls, (SELECT unnest(['weekly', 'biweekly']) AS cadence) GROUP BY ALL;
        CREATE TABLE lake.marts.outcome_correlations AS
        SELECT 0.3 AS r, 0.1 AS r_low, 0.5 AS r_high, 0.01 AS p, 0.02 AS q, 100 AS n;
        CREATE TABLE lake.marts.sampling_prices AS SELECT 0.9 AS missed_bad_week_share, 0.8 AS wrong_rep_share;
        CREATE TABLE lake.marts.programme_diagnosis AS SELECT 'rule-' || i AS rule_id FROM range(0, 4) rules (i);
        """
    )
    yield connection
    connection.close()


def _failed(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {result.name for result in check_marts(connection, [_NIGHT]) if not result.is_success}


def test_a_sound_lake_passes_every_check(marts: duckdb.DuckDBPyConnection) -> None:
    results = check_marts(marts, [_NIGHT])
    assert {result.name for result in results if not result.is_success} == set()
    assert {result.name for result in results} == {item.name for item in mart_expectations()}


def test_each_fault_is_named(marts: duckdb.DuckDBPyConnection) -> None:
    marts.execute(
        f"""
        INSERT INTO lake.raw.calls SELECT * REPLACE ('lost' AS call_id, DATE '{_NIGHT + timedelta(1)}' AS batch_date)
            FROM lake.raw.calls LIMIT 1;
        INSERT INTO lake.raw.human_reviews VALUES ('another');
        DELETE FROM lake.marts.reps WHERE rep_id = 'rep-1';
        UPDATE lake.marts.rep_weekly_scores SET mean_score = 70 WHERE rep_id = 'rep-0' AND week_start_on = '{_NIGHT}';
        UPDATE lake.marts.outcome_correlations SET q = 0.001, r_high = 0.2;
        UPDATE lake.marts.nightly_coverage SET scored_count = scored_count - 1 WHERE batch_date = '{_NIGHT}';
        DELETE FROM lake.marts.programme_diagnosis WHERE rule_id = 'rule-0';
        DELETE FROM lake.marts.one_to_ones
        WHERE cadence = 'weekly' AND rep_id = 'rep-0' AND period_start_on = '{_NIGHT}';
        """
    )
    assert _failed(marts) == {
        "sums__calls_complete__be_in_set",
        "sums__reviews_agree__be_in_set",
        "sums__packs_agree__be_in_set",
        "sums__cadences_agree__be_in_set",
        "freshness__is_fresh__be_in_set",
        "missing_reps__rows__row_count_to_equal",
        "rep_weekly_scores__is_inside_interval__be_in_set",
        "outcome_correlations__is_corrected__be_in_set",
        "outcome_correlations__is_inside_interval__be_in_set",
        "nightly_coverage__is_complete__be_in_set",
        "programme_diagnosis__rows__row_count_to_equal",
    }


def test_a_rep_who_falls_silent_and_a_drift_are_told_without_blocking(marts: duckdb.DuckDBPyConnection) -> None:
    here = f"rep_id = 'rep-1' AND batch_date = '{_NIGHT}'"
    marts.execute(
        f"""
        UPDATE lake.marts.call_scores SET score = score + 20 WHERE week_start_on = '{_NIGHT}';
        DELETE FROM lake.marts.call_scores
        WHERE score_id IN (SELECT call_id || ':c' FROM lake.marts.calls WHERE {here});
        DELETE FROM lake.marts.rep_weekly_scores WHERE rep_id = 'rep-1' AND week_start_on = '{_NIGHT}';
        DELETE FROM lake.marts.one_to_ones WHERE rep_id = 'rep-1' AND period_start_on = '{_NIGHT}';
        UPDATE lake.marts.nightly_coverage SET landed_count = 40, scored_count = 40 WHERE batch_date = '{_NIGHT}';
        DELETE FROM lake.raw.calls WHERE {here};
        DELETE FROM lake.marts.calls WHERE {here};
        """
    )
    results = [result for result in check_marts(marts, [_NIGHT]) if not result.is_success]
    assert {result.name for result in results} == {
        "silent_reps__rows__row_count_to_equal",
        "drift__is_stable__be_in_set",
    }
    assert not any(result.is_blocking for result in results)
