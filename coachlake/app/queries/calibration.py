"""What to review next, how far people and the machine agree, and what is disputed."""

from typing import Any

import pandas as pd

from coachlake.app.data import has, query, query_now
from coachlake.app.queries.weeks import since

_QUEUE_WEEKS = 8
# Scores worth a person's look: recent, below their criterion's label need, of which the judge was least sure; those
# this reviewer has done are left out. Every fifth of a reviewer's is drawn by lot: with only those the judge is unsure
# of, figures would be too bad. The machine's level is not read here, so that it cannot be shown by mistake.
_QUEUE = """
    WITH recent AS (
        SELECT s.score_id, s.call_id, s.criterion_id, s.criterion_name, s.rubric_id, s.confidence, s.started_at
        FROM lake.published.call_scores s
        WHERE s.source = 'live' AND s.level IS NOT NULL
            AND s.week_start_on > $4
            AND (CAST($1 AS VARCHAR) IS NULL OR s.criterion_id = $1)
    ),
    done AS (
        SELECT call_id, criterion_id, count(*) AS n, bool_or(reviewer_id = $2) AS is_mine
        FROM lake.raw.human_reviews WHERE NOT is_dispute GROUP BY ALL
    )
    SELECT recent.*, coalesce(done.n, 0) AS review_count FROM recent LEFT JOIN done USING (call_id, criterion_id)
    WHERE NOT coalesce(done.is_mine, false) AND coalesce(done.n, 0) < 2
    ORDER BY
    -- One in five by lot.
    CASE WHEN (
        SELECT count(*) FROM lake.raw.human_reviews WHERE reviewer_id = $2 AND NOT is_dispute
    ) % 5 = 4 THEN md5(recent.score_id) END,
    -- A second opinion on a call with one review measures the human ceiling; then what the judge is least sure of.
    coalesce(done.n, 0) = 1 DESC, confidence, score_id LIMIT $3
"""


def queue(criterion_id: str | None, reviewer_id: str, limit: int = 25) -> pd.DataFrame:
    """Scores to review next by this reviewer, most useful first, every fifth by lot; without the machine's level."""
    return query_now(_QUEUE, (criterion_id, reviewer_id, limit, since(_QUEUE_WEEKS)))


def criteria() -> pd.DataFrame:
    """The criteria that have scores to review: criterion_id and name."""
    return query(
        "SELECT criterion_id, any_value(criterion_name) AS name FROM lake.published.call_scores "
        "WHERE level IS NOT NULL AND week_start_on > $1 GROUP BY criterion_id ORDER BY criterion_id",
        (since(_QUEUE_WEEKS),),
        needs=["call_scores"],
    )


def anchors(rubric_id: str, criterion_id: str) -> Any:
    """What the levels of a criterion mean, by the rubric in force; None where unknown."""
    found = query_now(
        "SELECT observes, good_anchor, average_anchor, poor_anchor FROM lake.raw.rubric_criteria "
        "WHERE rubric_id = $1 AND criterion_id = $2 ORDER BY loaded_at DESC LIMIT 1",
        (rubric_id, criterion_id),
    )
    return None if found.empty else found.iloc[0]


def agreement() -> pd.DataFrame:
    """The latest calibration, a row a rubric and criterion; empty where none was made."""
    if not has("calibrations"):
        return pd.DataFrame()
    return query("SELECT * FROM lake.published.calibrations ORDER BY rubric_id, weighted_kappa DESC NULLS LAST")


def disagreements(limit: int = 12) -> pd.DataFrame:
    """Disputes first, then the largest differences between a person's level and the machine's."""
    if not has("review_agreements"):
        return pd.DataFrame()
    return query(
        "SELECT * FROM lake.published.review_agreements WHERE is_dispute OR abs(level_difference) = 2 "
        "ORDER BY is_dispute DESC, abs(level_difference) DESC, reviewed_at DESC LIMIT $1",
        (limit,),
    )
