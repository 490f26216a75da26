"""Answers to the rep's questions."""

from dataclasses import replace

from coachlake.practice.customer.acts import CustomerAct, Question, RepActs
from coachlake.practice.customer.policy.step import Step
from coachlake.practice.customer.state import CustomerState, appraise, tell
from coachlake.practice.scenarios.schema import Fact

# Closed questions in a row that feel like a form.
_BARRAGE = 3


def to_question(state: CustomerState, acts: RepActs, question: Question | None) -> Step:
    """The answer; no act where nothing was asked."""
    # "What do you want me to do about it?" asks nothing.
    is_retort = "tension" in acts and question is not None and question.fact is None
    if question is None or is_retort:
        return replace(state, closed_streak=0), []
    if question.form == "open":
        state = appraise(replace(state, closed_streak=0), "open_question")
    else:
        state = replace(state, closed_streak=state.closed_streak + 1)
    if state.closed_streak >= _BARRAGE and question.fact is None:
        return appraise(replace(state, closed_streak=0), "question_barrage"), [CustomerAct("criticise_questions")]
    if question.fact is not None:
        return _answer_with(state, state.scenario.fact(question.fact))
    if question.data:
        return appraise(state, "data_question"), [CustomerAct(question.data)]
    return _to_open(state) if question.form == "open" else (state, [_to_closed(question)])


def _to_open(state: CustomerState) -> Step:
    """What an open question brings out: what would work after a no, else the next fact."""
    rejections = [challenge.id for challenge in state.scenario.of_kind("rejection") if challenge.id in state.voiced]
    if state.rejected_issues and state.open_issues and rejections:
        return appraise(state, "changed_offer"), [CustomerAct("would_work", rejections[-1])]
    # What a fix waits for comes first.
    left = [fact for fact in state.untold if state.affect.trust >= fact.needs_trust]
    fact = next((fact for fact in left if fact.id in state.needed_facts), left[0] if left else None)
    return _answer_with(state, fact) if fact else (state, [CustomerAct("nothing_to_add")])


def _to_closed(question: Question) -> CustomerAct:
    """To a question that goes to no fact."""
    if question.is_wh:
        return CustomerAct("dont_know")
    return CustomerAct("disconfirm" if question.is_about_customer else "unsure")


def _answer_with(state: CustomerState, fact: Fact) -> Step:
    if fact.id in state.told:
        return appraise(state, "told_already"), [CustomerAct("told_already")]
    if state.affect.trust < fact.needs_trust:
        return state, [CustomerAct("withhold")]
    return tell(appraise(state, "relevant_question"), fact.id), [CustomerAct("fact", fact.id)]
