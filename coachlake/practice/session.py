"""A practice session: the customer's first words, then turn by turn until one side ends it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from coachlake.conversations.conversation import (
    Conversation,
    Speaker,
    Turn,
    conversation_from_lines,
    conversation_from_turns,
    turn_of_line,
)
from coachlake.conversations.dialogue import Dialogue, dialogue_of
from coachlake.practice.customer.acts import CustomerAct, RepActs
from coachlake.practice.customer.affect import Tone
from coachlake.practice.customer.policy.respond import open_call, respond
from coachlake.practice.customer.responses import ResponseGenerator
from coachlake.practice.customer.state import CustomerState, EndedBy, end, initial_state
from coachlake.practice.customer.understanding.understand import Understanding
from coachlake.practice.scenarios.schema import Scenario
from coachlake.signals.kit import SignalKit

# About two and a half minutes of speech; what is pasted beyond that nobody would have listened to.
MAX_CHARACTERS = 2_000
SILENCE = "..."


@dataclass(frozen=True, slots=True)
class Brief:
    """All a model may know when it words a reply: never a fact that has not been told."""

    scenario: Scenario
    name: str
    tone: Tone
    line: str  # what is to be said, as the customer has it without a model
    acts: tuple[CustomerAct, ...]
    told: tuple[str, ...]
    before: tuple[tuple[Speaker, str], ...]


class Wording(Protocol):
    """Words a reply in place of the response generator."""

    def word(self, brief: Brief) -> str | None:
        """The reply, or None where it has none that may be said; never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """One turn. Customer lines carry their acts; `start_s`/`end_s` only where a clock was running (voice)."""

    speaker: Speaker
    text: str
    acts: tuple[CustomerAct, ...] = ()
    start_s: float | None = None
    end_s: float | None = None


@dataclass
class Session:
    """One attempt at a scenario. The same scenario, seed and rep turns give the same session."""

    scenario: Scenario
    seed: int
    kit: SignalKit
    session_id: str
    wording: Wording | None = None
    mode: str = "text"
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    ended_at: datetime | None = None
    lines: list[Line] = field(default_factory=list)
    rep_acts: list[RepActs] = field(default_factory=list)  # one a rep turn

    def __post_init__(self) -> None:
        self._responses = ResponseGenerator(self.scenario, self.seed)
        self._understanding = Understanding(self.scenario, self.kit)
        self.state: CustomerState = initial_state(self.scenario, self._responses.delay)
        self._dialogue: Dialogue | None = None
        self._utter(*open_call(self.state))

    @property
    def is_over(self) -> bool:
        """Whether either side has ended it."""
        return self.state.ended_by is not None

    @property
    def ended_by(self) -> EndedBy | None:
        """How it ended; None while it goes on."""
        return self.state.ended_by

    def say(self, text: str, *, start_s: float | None = None, end_s: float | None = None) -> Line:
        """The rep's turn; the customer's reply.

        Only the first 2,000 characters count. `start_s`/`end_s` (seconds from the start of the session) where a
        clock runs: starting before the customer's last line has ended interrupts them. Raises ValueError once over.
        """
        if self.is_over:
            raise ValueError("this session is over: start another attempt")
        before = self.lines[-1]
        is_cut = start_s is not None and before.end_s is not None and before.end_s - start_s >= 0.3
        said = " ".join(text.split())[:MAX_CHARACTERS] or SILENCE
        self.lines.append(Line("rep", said, (), start_s, end_s))
        pending = self.state.pending.id if self.state.pending else None
        acts = self._understanding.acts(self.dialogue(), self.state.open_issues, pending)
        self.rep_acts.append(acts)
        return self._utter(*respond(self.state, acts, is_interruption=is_cut))

    def leave(self) -> None:
        """The rep ends it."""
        if not self.is_over:
            self.state = end(self.state, "rep_left")
            self.ended_at = datetime.now(UTC)

    def clock(self, start_s: float, end_s: float) -> None:
        """Say when (seconds from the start of the session) the customer's last line was spoken."""
        last = self.lines[-1]
        self.lines[-1] = Line(last.speaker, last.text, last.acts, start_s, end_s)
        if self._dialogue and len(self._dialogue.turns) == len(self.lines):
            self._dialogue = None  # it knows the line without its clock

    def conversation(self) -> Conversation:
        """The turns so far, one a line; timed only where every line has a clock. A silent turn reads "..."."""
        if all(line.start_s is not None and line.end_s is not None for line in self.lines):
            turns = [
                Turn(index, line.speaker, line.start_s or 0.0, line.end_s or 0.0, line.text)
                for index, line in enumerate(self.lines)
            ]
            return conversation_from_turns(self.session_id, turns)
        return conversation_from_lines(self.session_id, [(line.speaker, line.text) for line in self.lines])

    def dialogue(self) -> Dialogue:
        """The view of the turns so far. It goes on from the view of the last time, so that a turn costs itself alone,
        however long the session."""
        known = self._dialogue or dialogue_of(self.conversation())
        for line in self.lines[len(known.turns) :]:
            turn = _following(known, line)
            if turn is None:
                known = dialogue_of(self.conversation())
                break
            known = known.then(turn)
        self._dialogue = known
        return known

    def _utter(self, state: CustomerState, acts: list[CustomerAct]) -> Line:
        self.state = state
        text = self._responses.text(acts, state.affect.tone)
        if self.wording is not None:
            text = self.wording.word(self._brief(text, acts)) or text
        line = Line("customer", text, tuple(acts))
        self.lines.append(line)
        if self.is_over:
            self.ended_at = datetime.now(UTC)
        return line

    def _brief(self, text: str, acts: list[CustomerAct]) -> Brief:
        before = tuple((line.speaker, line.text) for line in self.lines[-6:])
        tone = self.state.affect.tone
        return Brief(self.scenario, self._responses.name, tone, text, tuple(acts), self.state.told, before)


def _following(known: Dialogue, line: Line) -> Turn | None:
    """The line as the turn after the known ones; None where its clock is missing or says that it began earlier."""
    if not known.is_timed:
        return turn_of_line(0, line.speaker, line.text, known.duration_s)
    if line.start_s is None or line.end_s is None or line.start_s <= known.turns[-1].start_s:
        return None
    return Turn(0, line.speaker, line.start_s, line.end_s, line.text)
