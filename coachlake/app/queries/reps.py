"""Reps: who they are, how each skill went by week, alerts and one-to-ones."""

from typing import Any

import pandas as pd

from coachlake.app.data import has, query
from coachlake.app.queries.weeks import WEEKS, since
from coachlake.display.formatting import rows
from coachlake.display.intervals import t_margin

_SKILL_WEEKS = """
    WITH names AS (
        SELECT rubric_id, criterion_id, any_value(criterion_name) AS criterion_name, any_value(target_score) AS target
        FROM lake.published.call_scores WHERE rep_id = $1 AND week_start_on > $2 GROUP BY ALL
    )
    SELECT s.rubric_id, s.criterion_id, n.criterion_name, n.target, s.week_start_on AS week, s.call_count AS n,
        s.mean_score AS value, s.mean_score_low AS low, s.mean_score_high AS high, s.team_mean_score AS team,
        s.reliability, s.is_deteriorating, s.change_4_weeks, s.change_4_weeks_low, s.change_4_weeks_high
    FROM lake.published.rep_weekly_scores s LEFT JOIN names n USING (rubric_id, criterion_id)
    WHERE s.rep_id = $1 AND s.week_start_on > $2
    ORDER BY s.criterion_id, week
"""
_REPS_NOW = """
    SELECT rep_id, any_value(coalesce(rep_name, rep_id)) AS name,
        avg(overall_score) FILTER (WHERE is_now) AS value,
        coalesce(stddev_samp(overall_score) FILTER (WHERE is_now), 0) AS sd,
        count(overall_score) FILTER (WHERE is_now) AS n,
        avg(overall_score) FILTER (WHERE NOT is_now) AS past, count(overall_score) FILTER (WHERE NOT is_now) AS past_n
    FROM (
        SELECT *, week_start_on > $2 AS is_now FROM lake.published.calls
        WHERE source = 'live' AND status = 'scored' AND week_start_on > $3
            AND (CAST($1 AS VARCHAR) IS NULL OR team_id = $1)
    ) GROUP BY rep_id HAVING n > 0 ORDER BY name
"""


def reps(team_id: str | None = None) -> pd.DataFrame:
    """The reps of a team (or all), by name."""
    return query(
        "SELECT * FROM lake.published.reps WHERE CAST($1 AS VARCHAR) IS NULL OR team_id = $1 ORDER BY rep_name",
        (team_id,),
        needs=["reps"],
    )


def reps_now(team_id: str | None) -> pd.DataFrame:
    """Each rep's overall score, the last four weeks (value, low, high, n) against their nine weeks before (past)."""
    frame = query(_REPS_NOW, (team_id, since(4), since(WEEKS)), needs=["calls"])
    if frame.empty:
        return frame
    margins = [t_margin(sd, n) for sd, n in zip(frame["sd"], frame["n"], strict=True)]
    low, high = (frame["value"] - margins).clip(0, 100), (frame["value"] + margins).clip(0, 100)
    return frame.assign(low=low, high=high, target=None)


def skill_weeks(rep_id: str) -> pd.DataFrame:
    """A row a criterion and week, with intervals, the team's mean and whether the skill is deteriorating."""
    return query(_SKILL_WEEKS, (rep_id, since(WEEKS)), needs=["rep_weekly_scores", "call_scores"])


def one_to_ones(rep_id: str, cadence: str | None = None, limit: int = 4) -> pd.DataFrame:
    """The latest one-to-ones of a rep, newest first. Empty where they are not published."""
    if not has("one_to_ones"):
        return pd.DataFrame()
    return query(
        "SELECT * FROM lake.published.one_to_ones WHERE rep_id = $1 AND (CAST($2 AS VARCHAR) IS NULL OR cadence = $2) "
        "ORDER BY period_start_on DESC LIMIT $3",
        (rep_id, cadence, limit),
    )


def alerts(weeks: pd.DataFrame) -> list[Any]:
    """The latest row of each criterion whose latest week is below the rep's usual range."""
    if weeks.empty:
        return []
    latest = weeks.sort_values("week").groupby("criterion_id", as_index=False).tail(1)
    return rows(latest[latest["is_deteriorating"].astype(bool)])
