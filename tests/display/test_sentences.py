"""Rows of the published tables in words."""

from typing import Any

import pytest

from coachlake.display.sentences.correlations import correlation
from coachlake.display.sentences.diagnosis import condition, evidence, recommendation
from coachlake.display.sentences.priorities import period_priority, priority
from coachlake.display.sentences.sampling import sampling_price
from coachlake.display.sentences.signals import signal_summary
from coachlake.display.sentences.transfer import practice_transfer

_PRIORITY: dict[str, Any] = {
    "criterion_name": "Empathy", "mean_score": 30.0, "target_score": 60.0, "call_count": 9, "change_4_weeks": None,
    "signal": None, "signal_value": None, "signal_target": None, "reason_code": "deteriorating",
    "association_factor": 1.0, "associated_outcome": None,
}  # fmt: skip
_CORRELATION: dict[str, Any] = {
    "criterion_name": "Empathy", "outcome": "csat", "scope": "overall", "queue": "all", "n": 400, "r": 0.3,
    "r_low": 0.21, "r_high": 0.38, "minimum_detectable_r": 0.14, "adjusted_effect": 0.12, "adjusted_low": 0.08,
    "adjusted_high": 0.16, "reason_code": "associated", "adjusted_reason_code": "associated",
}  # fmt: skip
_UNADJUSTED = {"adjusted_effect": None, "adjusted_low": None, "adjusted_high": None, "adjusted_reason_code": None}
_PRICE: dict[str, Any] = {
    "sample_share": 0.05, "n_weeks": 30, "n_bad_weeks": 20, "missed_bad_week_share": 0.9,
    "missed_bad_week_share_low": 0.7, "missed_bad_week_share_high": 0.97, "wrong_rep_share": 0.8,
    "wrong_rep_share_low": 0.6, "wrong_rep_share_high": 0.9,
}  # fmt: skip
_TRANSFER: dict[str, Any] = {
    "criterion_name": "Empathy", "n_practised": 3, "n_not_practised": 4, "change_practised": 10.0,
    "change_not_practised": 2.0, "difference": 8.0, "difference_low": -1.0, "difference_high": 17.0,
    "reason_code": "may_be_chance",
}  # fmt: skip


def test_a_priority_says_gap_signal_trend_and_association() -> None:
    assert (
        priority(_PRIORITY)
        == "Empathy: 30 against a target of 60 over 9 calls in four weeks, and falling below the usual range."
    )
    interruptions = _PRIORITY | {
        "criterion_name": "Interruptions", "mean_score": 50.0, "target_score": 67.0, "change_4_weeks": -6.0,
        "signal": "interrupted_share", "signal_value": 0.14, "signal_target": 0.1, "reason_code": "falling",
        "association_factor": 1.2, "associated_outcome": "csat",
    }  # fmt: skip
    assert priority(interruptions) == (
        "Interruptions: 14 % of customer statements interrupted against a target under 10 %, 50 against a target of 67 "
        "over 9 calls in four weeks, 6 points down; calls with more of it go with higher CSAT."
    )
    hedges = _PRIORITY | {
        "criterion_name": "Resolution confidence", "signal": "hedges_per_call", "signal_value": 3.64,
        "signal_target": 3.0, "change_4_weeks": 5.2, "reason_code": "rising", "association_factor": 1.1,
        "associated_outcome": "is_converted",
    }  # fmt: skip
    assert priority(hedges) == (
        "Resolution confidence: 3.6 hedges a call against at most 3, 30 against a target of 60 over 9 calls in four "
        "weeks, 5 points up; calls with more of it go with more conversions."
    )


def test_the_priority_of_a_period_is_told_or_absent() -> None:
    row = {
        "priority_criterion_id": "c", "priority_criterion_name": "C", "priority_mean_score": 40.4,
        "priority_target_score": 60.0, "priority_call_count": 3, "priority_reason_code": "deteriorating",
    }  # fmt: skip
    told = "C: 40 against a target of 60 over 3 calls in the four weeks before"
    assert period_priority(row) == f"{told}, and falling below the usual range."
    assert period_priority(row | {"priority_reason_code": "below_target"}) == f"{told}."
    assert period_priority(dict.fromkeys(row)) is None


def test_correlations_are_said_as_association() -> None:
    assert correlation(_CORRELATION) == (
        "Empathy is associated with higher CSAT over all calls: r = 0.30 (0.21 to 0.38), 400 calls. Adjusted for "
        "duration, queue, tenure and rep, 10 points more go with +0.12 (+0.08 to +0.16)."
    )
    unclear = _CORRELATION | {"adjusted_low": -0.02, "adjusted_reason_code": "not_shown", "r": -0.3}
    assert correlation(unclear) == (
        "Empathy is associated with lower CSAT over all calls: r = -0.30 (0.21 to 0.38), 400 calls. Adjusted for "
        "duration, queue, tenure and rep, no association remains clear: +0.12 (-0.02 to +0.16) for 10 points."
    )
    in_queue = _CORRELATION | _UNADJUSTED | {
        "outcome": "is_converted", "scope": "queue", "queue": "win_back", "n": 90, "r": 0.05, "r_low": -0.16,
        "r_high": 0.25, "minimum_detectable_r": 0.29, "reason_code": "not_shown",
    }  # fmt: skip
    assert correlation(in_queue) == (
        "No association of Empathy with conversion shown in queue win_back: r = 0.05 (-0.16 to 0.25), 90 calls; one of "
        "0.29 or more would have been found four times in five."
    )
    few = _CORRELATION | _UNADJUSTED | {"scope": "between_reps", "n": 3, "r": None, "reason_code": "too_few"}
    assert correlation(few) == "Empathy and CSAT between reps: too few reps to tell (3)."


