"""The rep's turn with what it is understood from: its sentences, its signals and what the customer waits for."""

from collections.abc import Sequence
from dataclasses import dataclass

from coachlake.conversations.conversation import Turn
from coachlake.conversations.dialogue import Dialogue
from coachlake.signals.live import LiveSignals
from coachlake.signals.signal import Signal


@dataclass(frozen=True, slots=True)
class RepTurn:
    """`signals`: those of this turn; `open_issues`: what an offer can be about, first one first; `pending`: the
    challenge the turn answers, if any."""

    dialogue: Dialogue
    turn: Turn
    sentences: list[str]
    signals: list[Signal]
    open_issues: Sequence[str]
    pending: str | None

    def label(self, kind: str) -> str | None:
        """The label of the turn's first signal of a kind."""
        return next((signal.label for signal in self.signals if signal.kind == kind), None)

    def quotes(self, kind: str) -> list[str]:
        """The sentences its signals of a kind quote."""
        return [signal.quote or "" for signal in self.signals if signal.kind == kind]

    def customer_words(self, turns: int) -> str:
        """What the customer said in their last turns."""
        return " ".join([turn.text for turn in self.dialogue.by("customer")][-turns:])


def rep_turn(dialogue: Dialogue, live: LiveSignals, open_issues: Sequence[str], pending: str | None) -> RepTurn:
    """The dialogue's last turn, which is the rep's."""
    sentences = [sentence.text for sentence in dialogue.sentences[-1]]
    return RepTurn(dialogue, dialogue.turns[-1], sentences, live.of_last_turn(dialogue), open_issues, pending)
