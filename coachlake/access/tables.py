"""What each table the app reads tells about people: whose rows they are, and which columns must not be told to all.

A table that is not here is read by nobody: a new one is hidden until somebody has said whose it is.
"""

from dataclasses import dataclass
from typing import Literal

# Whose a row is. rep: its rep_id and team_id; rep alone: its rep_id; call: that of its call_id; scope: what its columns
# scope and scope_id name; centre: figures of the whole centre; all: says nothing of anybody.
Owner = Literal["rep", "rep alone", "call", "scope", "centre", "all"]


@dataclass(frozen=True, slots=True)
class About:
    """`ids` are replaced by pseudonyms and `words` by NULL for those who do not see a row as it is."""

    owner: Owner
    ids: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


_REP = ("rep_id",)
_CALL = ("call_id", "rep_id")
PUBLISHED: dict[str, About] = {
    "call_evidence": About("rep", ("evidence_id", "score_id", *_CALL), ("quote", "cue_quote", "why")),
    "call_participants": About("call", ("participant_id", "call_id"), ("label", "participant_name", "first_words")),
    "call_scores": About("rep", ("score_id", *_CALL)),
    "call_signals": About("call", ("signal_id", "call_id"), ("quote", "label")),
    "call_turns": About("call", ("call_id",), ("text",)),
    "calls": About("rep", _CALL, ("rep_name", "reason")),
    "coaching_priorities": About("rep", _REP, ("moments_to_discuss", "moment_to_keep")),
    "delivered_entries": About("call", ("call_id",), ("entry", "reason")),
    "one_to_ones": About("rep", _REP, ("rep_name", "moments", "strength")),
    "practice_assignments": About("rep", ("assignment_id", "rep_id", "evidence_id", "assigned_by")),
    "practice_trajectories": About("rep", ("attempt_id", "assignment_id", *_CALL)),
    "rep_history": About("rep", _REP, ("rep_name",)),
    "rep_weekly_scores": About("rep", _REP),
    "rep_weekly_signals": About("rep", _REP),
    "reps": About("rep", _REP, ("rep_name", "rep_hired_on")),
    "review_agreements": About("rep", ("review_id", "reviewer_id", *_CALL), ("note", "quote")),
    "sampling_comparisons": About("rep alone", _REP),
    "signal_summaries": About("scope", ("scope_id",)),
    "calibrations": About("centre"),
    "data_checks": About("centre", words=("observed",)),
    "held_back": About("centre", words=("why",)),
    "nightly_stages": About("centre"),
    "outcome_correlations": About("centre"),
    "practice_transfers": About("centre"),
    "programme_diagnosis": About("centre"),
    "sampling_prices": About("centre"),
    "data_dictionary": About("all"),
    "nightly_coverage": About("all"),
}
# What people entered a moment ago, and where a call's recording is.
RAW: dict[str, About] = {
    "calls": About("rep", _CALL, ("rep_name", "rep_hired_on", "reason", "audio_uri", "audio_sha256", "work_key")),
    "human_reviews": About("call", ("review_id", "call_id", "reviewer_id"), ("note",)),
    "role_answers": About("call", ("answer_id", "call_id", "answered_by"), ("label", "labels")),
    "strikes": About("call", ("strike_id", "call_id", "struck_by"), ("quote", "why")),
    "practice_assignments": About("rep alone", ("assignment_id", "rep_id", "evidence_id", "assigned_by")),
    "practice_attempts": About("rep alone", ("attempt_id", "assignment_id", *_CALL)),
    "rubric_criteria": About("all"),
}
