"""`programme_diagnosis` in words: a rule's condition, its evidence, and what to do where it applies."""

from collections.abc import Mapping
from typing import Any

from coachlake.display.formatting import is_missing

Row = Mapping[str, Any]
_Figures = Mapping[str, float]

_CONDITIONS = {
    "no_tracking": "Soft skills have been tracked for fewer than four weeks",
    "reviewers_disagree": "Reviewers do not agree with each other on a criterion (weighted kappa under 0.61)",
    "coverage_without_change": (
        "Nearly every call is scored (95 % or more), yet no line of business improved in four weeks"
    ),
    "scores_without_csat": (
        "A criterion's scores rose in four weeks while CSAT did not, and the two are not associated"
    ),
}
_RECOMMENDATIONS = {
    "start_with_two_skills": ("Start with empathy and interruptions: they are frequent, and easy to see in a quote."),
    "rewrite_anchors": (
        "Rewrite the anchors of these criteria with sharper examples, then have the same calls reviewed again."
    ),
    "give_practice": "Give reps practice: scores alone change nothing. Tie each talk to a moment of a call.",
    "tie_to_moments": "Tie feedback to moments: some priorities have none to show.",
    "ask_coaches_and_reps": (
        "Ask coaches whether the moments are talked about, and reps whether practice fits their calls."
    ),
    "read_good_moments": (
        "These criteria may measure phrasing, not behaviour: read their good moments, add hard negatives to anchors."
    ),
}
_UNKNOWN = {
    "reviewers_disagree": "No criterion has calls that two people reviewed and a calibration since.",
    "coverage_without_change": "Too few calls in the last eight weeks to compare four weeks with the four before.",
    "scores_without_csat": (
        "Too few calls with CSAT in the last eight weeks to compare four weeks with the four before."
    ),
}


def condition(row: Row) -> str:
    """When the rule applies: `row` of published.programme_diagnosis."""
    return _CONDITIONS[row["rule_id"]]


def recommendation(row: Row) -> str:
    """What to do where it applies."""
    return _RECOMMENDATIONS[row["recommendation_code"]]


def evidence(row: Row) -> str:
    """The figures behind the rule, or why it cannot be told yet."""
    if is_missing(row["is_triggered"]):
        return _UNKNOWN[row["rule_id"]]
    figures = dict(row["figures"])
    if row["rule_id"] == "reviewers_disagree":
        return (
            f"{figures['weak_count']:.0f} of {figures['measured_count']:.0f} criteria under 0.61; the weakest is "
            f"{row['criterion_name']} with {figures['weakest']:.2f}."
        )
    return {"no_tracking": _tracked, "coverage_without_change": _covered, "scores_without_csat": _risen}[
        row["rule_id"]
    ](figures)


def _tracked(figures: _Figures) -> str:
    return f"{figures['week_count']:.0f} of the last {figures['lookback_weeks']:.0f} weeks have scored calls."


def _covered(figures: _Figures) -> str:
    return (
        f"Coverage {100 * figures['coverage_share']:.0f} %; overall score {figures['mean_change']:+.1f} points against "
        f"the four weeks before, {figures['improved_count']:.0f} of {figures['rubric_count']:.0f} lines of business up "
        f"beyond chance. {figures['evidenced_count']:.0f} of {figures['priority_count']:.0f} priorities show their "
        f"moments; {figures['attempt_count']:.0f} practice attempts in four weeks."
    )


def _risen(figures: _Figures) -> str:
    return (
        f"{figures['risen_count']:.0f} of {figures['measured_count']:.0f} criteria rose beyond chance; "
        f"{figures['suspect_count']:.0f} of them without CSAT and without an association with it."
    )
