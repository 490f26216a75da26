"""What becomes of an offer: too soon, doubtful, beside the point, turned down, the same again, or taken."""

from dataclasses import replace

from coachlake.practice.customer.acts import CustomerAct, Offer, RepActs
from coachlake.practice.customer.policy.agenda import wind_up
from coachlake.practice.customer.policy.step import Step
from coachlake.practice.customer.state import CustomerState, appraise, voice
from coachlake.practice.scenarios.schema import Issue

_BELIEVES_FROM = 0.18


def consider(state: CustomerState, acts: RepActs, offer: Offer) -> Step:
    """The customer's answer to an offer."""
    if state.is_all_settled:
        return wind_up(state)
    if offer.issue is None:
        return appraise(state, "irrelevant_offer"), [CustomerAct("not_relevant")]
    issue = state.scenario.issue(offer.issue)
    if any(need not in state.told for need in issue.needs):
        return appraise(state, "too_soon"), [CustomerAct("too_soon")]
    if "hedge" in acts:
        return appraise(state, "hedge"), [CustomerAct("doubt")]
    if _is_rejected(state, issue, offer):
        return _reject(state, issue, offer)
    return _weigh(state, acts, issue, offer)


def _is_rejected(state: CustomerState, issue: Issue, offer: Offer) -> bool:
    if issue.rejects == "nothing":
        return False
    if offer.rejection and offer.rejection not in state.rejections:
        return True
    return issue.id not in state.rejected_issues and (issue.rejects == "first" or not offer.is_fitting)


def _reject(state: CustomerState, issue: Issue, offer: Offer) -> Step:
    """Words that reject what was offered; for an offer nobody foresaw, words that name none."""
    rejections = state.scenario.of_kind("rejection")
    challenge = next((one for one in rejections if one.id == offer.rejection), rejections[0])
    state = voice(replace(state, rejected_issues=(*state.rejected_issues, issue.id)), challenge)
    if offer.rejection is None:
        return state, [CustomerAct("reject_other", challenge.id)]
    return replace(state, rejections=(*state.rejections, offer.rejection)), [CustomerAct("rejection", offer.rejection)]


def _weigh(state: CustomerState, acts: RepActs, issue: Issue, offer: Offer) -> Step:
    if offer.adaptation == "repeated" or offer.rejection in state.rejections:
        rejections = state.scenario.of_kind("rejection")
        pending = next((challenge for challenge in rejections if challenge.id in state.voiced), None)
        state = replace(appraise(state, "same_offer"), pending=pending)
        return state, [CustomerAct("reject_again", pending.id if pending else None)]
    if state.affect.trust < _BELIEVES_FROM:
        # Not believed yet, but a clear answer does its part.
        return appraise(state, "firm_offer"), [CustomerAct("disbelief")]
    state = appraise(state, "changed_offer" if offer.adaptation == "changed" else "firm_offer")
    has_date = state.has_date or "commit_date" in acts
    state, more = wind_up(replace(state, settled=(*state.settled, issue.id), has_date=has_date))
    return state, [CustomerAct("accept"), *more]
