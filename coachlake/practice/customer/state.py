"""What the customer knows, wants, feels and waits for: frozen, and updated by pure functions."""

from dataclasses import dataclass, replace
from typing import Literal

from coachlake.practice.customer.affect import APPRAISALS, Affect, Appraisal
from coachlake.practice.scenarios.schema import Challenge, ChallengeKind, Fact, Scenario

EndedBy = Literal["resolved", "unresolved", "customer_hung_up", "rep_left"]


@dataclass(frozen=True, slots=True)
class CustomerState:
    """The user goal (`scenario`) and how far the call has come with it. Ids of facts, issues and challenges, in order.

    `delay`: rep turns (0 or 1) by which what comes up by itself comes later; `pending`: the challenge just voiced,
    which the rep's next turn answers; `rejected_issues`: those of which an offer was turned down; `rejections`: the
    challenges whose own kind of offer was; `appraised`: (rep turn from 1, appraisal).
    """

    scenario: Scenario
    affect: Affect
    delay: int = 0
    turn_count: int = 0
    told: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()
    voiced: tuple[str, ...] = ()
    pending: Challenge | None = None
    rejected_issues: tuple[str, ...] = ()
    rejections: tuple[str, ...] = ()
    appraised: tuple[tuple[int, Appraisal], ...] = ()
    closed_streak: int = 0
    formula_count: int = 0
    idle_count: int = 0
    when_asked: int = 0
    goodbye_count: int = 0
    has_date: bool = False
    ended_by: EndedBy | None = None

    @property
    def open_issues(self) -> list[str]:
        """Issues raised and not settled, in the order they were raised."""
        return [issue for issue in self.raised if issue not in self.settled]

    @property
    def is_all_settled(self) -> bool:
        """Whether every issue, raised or not yet, is settled."""
        return len(self.settled) == len(self.scenario.issues)

    @property
    def untold(self) -> list[Fact]:
        """Facts not told yet, in the scenario's order."""
        return [fact for fact in self.scenario.facts if fact.id not in self.told]

    @property
    def needed_facts(self) -> set[str]:
        """Facts that a fix of what is open must wait for."""
        return {need for issue in self.open_issues for need in self.scenario.issue(issue).needs}

    def has_voiced(self, kind: ChallengeKind) -> bool:
        """Whether a challenge of that kind has been voiced."""
        return any(challenge.id in self.voiced for challenge in self.scenario.of_kind(kind))

    def was_appraised(self, name: str) -> bool:
        """Whether the rep's present turn was appraised so."""
        return (self.turn_count, APPRAISALS[name]) in self.appraised


def initial_state(scenario: Scenario, delay: int) -> CustomerState:
    """Before anybody has spoken."""
    start = scenario.customer
    return CustomerState(scenario, Affect(start.patience, start.anger, start.trust), delay)


def appraise(state: CustomerState, name: str) -> CustomerState:
    """The rep's present turn moves the customer's affect."""
    appraisal = APPRAISALS[name]
    appraised = (*state.appraised, (state.turn_count, appraisal))
    return replace(state, affect=state.affect.after(appraisal), appraised=appraised)


def tell(state: CustomerState, fact_id: str) -> CustomerState:
    """A fact is told."""
    return replace(state, told=(*state.told, fact_id))


def raise_issue(state: CustomerState, issue_id: str) -> CustomerState:
    """An issue comes up."""
    return replace(state, raised=(*state.raised, issue_id))


def voice(state: CustomerState, challenge: Challenge) -> CustomerState:
    """A challenge is voiced and waits for the rep's answer."""
    return replace(state, voiced=(*state.voiced, challenge.id), pending=challenge)


def end(state: CustomerState, ended_by: EndedBy) -> CustomerState:
    """The call is over."""
    return replace(state, ended_by=ended_by)
