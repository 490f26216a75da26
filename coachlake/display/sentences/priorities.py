"""`coaching_priorities` and the priority of `one_to_ones` in words."""

from collections.abc import Mapping
from typing import Any

from coachlake.display.formatting import is_missing

Row = Mapping[str, Any]


def priority(row: Row) -> str:
    """Why a rep should work on a skill: `row` of published.coaching_priorities."""
    return f"{row['criterion_name']}: {_signal(row)}{_gap(row)}{_trend(row)}{_association(row)}."


def period_priority(row: Row) -> str | None:
    """The priority of a period of published.one_to_ones; None where the rep had none."""
    if is_missing(row["priority_criterion_id"]):
        return None
    fall = ", and falling below the usual range" if row["priority_reason_code"] == "deteriorating" else ""
    return (
        f"{row['priority_criterion_name']}: {row['priority_mean_score']:.0f} against a target of "
        f"{row['priority_target_score']:.0f} over {row['priority_call_count']:.0f} calls in the four weeks before"
        f"{fall}."
    )


def _signal(row: Row) -> str:
    if is_missing(row["signal_value"]) or is_missing(row["signal_target"]):
        return ""
    value, target = row["signal_value"], row["signal_target"]
    if row["signal"] == "interrupted_share":
        return f"{100 * value:.0f} % of customer statements interrupted against a target under {100 * target:.0f} %, "
    return f"{value:.1f} hedges a call against at most {target:.0f}, "


def _gap(row: Row) -> str:
    return (
        f"{row['mean_score']:.0f} against a target of {row['target_score']:.0f} over {row['call_count']:.0f} calls "
        "in four weeks"
    )


def _trend(row: Row) -> str:
    if row["reason_code"] == "deteriorating":
        return ", and falling below the usual range"
    if row["reason_code"] == "falling":
        return f", {-row['change_4_weeks']:.0f} points down"
    return f", {row['change_4_weeks']:.0f} points up" if row["reason_code"] == "rising" else ""


def _association(row: Row) -> str:
    if row["association_factor"] <= 1:
        return ""
    outcome = "higher CSAT" if row["associated_outcome"] == "csat" else "more conversions"
    return f"; calls with more of it go with {outcome}"
