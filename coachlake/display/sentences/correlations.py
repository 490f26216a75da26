"""`outcome_correlations` in words: association, never cause."""

from collections.abc import Mapping
from typing import Any

from coachlake.display.formatting import is_missing

_SCOPES = {"overall": "over all calls", "within_reps": "within reps", "between_reps": "between reps"}
_CONTROLLED = "Adjusted for duration, queue, tenure and rep,"


def correlation(row: Mapping[str, Any]) -> str:
    """What a row of published.outcome_correlations shows, with its interval and n."""
    return _plain(row) + _adjusted(row)


def _plain(row: Mapping[str, Any]) -> str:
    skill, outcome = row["criterion_name"], "CSAT" if row["outcome"] == "csat" else "conversion"
    scope = _SCOPES.get(row["scope"]) or f"in queue {row['queue']}"
    unit = "reps" if row["scope"] == "between_reps" else "calls"
    if row["reason_code"] == "too_few":
        return f"{skill} and {outcome} {scope}: too few {unit} to tell ({row['n']:.0f})."
    measured = f"r = {row['r']:.2f} ({row['r_low']:.2f} to {row['r_high']:.2f}), {row['n']:.0f} {unit}"
    if row["reason_code"] == "associated":
        direction = "higher" if row["r"] > 0 else "lower"
        return f"{skill} is associated with {direction} {outcome} {scope}: {measured}."
    return (
        f"No association of {skill} with {outcome} shown {scope}: {measured}; one of "
        f"{row['minimum_detectable_r']:.2f} or more would have been found four times in five."
    )


def _adjusted(row: Mapping[str, Any]) -> str:
    if is_missing(row["adjusted_reason_code"]):
        return ""
    effect, interval = f"{row['adjusted_effect']:+.2f}", f"{row['adjusted_low']:+.2f} to {row['adjusted_high']:+.2f}"
    if row["adjusted_reason_code"] == "associated":
        return f" {_CONTROLLED} 10 points more go with {effect} ({interval})."
    return f" {_CONTROLLED} no association remains clear: {effect} ({interval}) for 10 points."
