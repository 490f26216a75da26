"""The last weeks of all calls, of a team or of a rep: scores, outcomes and the five signals, with intervals."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import inf, isnan, nan
from typing import Any

import pandas as pd

from coachlake.app.data import query
from coachlake.display.formatting import rows
from coachlake.display.intervals import t_margin, wilson

WEEKS = 13  # the latest and the twelve before it

_WEEKLY = """
    WITH mine AS (
        SELECT * FROM lake.published.calls
        WHERE source = 'live' AND status = 'scored'
            AND (CAST($1 AS VARCHAR) IS NULL OR team_id = $1) AND (CAST($2 AS VARCHAR) IS NULL OR rep_id = $2)
            AND week_start_on > $3
    )
    SELECT week_start_on AS week, count(*) AS calls, count(DISTINCT rep_id) AS reps,
        avg(overall_score) AS score, coalesce(stddev_samp(overall_score), 0) AS score_sd,
        count(overall_score) AS score_n,
        avg(csat) AS csat, coalesce(stddev_samp(csat), 0) AS csat_sd, count(csat) AS csat_n,
        count(*) FILTER (WHERE is_converted) AS converted, count(is_converted) AS converted_n,
        sum(empathy_shown_count) AS empathy, sum(empathy_opportunity_count) AS empathy_n,
        sum(interruption_count) FILTER (WHERE is_timed) AS interrupted,
        sum(customer_statement_count) FILTER (WHERE is_timed) AS interrupted_n,
        sum(open_question_count) AS open_questions,
        sum(open_question_count + closed_question_count) AS open_questions_n,
        avg(hedge_count) AS hedges, coalesce(stddev_samp(hedge_count), 0) AS hedges_sd, count(hedge_count) AS hedges_n,
        avg(regulation_slope) AS regulation, coalesce(stddev_samp(regulation_slope), 0) AS regulation_sd,
        count(regulation_slope) AS regulation_n
    FROM mine GROUP BY ALL ORDER BY week
"""
_SHARES = ("converted", "empathy", "interrupted", "open_questions")
_RANGES = {"score": (0.0, 100.0), "csat": (1.0, 5.0), "hedges": (0.0, inf)}  # of means; intervals end there


def weekly(team_id: str | None = None, rep_id: str | None = None) -> pd.DataFrame:
    """A row a week, oldest first. Empty where nothing is published."""
    return query(_WEEKLY, (team_id, rep_id, since(WEEKS)), needs=["calls"])


def since(weeks_back: int) -> date:
    """The day after which the last `weeks_back` weeks with scored calls start.

    Given to queries as a value: then whole files of older weeks are skipped, which a subquery does not let them be.
    """
    found = query(
        "SELECT max(week_start_on) AS week FROM lake.published.calls WHERE source = 'live' AND status = 'scored'",
        needs=["calls"],
    )
    latest = None if found.empty else found["week"].iloc[0]
    if latest is None or pd.isna(latest):
        return date.min
    return pd.Timestamp(latest).date() - timedelta(weeks=weeks_back)


def measure(weeks: pd.DataFrame, name: str) -> pd.DataFrame:
    """One measure of `weekly` as week, value, low, high, n: a mean with a t-interval or a share with Wilson's."""
    rows: list[dict[str, Any]] = []
    for row in weeks.to_dict("records"):
        value, low, high, n = _of(row, name)
        if n:
            rows.append({"week": row["week"], "value": value, "low": low, "high": high, "n": n})
    return pd.DataFrame(rows, columns=["week", "value", "low", "high", "n"])


def together(weeks: pd.DataFrame, name: str) -> tuple[float, float]:
    """A measure over all the weeks given, weighted by n: value and n."""
    n = float(weeks[f"{name}_n"].sum())
    if not n:
        return nan, 0.0
    hits = weeks[name] if name in _SHARES else weeks[name] * weeks[f"{name}_n"]
    return float(hits.sum()) / n, n


def _of(row: Any, name: str) -> tuple[float, float, float, int]:
    n = row[f"{name}_n"]
    if pd.isna(n) or not n or pd.isna(row[name]):
        return nan, nan, nan, 0
    if name in _SHARES:
        low, high = wilson(float(row[name]), float(n))
        return float(row[name]) / float(n), low, high, int(n)
    value, margin = float(row[name]), t_margin(float(row[f"{name}_sd"]), float(n))
    if isnan(margin):
        return value, nan, nan, int(n)
    least, most = _RANGES.get(name, (-inf, inf))
    return value, max(least, value - margin), min(most, value + margin), int(n)


_SKILLS = """
    WITH mine AS (
        SELECT s.*, s.week_start_on > $3 AS is_now
        FROM lake.published.call_scores s
        WHERE s.source = 'live' AND s.score IS NOT NULL AND s.week_start_on > $4
            AND (CAST($1 AS VARCHAR) IS NULL OR s.team_id = $1) AND (CAST($2 AS VARCHAR) IS NULL OR s.rep_id = $2)
    )
    SELECT criterion_id, any_value(criterion_name) AS criterion_name, count(DISTINCT criterion_name) AS name_count,
        avg(score) FILTER (WHERE is_now) AS value, count(*) FILTER (WHERE is_now) AS n,
        coalesce(stddev_samp(score) FILTER (WHERE is_now), 0) AS sd,
        avg(score) FILTER (WHERE NOT is_now) AS past, count(*) FILTER (WHERE NOT is_now) AS past_n,
        avg(target_score) AS target
    FROM mine GROUP BY criterion_id
"""


def skills(team_id: str | None = None, rep_id: str | None = None, recent_weeks: int = 1) -> pd.DataFrame:
    """A row a criterion: the last weeks (value, low, high, n) against the weeks before (past), and the target.

    Ordered by the distance to target, the largest gap first.
    """
    frame = query(_SKILLS, (team_id, rep_id, since(recent_weeks), since(WEEKS)), needs=["calls", "call_scores"])
    if frame.empty:
        return frame
    frame = frame[frame["n"] > 0].copy()
    margins = [t_margin(sd, n) for sd, n in zip(frame["sd"], frame["n"], strict=True)]
    frame["low"] = (frame["value"] - margins).clip(0, 100)
    frame["high"] = (frame["value"] + margins).clip(0, 100)
    frame["name"] = [_name(row) for row in rows(frame)]
    frame["gap"] = frame["target"] - frame["value"]
    return frame.sort_values("gap", ascending=False, ignore_index=True)


def teams() -> Sequence[str]:
    """The teams with scored calls, by name."""
    frame = query(
        "SELECT DISTINCT team_id FROM lake.published.reps WHERE team_id IS NOT NULL ORDER BY 1", needs=["reps"]
    )
    return [] if frame.empty else list(frame["team_id"])


def _name(row: Any) -> str:
    """Lines of business may call a criterion differently; all together it goes by its id."""
    return str(row.criterion_name if row.name_count == 1 else row.criterion_id.replace("_", " ").capitalize())
