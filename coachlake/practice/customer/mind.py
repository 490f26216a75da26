"""What the customer does next: inner state moved by a reading of the rep's turn. No wording, no model, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from coachlake.practice.customer.feelings import EFFECTS, Effect, Feelings
from coachlake.practice.customer.reading import Reading
from coachlake.practice.scenarios.schema import Fact, Issue, Moment, Scenario

EndedBy = Literal["resolved", "unresolved", "customer_hung_up", "rep_left"]
# A call has gone on long enough; nobody in it is still getting anywhere.
MAX_REP_TURNS = 18
_VENTS_FROM = 0.5
_BELIEVES_FROM, _SATISFIED_FROM = 0.18, 0.3
_BARRAGE = 3
_MAX_PARTS = 3
_HOLDS_BACK = 2
_SLAMS_FROM = 0.5
_UNHEARD = ("hello", "insulted", "off_script")
_SULKING = ("brushed_off", "formula", "lukewarm")


@dataclass(frozen=True, slots=True)
class Part:
    """One thing the customer says: a move, and the fact, issue or moment it is about."""

    move: str
    about: str | None = None


@dataclass
class Mind:
    """Everything the customer knows, feels and waits for."""

    scenario: Scenario
    feelings: Feelings
    delay: int = 0
    turn_count: int = 0
    told: list[str] = field(default_factory=list)
    raised: list[str] = field(default_factory=list)
    settled: list[str] = field(default_factory=list)
    turned_down: list[str] = field(default_factory=list)  # issues of which a proposal was
    refused: list[str] = field(default_factory=list)  # rejections whose own kind of proposal was
    voiced: list[str] = field(default_factory=list)
    waiting: Moment | None = None  # the moment just voiced, which the rep's next turn answers
    effects: list[tuple[int, Effect]] = field(default_factory=list)
    closed_streak: int = 0
    phrase_count: int = 0
    idle_count: int = 0
    when_asked: int = 0
    leaving_count: int = 0
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

    def open_call(self) -> list[Part]:
        """The customer's first words."""
        if not self.scenario.is_outbound:
            self.raised.append(self.scenario.issues[0].id)
        return [Part("opening")]

    def react(self, reading: Reading, *, is_interruption: bool = False) -> list[Part]:
        """What the customer says to the rep's turn; `ended_by` is set where these are the last words."""
        self.turn_count += 1
        self._feel("turn")
        first = [Part("let_me_finish")] if is_interruption else []
        if is_interruption:
            self._feel("interrupted")
        if odd := self._odd(reading):
            return self._or_end([*first, Part(odd)])
        first += self._received(reading)
        parts = [*first, *self._answer(reading, has_reacted=bool(first))]
        if self.ended_by == "resolved":  # nobody sulks and says thank you in one breath
            parts = [part for part in parts if part.move not in _SULKING]
        return self._or_end(parts[:_MAX_PARTS])

    # -- what the turn did to them ------------------------------------------------------------------------------

    def _feel(self, name: str) -> None:
        self.feelings = self.feelings.moved(EFFECTS[name])
        self.effects.append((self.turn_count, EFFECTS[name]))

    def _odd(self, reading: Reading) -> str | None:
        """A turn that is no answer to anything: what the customer says to it instead of going on."""
        for is_so, effect, move in (
            (reading.is_silent, "silent", "hello"),
            (reading.is_foreign, "foreign", "foreign"),
            (reading.is_off_script, "off_script", "off_script"),
            (reading.is_abusive, "insulted", "insulted"),
            (reading.is_rambling, "lost", "lost"),
            (reading.is_repeated, "said_that", "said_that"),
        ):
            if is_so:
                self._feel(effect)
                return move
        return None

    def _received(self, reading: Reading) -> list[Part]:
        """How the rep's turn came over, before what it asked or offered."""
        waiting, self.waiting = self.waiting, None
        self.has_date = self.has_date or (reading.names_time and bool(self.settled))
        if reading.is_paraphrase:
            self._feel("paraphrase")
        if reading.is_tense:
            self._feel("tense")
            return [Part("brushed_off")]
        if waiting is None:
            return self._unasked(reading)
        return self._answered(waiting, reading)

    def _answered(self, waiting: Moment, reading: Reading) -> list[Part]:
        if waiting.kind == "rejection":
            return []
        if reading.empathy == "good" or (reading.empathy is None and reading.is_paraphrase):
            self._feel("specific" if waiting.kind == "trouble" else "calmed")
            return [Part("soothed")]
        if waiting.kind == "heated" and reading.is_owning:
            self._feel("granted")
            return []
        if reading.empathy == "average" or reading.is_phrase:
            self.phrase_count += 1
            self._feel("generic" if self.phrase_count < 2 else "generic_again")
            return [Part("lukewarm" if self.phrase_count < 2 else "formula")]
        if waiting.kind == "heated":
            self._feel("level")
            return []
        self._feel("brushed_off")
        return [Part("brushed_off")]

    def _unasked(self, reading: Reading) -> list[Part]:
        """Warmth where no moment was waiting for it: what they said was trouble enough, or it is a formula."""
        if reading.empathy == "good":
            self._feel("seen")
            return [Part("soothed")] if self.turn_count == 1 or self.is_all_settled else []
        return self._worn_out(reading)

    def _worn_out(self, reading: Reading) -> list[Part]:
        """Sympathy where nothing called for it: once is manners, after that a formula."""
        if not reading.is_phrase:
            return []
        self.phrase_count += 1
        if self.phrase_count < 2:
            return []
        self._feel("formula")
        return [Part("formula")]

    # -- what they say next -------------------------------------------------------------------------------------

    def _answer(self, reading: Reading, *, has_reacted: bool) -> list[Part]:
        if self.scenario.is_outbound and not self.raised:
            self.raised.append(self.scenario.issues[0].id)
            return [Part("issue", self.scenario.issues[0].id)]
        # Somebody who has just been understood does not shout in the next breath; a turn or two later they may.
        if (reading.empathy != "good" or self.turn_count > _HOLDS_BACK) and (vented := self._vent()):
            return [vented]
        if reading.is_proposal and not self._goes_first(reading):
            return self._consider(reading)
        if reading.is_yielding and reading.question is None:
            self._feel("yielded")
            return [Part("carry_on")]
        said = self._to_question(reading) or self._to_rest(reading, has_reacted=has_reacted)
        due = self._due("trouble") if said and self.ended_by is None else None
        return [*said, self._voice(due)] if due else said

    def _goes_first(self, reading: Reading) -> bool:
        """A question for something not told yet is answered before a proposal in the same breath is weighed."""
        fact = self._fact(reading.asked_fact)
        needed = {need for issue in self.open_issues for need in self._issue(issue).needs}
        return fact is not None and fact.id not in self.told and fact.id in needed

    def _vent(self) -> Part | None:
        is_provoked = self.feelings.anger >= _VENTS_FROM and self.turn_count > 1 and self._was_provoked()
        moment = self._due("heated", is_provoked=is_provoked)
        return self._voice(moment) if moment else None

    def _was_provoked(self) -> bool:
        return any(turn == self.turn_count and effect.anger >= 0.08 for turn, effect in self.effects)

    def _due(self, kind: str, *, is_provoked: bool = False) -> Moment | None:
        for moment in self.scenario.moments:
            if moment.kind != kind or moment.id in self.voiced:
                continue
            is_time = moment.after is not None and self.turn_count >= moment.after + (
                self.delay if moment.after > 1 else 0
            )
            return moment if is_time or is_provoked else None
        return None

    def _voice(self, moment: Moment) -> Part:
        self.voiced.append(moment.id)
        self.waiting = moment
        return Part(moment.kind, moment.id)

    def _to_question(self, reading: Reading) -> list[Part]:
        is_retort = reading.is_tense and self._fact(reading.asked_fact) is None  # "what do you want me to do about it?"
        if reading.question is None or is_retort:
            self.closed_streak = 0
            return []
        if reading.question == "open":
            self.closed_streak = 0
            self._feel("open")
        else:
            self.closed_streak += 1
        if self.closed_streak >= _BARRAGE and self._fact(reading.asked_fact) is None:
            self.closed_streak = 0
            self._feel("barrage")
            return [Part("barrage")]
        return [self._told(reading)]

    def _told(self, reading: Reading) -> Part:
        fact = self._fact(reading.asked_fact)
        if fact is None and reading.data:
            self._feel("data")
            return Part(reading.data)
        if fact is None and reading.question == "open":
            if self.turned_down and self.open_issues and self._last_rejection():
                self._feel("changed")
                return Part("would_work", self._last_rejection())
            fact = self._next_fact()
        if fact is None and reading.question == "open":
            return Part("nothing_left")
        if fact is None:
            if reading.asks_which:
                return Part("cannot_say")
            return Part("not_yet" if reading.is_about_customer else "not_known")
        return self._tell(fact)

    def _tell(self, fact: Fact) -> Part:
        if fact.id in self.told:
            self._feel("told_already")
            return Part("told_already")
        if self.feelings.trust < fact.needs_trust:
            return Part("guarded")
        self._feel("asked_well")
        self.told.append(fact.id)
        return Part("fact", fact.id)

    def _next_fact(self) -> Fact | None:
        """What an open question brings out: what a fix waits for comes first."""
        left = [f for f in self.scenario.facts if f.id not in self.told and self.feelings.trust >= f.needs_trust]
        needed = {need for issue in self.open_issues for need in self._issue(issue).needs}
        return next((fact for fact in left if fact.id in needed), left[0] if left else None)

    def _consider(self, reading: Reading) -> list[Part]:
        """A proposal: too soon, doubtful, beside the point, turned down, the same again, or taken."""
        if self.is_all_settled:
            return self._wind_up()
        if reading.concerns is None:
            self._feel("off_topic")
            return [Part("off_topic")]
        issue = self._issue(reading.concerns)
        if any(need not in self.told for need in issue.needs):
            self._feel("too_soon")
            return [Part("too_soon")]
        if reading.is_hedged:
            self._feel("hedge")
            return [Part("doubt")]
        if self._is_turned_down(issue, reading):
            return [self._turn_down(issue, reading.refused)]
        return self._weigh(issue, reading)

    def _is_turned_down(self, issue: Issue, reading: Reading) -> bool:
        if issue.turns_down == "nothing":
            return False
        if reading.refused and reading.refused not in self.refused:
            return True
        return issue.id not in self.turned_down and (issue.turns_down == "first" or not reading.is_fitting)

    def _turn_down(self, issue: Issue, refused: str | None) -> Part:
        """Words that refuse what was offered; for an offer nobody foresaw, words that name none."""
        self.turned_down.append(issue.id)
        moments = self.scenario.of_kind("rejection")
        moment = next((moment for moment in moments if moment.id == refused), moments[0])
        self._voice(moment)
        if refused is None:
            return Part("turned_down", moment.id)
        self.refused.append(refused)
        return Part("rejection", refused)

    def _weigh(self, issue: Issue, reading: Reading) -> list[Part]:
        if reading.adaptation == "repeated" or reading.refused in self.refused:
            self._feel("same_again")
            self.waiting = next((m for m in self.scenario.of_kind("rejection") if m.id in self.voiced), None)
            return [Part("same_again", self.waiting.id if self.waiting else None)]
        if self.feelings.trust < _BELIEVES_FROM:
            self._feel("firm")  # not believed yet, but a clear answer does its part
            return [Part("no_faith")]
        self._feel("changed" if reading.adaptation == "changed" else "firm")
        self.settled.append(issue.id)
        self.has_date = self.has_date or reading.names_time
        return [Part("accept"), *self._wind_up()]

    def _wind_up(self) -> list[Part]:
        """After something was settled: the next issue, else a date, else goodbye."""
        if self.open_issues:
            return [Part("brings_back", self.open_issues[0])]
        unraised = [issue for issue in self.scenario.issues if issue.id not in self.raised]
        if unraised:
            self.raised.append(unraised[0].id)
            return [Part("issue", unraised[0].id)]
        if due := self._due("trouble", is_provoked="trouble" not in self._kinds_voiced()):
            return [self._voice(due)]
        if self.has_date:
            return self._end_well()
        if self.when_asked < 2:
            self.when_asked += 1
            return [Part("when")]
        self.ended_by = "unresolved"
        return [Part("give_up")]

    def _to_rest(self, reading: Reading, *, has_reacted: bool) -> list[Part]:
        """A turn that neither asked nor offered anything."""
        if reading.is_leaving:
            return self._to_leaving()
        if self.is_all_settled:
            return self._wind_up()
        if reading.is_hedged:
            self._feel("hedge")
            return [Part("doubt")]
        if reading.is_paraphrase or reading.empathy == "good":
            self.idle_count = 0
            return self._go_on([] if has_reacted else [Part("confirm")])
        if has_reacted:
            return []
        self.idle_count += 1
        self._feel("idle")
        if self.idle_count > 1:
            return [self._bring_back()]
        return [Part("wait" if reading.asks_time else "and_now")]

    def _go_on(self, said: list[Part]) -> list[Part]:
        """Someone who feels understood goes on of their own accord, but not with what is guarded."""
        left = [fact for fact in self.scenario.facts if fact.id not in self.told and not fact.needs_trust]
        is_talkative = self.scenario.customer.manner != "curt" and self.turn_count > 1
        if left and is_talkative:
            self.told.append(left[0].id)
            return [*said, Part("fact", left[0].id)]
        return said

    def _bring_back(self) -> Part:
        self.idle_count = 0
        self._feel("ignored_issue")
        return Part("brings_back", self.open_issues[0])

    def _to_leaving(self) -> list[Part]:
        if self.is_all_settled:
            return self._end_well() if self.has_date or self.when_asked else self._wind_up()
        self._feel("leaving")
        self.leaving_count += 1
        if self.leaving_count > 1:
            self.ended_by = "unresolved"
            return [Part("give_up")]
        return [Part("not_done"), Part("brings_back", self.open_issues[0])]

    def _end_well(self) -> list[Part]:
        is_content = self.feelings.trust >= _SATISFIED_FROM and self.has_date
        self.ended_by = "resolved" if is_content else "unresolved"
        if not is_content:
            return [Part("give_up")]
        # Settled, but what they had just told was passed over: no warm words then.
        is_passed_over = (self.turn_count, EFFECTS["brushed_off"]) in self.effects
        return [Part("closing_cool" if is_passed_over else "closing")]

    def _or_end(self, parts: list[Part]) -> list[Part]:
        """The parts, or hanging up where it is enough, or giving up where it has gone on too long."""
        if self.ended_by:
            return parts
        is_ignored = any(part.move in _UNHEARD for part in parts)
        if self.feelings.is_at_end and (self.feelings.anger >= _SLAMS_FROM or is_ignored):
            self.ended_by = "customer_hung_up"
            return [Part("hang_up")]
        # Out of patience but not angry: they give up politely.
        if self.feelings.is_at_end or self.turn_count >= MAX_REP_TURNS:
            self.ended_by = "unresolved"
            return [Part("give_up")]
        return parts or [Part("wait")]

    # -- looking things up --------------------------------------------------------------------------------------

    def _fact(self, fact_id: str | None) -> Fact | None:
        return next((fact for fact in self.scenario.facts if fact.id == fact_id), None)

    def _issue(self, issue_id: str) -> Issue:
        return next(issue for issue in self.scenario.issues if issue.id == issue_id)

    def _kinds_voiced(self) -> set[str]:
        return {moment.kind for moment in self.scenario.moments if moment.id in self.voiced}

    def _last_rejection(self) -> str | None:
        rejections: Sequence[str] = [m.id for m in self.scenario.of_kind("rejection") if m.id in self.voiced]
        return rejections[-1] if rejections else None
