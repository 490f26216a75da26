"""What the customer brings up by themselves: challenges that are due, the next issue, a date, goodbye."""

from dataclasses import replace

from coachlake.practice.customer.acts import CustomerAct
from coachlake.practice.customer.policy.step import Step
from coachlake.practice.customer.state import CustomerState, end, raise_issue, voice
from coachlake.practice.scenarios.schema import Challenge, ChallengeKind

# Anger from which an outburst may come, and how far the rep's turn must have raised it to have provoked one.
_VENTS_FROM, _PROVOKED_FROM = 0.5, 0.08
_SATISFIED_FROM = 0.3
_ASKS_WHEN = 2


def due(state: CustomerState, kind: ChallengeKind, *, is_provoked: bool = False) -> Challenge | None:
    """The next challenge of a kind where its time has come, or the rep has provoked it."""
    challenge = next((one for one in state.scenario.of_kind(kind) if one.id not in state.voiced), None)
    if challenge is None or is_provoked:
        return challenge
    if challenge.after is None:
        return None
    delay = state.delay if challenge.after > 1 else 0
    return challenge if state.turn_count >= challenge.after + delay else None


def vent(state: CustomerState) -> Challenge | None:
    """The outburst that is due or was provoked by the present turn."""
    provoked = any(turn == state.turn_count and one.anger >= _PROVOKED_FROM for turn, one in state.appraised)
    return due(state, "escalation", is_provoked=provoked and state.affect.anger >= _VENTS_FROM and state.turn_count > 1)


def voiced(state: CustomerState, challenge: Challenge) -> Step:
    """The challenge as the customer's act."""
    return voice(state, challenge), [CustomerAct(challenge.kind, challenge.id)]


def wind_up(state: CustomerState) -> Step:
    """After something was settled: the next issue, else a date, else goodbye."""
    if state.open_issues:
        return state, [CustomerAct("brings_back", state.open_issues[0])]
    if unraised := [issue.id for issue in state.scenario.issues if issue.id not in state.raised]:
        return raise_issue(state, unraised[0]), [CustomerAct("issue", unraised[0])]
    if trouble := due(state, "trouble", is_provoked=not state.has_voiced("trouble")):
        return voiced(state, trouble)
    if state.has_date:
        return end_well(state)
    if state.when_asked < _ASKS_WHEN:
        return replace(state, when_asked=state.when_asked + 1), [CustomerAct("ask_when")]
    return give_up(state)


def end_well(state: CustomerState) -> Step:
    """Goodbye with everything settled: thanks only where there is a date, trust, and nothing was passed over."""
    if state.affect.trust < _SATISFIED_FROM or not state.has_date:
        return give_up(state)
    # Settled, but what they had just told was passed over: no warm words then.
    is_cool = state.was_appraised("passed_over")
    return end(state, "resolved"), [CustomerAct("cool_closing" if is_cool else "closing")]


def give_up(state: CustomerState) -> Step:
    """Goodbye without a solution."""
    return end(state, "unresolved"), [CustomerAct("give_up")]