def test_the_price_of_sampling_is_said_with_its_interval() -> None:
    assert sampling_price(_PRICE) == (
        "A sample of 5 % misses 90 of 100 bad weeks (70 to 97; 20 bad weeks) and names another rep, or none, as the "
        "one who needs help most in 80 of 100 weeks of a team (60 to 90; 30 weeks)."
    )
    nothing = {"sample_share": 0.1, "missed_bad_week_share": float("nan"), "wrong_rep_share": None}
    assert sampling_price(_PRICE | nothing) == "A sample of 10 % meets no bad week in this period."


def test_transfer_says_what_it_can() -> None:
    moved = (
        "Empathy: live scores of 3 reps who practised moved by +10.0 points, those of 4 who did not by +2.0; "
        "difference +8.0 (-1.0 to +17.0)"
    )
    assert practice_transfer(_TRANSFER) == f"{moved}, which may be chance."
    assert practice_transfer(_TRANSFER | {"reason_code": "for_practice"}) == f"{moved}."
    assert practice_transfer(_TRANSFER | {"reason_code": "against_practice"}) == f"{moved}, against practice."
    assert practice_transfer(_TRANSFER | {"n_practised": 1, "reason_code": "too_few"}) == (
        "Cannot be told yet: 1 reps practised and 4 did not with enough calls around it."
    )


@pytest.mark.parametrize(
    ("signal", "value", "target", "said"),
    [
        ("empathy_share", 0.125, None, "Empathy shown in 12 % of 16 applicable situations"),
        ("interrupted_share", 0.14, 0.1, "14 % of 16 customer statements interrupted, target under 10 %"),
        ("interrupted_share", 0.14, None, "14 % of 16 customer statements interrupted"),
        ("open_question_share", 0.5, None, "Of 16 questions in discovery 50 % were open"),
        ("customer_calmed_share", 0.5, None, "After 50 % of 16 escalations the customer calmed down"),
        ("hedges_per_call", 3.64, 3.0, "3.6 hedges a call over 16 calls, at most 3"),
        ("regulation_slope", 0.1, None, "Tension rises by +0.10 with each step of escalation over 16 calls (0: level)"),
        ("rep_talk_share", 0.5, None, "The rep speaks 50 % of the time over 16 calls"),
    ],
)
def test_a_managers_signals_have_n_and_target(signal: str, value: float, target: float | None, said: str) -> None:
    assert signal_summary({"signal": signal, "value": value, "n": 16, "target": target}) == said


_RULES: list[tuple[dict[str, Any], str, str]] = [
    (
        {"rule_id": "no_tracking", "recommendation_code": "start_with_two_skills",
         "figures": {"week_count": 2.0, "lookback_weeks": 26.0}},
        "2 of the last 26 weeks have scored calls.",
        "Start with empathy and interruptions: they are frequent, and easy to see in a quote.",
    ),
    (
        {"rule_id": "reviewers_disagree", "recommendation_code": "rewrite_anchors", "criterion_name": "Empathy",
         "figures": [("weak_count", 1.0), ("measured_count", 2.0), ("weakest", 0.4)]},  # as pandas gives a map
        "1 of 2 criteria under 0.61; the weakest is Empathy with 0.40.",
        "Rewrite the anchors of these criteria with sharper examples, then have the same calls reviewed again.",
    ),
    (
        {"rule_id": "coverage_without_change", "recommendation_code": "give_practice",
         "figures": {"coverage_share": 0.99, "mean_change": 0.5, "improved_count": 0.0, "rubric_count": 1.0,
                     "evidenced_count": 3.0, "priority_count": 4.0, "attempt_count": 0.0}},
        "Coverage 99 %; overall score +0.5 points against the four weeks before, 0 of 1 lines of business up beyond "
        "chance. 3 of 4 priorities show their moments; 0 practice attempts in four weeks.",
        "Give reps practice: scores alone change nothing. Tie each talk to a moment of a call.",
    ),
    (
        {"rule_id": "scores_without_csat", "recommendation_code": "read_good_moments",
         "figures": {"risen_count": 2.0, "measured_count": 2.0, "suspect_count": 1.0}},
        "2 of 2 criteria rose beyond chance; 1 of them without CSAT and without an association with it.",
        "These criteria may measure phrasing, not behaviour: read their good moments, add hard negatives to anchors.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("row", "seen", "advice"), _RULES, ids=[row["rule_id"] for row, *_ in _RULES])
def test_a_rule_says_condition_evidence_and_advice(row: dict[str, Any], seen: str, advice: str) -> None:
    assert condition(row)
    assert evidence(row | {"is_triggered": True}) == evidence(row | {"is_triggered": False}) == seen
    assert recommendation(row) == advice


@pytest.mark.parametrize("rule", ["reviewers_disagree", "coverage_without_change", "scores_without_csat"])
def test_a_rule_that_cannot_be_told_says_what_is_missing(rule: str) -> None:
    said = evidence({"rule_id": rule, "is_triggered": None, "figures": {}})
    assert said.startswith(("No criterion has", "Too few calls"))
