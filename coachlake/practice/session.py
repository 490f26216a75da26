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
from coachlake.practice.customer.feelings import Feelings, Mood
from coachlake.practice.customer.mind import EndedBy, Mind, Part
from coachlake.practice.customer.phrasebook import Phrasebook
from coachlake.practice.customer.reading import Reader, Reading
from coachlake.practice.scenarios.schema import Scenario
from coachlake.signals.kit import SignalKit

# About two and a half minutes of speech; what is pasted beyond that nobody would have listened to.
MAX_HEARD_CHARACTERS = 2_000
SILENCE = "..."


@dataclass(frozen=True, slots=True)
class Brief:
    """All a model may know when it words a reply: never a fact that has not been told."""

    scenario: Scenario
    name: str
    mood: Mood
    line: str  # what is to be said, as the phrasebook has it
    parts: tuple[Part, ...]
    told: tuple[str, ...]
    before: tuple[tuple[Speaker, str], ...]


class Wording(Protocol):
    """Words a reply in place of the phrasebook."""

    def word(self, brief: Brief) -> str | None:
        """The reply, or None where it has none that may be said; never raises."""
        ...


@dataclass(frozen=True, slots=True)
class Line:
    """One turn. Customer lines carry what they did; `start_s`/`end_s` only where a clock was running (voice)."""

    speaker: Speaker
    text: str
    parts: tuple[Part, ...] = ()
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
    readings: list[Reading] = field(default_factory=list)

    def __post_init__(self) -> None:
        start = self.scenario.customer
        self._book = Phrasebook(self.seed, start.manner, start.names)
        feelings = Feelings(start.patience, start.anger, start.trust)
        self.mind = Mind(self.scenario, feelings, delay=self._book.delay())
        self._reader = Reader(self.scenario, self.kit)
        self._dialogue: Dialogue | None = None
        self._utter(self.mind.open_call())

    @property
    def is_over(self) -> bool:
        """Whether either side has ended it."""
        return self.mind.ended_by is not None

    @property
    def ended_by(self) -> EndedBy | None:
        """How it ended; None while it goes on."""
        return self.mind.ended_by

    def say(self, text: str, *, start_s: float | None = None, end_s: float | None = None) -> Line:
        """The rep's turn; the customer's reply.

        Only the first 2,000 characters are heard. `start_s`/`end_s` (seconds from the start of the session) where a
        clock runs: starting before the customer's last line has ended interrupts them. Raises ValueError once over.
        """
        if self.is_over:
            raise ValueError("this session is over: start another attempt")
        before = self.lines[-1]
        is_cut = start_s is not None and before.end_s is not None and before.end_s - start_s >= 0.3
        heard = " ".join(text.split())[:MAX_HEARD_CHARACTERS] or SILENCE
        self.lines.append(Line("rep", heard, (), start_s, end_s))
        waiting = self.mind.waiting.id if self.mind.waiting else None
        reading = self._reader.read(self.dialogue(), self.mind.open_issues, waiting)
        self.readings.append(reading)
        return self._utter(self.mind.react(reading, is_interruption=is_cut))

    def leave(self) -> None:
        """The rep ends it."""
        if not self.is_over:
            self.mind.ended_by = "rep_left"
            self.ended_at = datetime.now(UTC)

    def clock(self, start_s: float, end_s: float) -> None:
        """Say when (seconds from the start of the session) the customer's last line was spoken."""
        last = self.lines[-1]
        self.lines[-1] = Line(last.speaker, last.text, last.parts, start_s, end_s)
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

    def _utter(self, parts: list[Part]) -> Line:
        mood = self.mind.feelings.mood
        text = " ".join(dict.fromkeys(self._phrase(part, mood) for part in parts))
        if self.wording is not None:
            text = self._reworded(text, parts, mood) or text
        line = Line("customer", text, tuple(parts))
        self.lines.append(line)
        if self.is_over:
            self.ended_at = datetime.now(UTC)
        return line

    def _reworded(self, text: str, parts: list[Part], mood: Mood) -> str | None:
        said = tuple((line.speaker, line.text) for line in self.lines[-6:])
        told = tuple(self.mind.told)
        brief = Brief(self.scenario, self._book.name, mood, text, tuple(parts), told, said)
        return self.wording.word(brief) if self.wording else None

    def _phrase(self, part: Part, mood: Mood) -> str:
        pool = _own_words(self.scenario, part)
        if part.move in ("opening", "closing"):
            return self._book.fill(self._book.draw(pool))
        return self._book.told(pool, mood) if pool else self._book.phrase(_GENERAL.get(part.move, part.move), mood)


def _following(known: Dialogue, line: Line) -> Turn | None:
    """The line as the turn after the known ones; None where its clock is missing or says that it began earlier."""
    if not known.is_timed:
        return turn_of_line(0, line.speaker, line.text, known.duration_s)
    if line.start_s is None or line.end_s is None or line.start_s <= known.turns[-1].start_s:
        return None
    return Turn(0, line.speaker, line.start_s, line.end_s, line.text)


_GENERAL = {"would_work": "ask_around"}


def _own_words(scenario: Scenario, part: Part) -> tuple[str, ...]:
    """The scenario's own lines for a part; empty where the phrasebook has them."""
    if part.move in ("opening", "closing"):
        return scenario.opening if part.move == "opening" else scenario.closing
    if part.move == "fact":
        return next(fact.answer for fact in scenario.facts if fact.id == part.about)
    if part.move in ("issue", "brings_back"):
        issue = next(issue for issue in scenario.issues if issue.id == part.about)
        return issue.says if part.move == "issue" else issue.brings_back
    moment = next((moment for moment in scenario.moments if moment.id == part.about), None)
    if moment is None:
        return ()
    lines = {"would_work": moment.would_work, "turned_down": moment.otherwise, "same_again": ()}
    return lines.get(part.move, moment.says)
