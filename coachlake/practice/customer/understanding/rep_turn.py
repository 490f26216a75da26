"""The rep's turn with what it is understood from: its sentences, its signals and what the customer waits for."""

from collections.abc import Sequence
from dataclasses import dataclass

from coachlake.conversations.backchannels import mark_backchannels
from coachlake.conversations.conversation import Conversation, Turn
from coachlake.conversations.sentences import sentences_of
from coachlake.signals.extract import extract_signals
from coachlake.signals.kit import SignalKit
from coachlake.signals.signal import Signal


@dataclass(frozen=True, slots=True)
class RepTurn:
    """`signals`: those of this turn; `open_issues`: what an offer can be about, first one first; `pending`: the
    challenge the turn answers, if any."""

    conversation: Conversation
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
        return " ".join([turn.text for turn in self.conversation.by("customer")][-turns:])


def rep_turn(conversation: Conversation, kit: SignalKit, open_issues: Sequence[str], pending: str | None) -> RepTurn:
    """The conversation's last turn, which is the rep's."""
    turn = conversation.turns[-1]
    signals = extract_signals(mark_backchannels(conversation), kit)
    here = [signal for signal in signals if signal.turn_index == turn.turn_index]
    sentences = [sentence.text for sentence in sentences_of(turn)]
    return RepTurn(conversation, turn, sentences, here, open_issues, pending)
