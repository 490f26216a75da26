"""How the rep's turn came over, before what it asked or offered."""

from dataclasses import replace

from coachlake.practice.customer.acts import CustomerAct, RepActs, Sympathy, find
from coachlake.practice.customer.policy.step import Step
from coachlake.practice.customer.state import CustomerState, appraise
from coachlake.practice.scenarios.schema import Challenge


def receive(state: CustomerState, acts: RepActs) -> Step:
    """The customer's reaction to the turn's manner; whatever was pending has been answered now, well or not."""
    pending = state.pending
    has_date = state.has_date or ("commit_date" in acts and bool(state.settled))
    state = replace(state, pending=None, has_date=has_date)
    if "paraphrase" in acts:
        state = appraise(state, "paraphrase")
    if "tension" in acts:
        return appraise(state, "tension"), [CustomerAct("protest")]
    if pending is None:
        return _unprompted(state, acts)
    return (state, []) if pending.kind == "rejection" else _to_challenge(state, acts, pending)


def _to_challenge(state: CustomerState, acts: RepActs, pending: Challenge) -> Step:
    """The rep's answer to trouble or an outburst."""
    sympathy = find(acts, Sympathy)
    is_escalation = pending.kind == "escalation"
    if sympathy == Sympathy("good") or (sympathy is None and "paraphrase" in acts):
        return appraise(state, "calmed" if is_escalation else "specific_sympathy"), [CustomerAct("appreciate")]
    if is_escalation and "concession" in acts:
        return appraise(state, "concession"), []
    if sympathy == Sympathy("average") or "formula" in acts:
        state = replace(state, formula_count=state.formula_count + 1)
        if state.formula_count < 2:
            return appraise(state, "formula"), [CustomerAct("acknowledge")]
        return appraise(state, "formula_again"), [CustomerAct("criticise_formula")]
    if is_escalation:
        return appraise(state, "stayed_level"), []
    return appraise(state, "passed_over"), [CustomerAct("protest")]


def _unprompted(state: CustomerState, acts: RepActs) -> Step:
    """Warmth where no challenge was pending: what they said was trouble enough, or it is a formula."""
    if Sympathy("good") in acts:
        is_thanked = state.turn_count == 1 or state.is_all_settled
        return appraise(state, "noticed"), [CustomerAct("appreciate")] if is_thanked else []
    if "formula" not in acts:
        return state, []
    # Sympathy where nothing called for it: once is manners, after that a formula.
    state = replace(state, formula_count=state.formula_count + 1)
    if state.formula_count < 2:
        return state, []
    return appraise(state, "formula_out_of_place"), [CustomerAct("criticise_formula")]
