"""What a coach takes into a one-to-one: three moments, one strength, the trend, the agreed practice."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

import duckdb

from coachlake.display.sentences.priorities import period_priority

_PERIODS = 8  # of trend


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of a call; `url` opens it in the app at its second, where it plays if the call was recorded."""

    call_id: str
    criterion_name: str
    level: str
    start_s: float
    quote: str
    cue_quote: str | None
    why: str
    url: str
    is_recorded: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A period of the trend: the mean overall score (None without a call) over `call_count` calls."""

    start_on: date
    mean: float | None
    call_count: int


@dataclass(frozen=True, slots=True)
class Agreed:
    """A practice assignment."""

    criterion: str
    scenario: str
    due_on: date | None
    status: str
    attempt_count: int


@dataclass(frozen=True, slots=True)
class Pack:
    """One rep, one period. Scores 0–100; the interval is at 95 %, None with fewer than two calls."""

    rep_id: str
    rep_name: str
    team_id: str
    cadence: str
    start_on: date
    end_on: date
    call_count: int
    mean: float | None
    low: float | None
    high: float | None
    change: float | None
    priority_reason: str | None
    moments: tuple[Moment, ...]
    strength: Moment | None
    trend: tuple[Point, ...]
    practice: tuple[Agreed, ...]


_ROWS = """
    SELECT * FROM lake.published.one_to_ones
    WHERE cadence = $1 AND (CAST($2 AS VARCHAR) IS NULL OR rep_id = $2)
        AND period_start_on = coalesce(CAST($3 AS DATE), (
            SELECT max(period_start_on) FROM lake.published.one_to_ones
            WHERE cadence = $1 AND (CAST($2 AS VARCHAR) IS NULL OR rep_id = $2)
                AND (CAST($4 AS DATE) IS NULL OR period_end_on < CAST($4 AS DATE))))
    ORDER BY rep_name, rep_id
"""
_TREND = """
    SELECT rep_id, period_start_on, mean_overall_score, call_count FROM lake.published.one_to_ones
    WHERE cadence = $1 AND list_contains($2, rep_id) AND period_start_on <= $3
    QUALIFY row_number() OVER (PARTITION BY rep_id ORDER BY period_start_on DESC) <= $4
    ORDER BY rep_id, period_start_on
"""
_PRACTICE = """
    SELECT rep_id, criterion_id, scenario_id, due_on, status, attempt_count
    FROM lake.published.practice_assignments
    WHERE list_contains($1, rep_id) AND assigned_at < $2 + INTERVAL 1 DAY AND status != 'passed' ORDER BY rep_id, due_on
"""
_RECORDED = """
    SELECT call_id FROM lake.published.calls
    WHERE list_contains($1, call_id) AND week_start_on BETWEEN $2 AND $3 AND has_recording
"""


def read_packs(
    connection: duckdb.DuckDBPyConnection,
    app_url: str,
    *,
    cadence: str = "weekly",
    rep_id: str | None = None,
    start_on: date | None = None,
    ended_before: date | None = None,
) -> list[Pack]:
    """The packs of a period, one a rep with calls in it, by name.

    `connection` has the lake attached as `lake`. `start_on` None takes the latest period, or the latest that ended
    before `ended_before`. `app_url` is where links lead. Raises duckdb.CatalogException where nothing is published.
    """
    found = _rows(connection, _ROWS, [cadence, rep_id, start_on, ended_before])
    if not found:
        return []
    reps = [row["rep_id"] for row in found]
    trend = _rows(connection, _TREND, [cadence, reps, found[0]["period_start_on"], _PERIODS])
    practice = _rows(connection, _PRACTICE, [reps, found[0]["period_end_on"]])
    calls = [m["call_id"] for row in found for m in (*(row["moments"] or ()), row["strength"]) if m]
    period = [found[0]["period_start_on"], found[0]["period_end_on"]]
    recorded = {row["call_id"] for row in _rows(connection, _RECORDED, [calls, *period])}
    return [_pack(row, trend, practice, app_url, recorded) for row in found]


def call_url(app_url: str, moment: dict[str, Any]) -> str:
    """Address of the call page at a moment's second, with its criterion open."""
    state = {"call": moment["call_id"], "t": f"{moment['start_s']:.1f}", "criterion": moment["criterion_id"]}
    return f"{app_url.rstrip('/')}/call?{urlencode(state)}"


def _pack(
    row: dict[str, Any], trend: list[dict[str, Any]], practice: list[dict[str, Any]], app_url: str, recorded: set[str]
) -> Pack:
    strength = row["strength"]
    return Pack(
        rep_id=row["rep_id"],
        rep_name=row["rep_name"],
        team_id=row["team_id"],
        cadence=row["cadence"],
        start_on=row["period_start_on"],
        end_on=row["period_end_on"],
        call_count=row["call_count"],
        mean=row["mean_overall_score"],
        low=_within(row["mean_overall_score_low"]),
        high=_within(row["mean_overall_score_high"]),
        change=row["change_from_previous"],
        priority_reason=period_priority(row),
        moments=tuple(_moment(moment, app_url, recorded) for moment in row["moments"] or ()),
        strength=_moment(strength, app_url, recorded) if strength else None,
        trend=tuple(
            Point(point["period_start_on"], point["mean_overall_score"], point["call_count"])
            for point in trend
            if point["rep_id"] == row["rep_id"]
        ),
        practice=tuple(
            Agreed(
                item["criterion_id"], item["scenario_id"], item["due_on"], item["status"], item["attempt_count"] or 0
            )
            for item in practice
            if item["rep_id"] == row["rep_id"]
        ),
    )


def _moment(moment: dict[str, Any], app_url: str, recorded: set[str]) -> Moment:
    fields = ("call_id", "criterion_name", "level", "start_s", "quote", "cue_quote", "why")
    return Moment(
        **{name: moment[name] for name in fields},
        url=call_url(app_url, moment),
        is_recorded=moment["call_id"] in recorded,
    )


def _within(score: float | None) -> float | None:
    return None if score is None else min(100.0, max(0.0, score))


def _rows(connection: duckdb.DuckDBPyConnection, query: str, parameters: list[Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = connection.execute(query, parameters).to_arrow_table().to_pylist()
    return found
