"""What must hold between the marts before they are published: sums, freshness, drift.

Keys, missing values and ranges of single columns are tests of the dbt project.
"""

from data_quality.expect import Expected, rows, true
from data_quality.nights import Sql

# A week's mean on a criterion that is this many standard errors from the four weeks before is worth a look: over
# eight criteria a false alarm a year a line of business.
_DRIFT_Z = 4.0
# A rep with calls in each of this many weeks and none in the seven days after is missing without a word.
_QUIET_AFTER_WEEKS = 4


def mart_frames(nights: Sql) -> dict[str, str]:
    """Frame → query. `nights`: a SQL list of dates, for what concerns single nights."""
    return {
        "rep_weekly_scores": """
            SELECT rep_id, criterion_id, week_start_on, mean_score, mean_score_low, mean_score_high,
                coalesce(mean_score_low <= mean_score AND mean_score <= mean_score_high, true) AS is_inside_interval
            FROM lake.marts.rep_weekly_scores
        """,
        "nightly_coverage": """
            SELECT batch_date, landed_count, scored_count, asked_count, quarantined_count,
                landed_count = scored_count + asked_count + quarantined_count AS is_complete
            FROM lake.marts.nightly_coverage
        """,
        "sums": """
            SELECT
                (SELECT count(*) FROM lake.marts.calls WHERE source = 'live')
                    = (SELECT sum(landed_count) FROM lake.marts.nightly_coverage) AS calls_agree,
                (SELECT count(*) FROM lake.marts.calls) = (SELECT count(*) FROM lake.raw.calls) AS calls_complete,
                (SELECT count(*) FROM lake.marts.call_scores WHERE source = 'live' AND score IS NOT NULL)
                    = (SELECT sum(call_count) FROM lake.marts.rep_weekly_scores) AS scores_agree,
                (
                    SELECT count(*) FROM lake.marts.calls
                    WHERE source = 'live' AND status = 'scored' AND week_start_on >=
                        (SELECT min(period_start_on) FROM lake.marts.one_to_ones WHERE cadence = 'weekly')
                ) = (SELECT sum(call_count) FROM lake.marts.one_to_ones WHERE cadence = 'weekly') AS packs_agree,
                (
                    SELECT sum(call_count) FROM lake.marts.one_to_ones WHERE cadence = 'weekly' AND period_start_on >=
                        (SELECT min(period_start_on) FROM lake.marts.one_to_ones WHERE cadence = 'biweekly')
                ) = (SELECT sum(call_count) FROM lake.marts.one_to_ones WHERE cadence = 'biweekly')
                    AS cadences_agree,
                (SELECT count(*) FROM lake.marts.review_agreements) = (SELECT count(*) FROM lake.raw.human_reviews)
                    AS reviews_agree
        """,
        "freshness": """
            SELECT (SELECT max(batch_date) FROM lake.marts.calls) = (SELECT max(batch_date) FROM lake.raw.calls)
                AS is_fresh
        """,
        "outcome_correlations": """
            SELECT coalesce(r_low <= r AND r <= r_high, true) AS is_inside_interval,
                coalesce(q >= p - 1e-9, true) AS is_corrected
            FROM lake.marts.outcome_correlations
        """,
        "programme_diagnosis": "SELECT rule_id FROM lake.marts.programme_diagnosis",
        "silent_reps": f"""
            WITH newest AS (SELECT max(batch_date) AS night FROM lake.marts.calls WHERE source = 'live'),
            weeks AS (
                SELECT rep_id, (date_diff('day', batch_date, night)) // 7 AS weeks_ago
                FROM lake.marts.calls CROSS JOIN newest
                WHERE source = 'live' AND batch_date > night - {7 * (_QUIET_AFTER_WEEKS + 1)}
            )
            SELECT rep_id FROM weeks GROUP BY rep_id
            HAVING count(DISTINCT weeks_ago) FILTER (WHERE weeks_ago > 0) = {_QUIET_AFTER_WEEKS}
                AND count(*) FILTER (WHERE weeks_ago = 0) = 0
        """,
        "missing_reps": f"""
            SELECT DISTINCT c.rep_id FROM lake.raw.calls c
            WHERE c.batch_date IN ({nights}) AND c.source = 'live' AND c.status = 'scored'
                AND c.rep_id NOT IN (SELECT rep_id FROM lake.marts.reps)
        """,
        "drift": f"""
            WITH latest AS (
                SELECT max(week_start_on) AS week_start_on FROM lake.marts.rep_weekly_scores
            ),
            weekly AS (
                SELECT rubric_id, criterion_id, s.week_start_on = latest.week_start_on AS is_latest,
                    avg(score) AS mean_score, var_samp(score) / count(*) AS error_variance
                FROM lake.marts.call_scores s CROSS JOIN latest
                WHERE score IS NOT NULL AND source = 'live' AND s.week_start_on >= latest.week_start_on - 28
                GROUP BY ALL HAVING count(*) >= 20
            )
            SELECT now.rubric_id, now.criterion_id,
                abs(now.mean_score - before.mean_score)
                    <= {_DRIFT_Z} * sqrt(now.error_variance + before.error_variance) AS is_stable
            FROM weekly now JOIN weekly before USING (rubric_id, criterion_id)
            WHERE now.is_latest AND NOT before.is_latest
        """,
    }


def mart_expectations() -> list[Expected]:
    """The suite."""
    return [
        true("rep_weekly_scores", "is_inside_interval", "A mean lies in its interval."),
        true("nightly_coverage", "is_complete", "Coverage: landed = scored + asked + quarantined, every night."),
        true("sums", "calls_agree", "marts.calls and marts.nightly_coverage count the same calls."),
        true("sums", "calls_complete", "No call is lost between raw and marts."),
        true("sums", "scores_agree", "Weekly scores and call scores count the same scores."),
        true("sums", "packs_agree", "1:1 rows and marts.calls count the same scored calls."),
        true("sums", "cadences_agree", "Weekly and biweekly 1:1 rows count the same calls."),
        true("sums", "reviews_agree", "No human review is lost between raw and marts."),
        true("freshness", "is_fresh", "The marts hold the newest night that landed."),
        true("outcome_correlations", "is_inside_interval", "A correlation lies in its interval."),
        true("outcome_correlations", "is_corrected", "A corrected q is never smaller than its p."),
        rows("programme_diagnosis", 4, "Every rule of the diagnosis has its row."),
        rows("missing_reps", 0, "No rep with a scored call is missing from marts.reps."),
        rows("silent_reps", 0, "No rep of the last four weeks fell silent in the last seven days.", is_blocking=False),
        true("drift", "is_stable", "Score distributions agree with the four weeks before.", is_blocking=False),
    ]
