"""What the customer does after a turn that neither asked nor offered anything."""

from dataclasses import replace

from coachlake.practice.customer.acts import CustomerAct, RepActs, Sympathy
from coachlake.practice.customer.policy.agenda import end_well, give_up, wind_up
from coachlake.practice.customer.policy.step import Step
from coachlake.practice.customer.state import CustomerState, appraise, tell


def to_rest(state: CustomerState, acts: RepActs, *, has_reacted: bool) -> Step:
    """Goes on, waits, doubts or says goodbye. `has_reacted`: how the turn came over was answered already."""
    if "goodbye" in acts:
        return _to_goodbye(state)
    if state.is_all_settled:
        return wind_up(state)
    if "hedge" in acts:
        return appraise(state, "hedge"), [CustomerAct("doubt")]
    if "paraphrase" in acts or Sympathy("good") in acts:
        return _go_on(replace(state, idle_count=0), [] if has_reacted else [CustomerAct("confirm")])
    if has_reacted:
        return state, []
    state = appraise(replace(state, idle_count=state.idle_count + 1), "idle")
    if state.idle_count > 1:
        state = appraise(replace(state, idle_count=0), "ignored_issue")
        return state, [CustomerAct("brings_back", state.open_issues[0])]
    return state, [CustomerAct("backchannel" if "hold" in acts else "ask_next_step")]


def _go_on(state: CustomerState, said: list[CustomerAct]) -> Step:
    """Someone who feels understood goes on of their own accord, but not with what needs trust."""
    free = [fact for fact in state.untold if not fact.needs_trust]
    is_talkative = state.scenario.customer.manner != "curt" and state.turn_count > 1
    if not free or not is_talkative:
        return state, said
    return tell(state, free[0].id), [*said, CustomerAct("fact", free[0].id)]


def _to_goodbye(state: CustomerState) -> Step:
    if state.is_all_settled:
        return end_well(state) if state.has_date or state.when_asked else wind_up(state)
    state = appraise(replace(state, goodbye_count=state.goodbye_count + 1), "early_goodbye")
    if state.goodbye_count > 1:
        return give_up(state)
    return state, [CustomerAct("not_settled"), CustomerAct("brings_back", state.open_issues[0])]
