"""The customer's reply to one turn of the rep."""

from dataclasses import replace

from coachlake.practice.customer.acts import (
    CustomerAct,
    CustomerFunction,
    Offer,
    Question,
    RepActs,
    RepFunction,
    Sympathy,
    find,
)
from coachlake.practice.customer.policy.agenda import due, vent, voiced
from coachlake.practice.customer.policy.idle import to_rest
from coachlake.practice.customer.policy.offers import consider
from coachlake.practice.customer.policy.questions import to_question
from coachlake.practice.customer.policy.reception import receive
from coachlake.practice.customer.policy.step import Step
from coachlake.practice.customer.state import CustomerState, appraise, end, raise_issue

# A call has gone on long enough; nobody in it is still getting anywhere.
MAX_REP_TURNS = 18
_MAX_ACTS = 3
_HOLDS_BACK = 2
_SLAMS_FROM = 0.5
_IGNORED: tuple[CustomerFunction, ...] = ("contact_check", "object", "not_understood")
_SULKING: tuple[CustomerFunction, ...] = ("protest", "criticise_formula", "acknowledge")
# Turns that answer nothing, the first that applies: what the customer says instead of going on.
_TO_NO_ANSWER: dict[RepFunction, CustomerFunction] = {
    "silence": "contact_check",
    "other_language": "language_not_understood",
    "prompt_injection": "not_understood",
    "insult": "object",
    "monologue": "not_followed",
    "self_repetition": "criticise_repetition",
}


def open_call(state: CustomerState) -> Step:
    """The customer's first words."""
    if not state.scenario.is_outbound:
        state = raise_issue(state, state.scenario.issues[0].id)
    return state, [CustomerAct("opening")]


def respond(state: CustomerState, acts: RepActs, *, is_interruption: bool = False) -> Step:
    """What the customer does after the rep's turn; `ended_by` is set where these are the last words."""
    state = appraise(replace(state, turn_count=state.turn_count + 1), "turn")
    first = [CustomerAct("keep_turn")] if is_interruption else []
    if is_interruption:
        state = appraise(state, "interrupted")
    if no_answer := next((act for act in _TO_NO_ANSWER if act in acts), None):
        return _or_end(appraise(state, no_answer), [*first, CustomerAct(_TO_NO_ANSWER[no_answer])])
    state, reaction = receive(state, acts)
    first += reaction
    state, answer = _answer(state, acts, has_reacted=bool(first))
    said = [*first, *answer]
    if state.ended_by == "resolved":  # nobody sulks and says thank you in one breath
        said = [act for act in said if act.function not in _SULKING]
    return _or_end(state, said[:_MAX_ACTS])


def _answer(state: CustomerState, acts: RepActs, *, has_reacted: bool) -> Step:
    """What they say next, after how the turn came over."""
    if state.scenario.is_outbound and not state.raised:
        issue = state.scenario.issues[0].id
        return raise_issue(state, issue), [CustomerAct("issue", issue)]
    # Somebody who has just been understood does not shout in the next breath; a turn or two later they may.
    is_open_to_anger = Sympathy("good") not in acts or state.turn_count > _HOLDS_BACK
    if is_open_to_anger and (outburst := vent(state)):
        return voiced(state, outburst)
    question, offer = find(acts, Question), find(acts, Offer)
    if offer and not _goes_first(state, question):
        return consider(state, acts, offer)
    if "ask_permission" in acts and question is None:
        return appraise(state, "permission_asked"), [CustomerAct("give_permission")]
    state, said = to_question(state, acts, question)
    if not said:
        state, said = to_rest(state, acts, has_reacted=has_reacted)
    if said and state.ended_by is None and (trouble := due(state, "trouble")):
        state, more = voiced(state, trouble)
        said = [*said, *more]
    return state, said


def _goes_first(state: CustomerState, question: Question | None) -> bool:
    """A question for something not told yet is answered before an offer in the same breath is weighed."""
    fact = question.fact if question else None
    return fact is not None and fact not in state.told and fact in state.needed_facts


def _or_end(state: CustomerState, said: list[CustomerAct]) -> Step:
    """The acts, or hanging up where it is enough, or giving up where it has gone on too long."""
    if state.ended_by:
        return state, said
    is_ignored = any(act.function in _IGNORED for act in said)
    is_at_end = state.affect.is_at_end
    if is_at_end and (state.affect.anger >= _SLAMS_FROM or is_ignored):
        return end(state, "customer_hung_up"), [CustomerAct("hang_up")]
    # Out of patience but not angry: they give up politely.
    if is_at_end or state.turn_count >= MAX_REP_TURNS:
        return end(state, "unresolved"), [CustomerAct("give_up")]
    return state, said or [CustomerAct("backchannel")]
