"""Who needs help with what, what moved, and the moments that show it."""

from typing import Any

import pandas as pd

from coachlake.app.data import query
from coachlake.app.queries.weeks import since

_PRIORITIES = """
    SELECT p.*, coalesce(r.rep_name, p.rep_id) AS rep_name
    FROM lake.published.coaching_priorities p LEFT JOIN lake.published.reps r USING (rep_id)
    WHERE (CAST($1 AS VARCHAR) IS NULL OR p.team_id = $1) AND (CAST($2 AS VARCHAR) IS NULL OR p.rep_id = $2)
        AND p.priority_rank <= $3
    ORDER BY p.priority DESC, p.rep_id
"""
_MOVERS = """
    WITH last_row AS (
        SELECT s.*, row_number() OVER (
            PARTITION BY rep_id, rubric_id, criterion_id ORDER BY week_start_on DESC
        ) AS age
        FROM lake.published.rep_weekly_scores s
        -- Scores all alike (twice 100) leave an interval of no width: too few to say, not a sure change.
        WHERE week_start_on > $2 AND change_4_weeks_high > change_4_weeks_low
            AND (CAST($1 AS VARCHAR) IS NULL OR team_id = $1)
    ),
    names AS (SELECT rubric_id, criterion_id, any_value(criterion_name) AS criterion_name
        FROM lake.published.call_scores WHERE week_start_on > $2 GROUP BY ALL)
    SELECT rep_id, coalesce(r.rep_name, rep_id) AS rep_name, criterion_id, criterion_name, call_count AS n,
        change_4_weeks AS value, change_4_weeks_low AS low, change_4_weeks_high AS high,
        -- The end of the interval nearer to zero: what is left when chance is taken off.
        CASE WHEN change_4_weeks > 0 THEN change_4_weeks_low ELSE -change_4_weeks_high END AS sure
    FROM last_row LEFT JOIN lake.published.reps r USING (rep_id) LEFT JOIN names USING (rubric_id, criterion_id)
    WHERE age = 1 ORDER BY sure DESC
"""


def priorities(team_id: str | None = None, rep_id: str | None = None, per_rep: int = 1) -> pd.DataFrame:
    """Coaching priorities, most urgent first, `per_rep` a rep."""
    return query(_PRIORITIES, (team_id, rep_id, per_rep), needs=["coaching_priorities", "reps"])


def movers(team_id: str | None = None) -> pd.DataFrame:
    """Changes over four weeks a rep and criterion with intervals, the surest first."""
    return query(_MOVERS, (team_id, since(4)), needs=["rep_weekly_scores", "call_scores", "reps"])


def with_recording(call_ids: list[str]) -> set[str]:
    """Those of `call_ids`, all of the last four weeks, that have a recording."""
    frame = query(
        "SELECT call_id FROM lake.published.calls WHERE list_contains($1, call_id) AND week_start_on > $2 "
        "AND has_recording",
        (tuple(call_ids), since(4)),
        needs=["calls"],
    )
    return set() if frame.empty else set(frame["call_id"])


def moments_of(row: Any) -> list[dict[str, Any]]:
    """The moments to discuss of a priority, as dictionaries; none is an empty list."""
    moments = row.moments_to_discuss
    return [] if moments is None or isinstance(moments, float) else [dict(moment) for moment in moments]
