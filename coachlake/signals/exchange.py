"""The conversation as exchanges: what the customer said, then what the rep answered."""

from dataclasses import dataclass

from coachlake.conversations.conversation import Conversation, Turn
from coachlake.conversations.sentences import Sentence, sentences_of


@dataclass(frozen=True, slots=True)
class Exchange:
    """Customer turns in a row, then rep turns in a row; backchannels are in neither."""

    cue: tuple[Turn, ...]
    response: tuple[Turn, ...]

    @property
    def cue_text(self) -> str:
        """What the customer said."""
        return " ".join(turn.text for turn in self.cue)

    @property
    def cue_sentences(self) -> list[Sentence]:
        """What the customer said, sentence by sentence."""
        return [sentence for turn in self.cue for sentence in sentences_of(turn)]

    @property
    def response_text(self) -> str:
        """What the rep answered; empty where the call ends before they do."""
        return " ".join(turn.text for turn in self.response)

    @property
    def response_sentences(self) -> list[Sentence]:
        """The rep's answer, sentence by sentence."""
        return [sentence for turn in self.response for sentence in sentences_of(turn)]


def exchanges(conversation: Conversation) -> list[Exchange]:
    """The exchanges in order. What the rep says before the customer first speaks has an empty cue."""
    found: list[Exchange] = []
    cue: list[Turn] = []
    response: list[Turn] = []
    for turn in conversation.turns:
        if turn.is_backchannel:
            continue
        if turn.speaker == "customer":
            if response:
                found.append(Exchange(tuple(cue), tuple(response)))
                cue, response = [], []
            cue.append(turn)
        else:
            response.append(turn)
    if cue or response:
        found.append(Exchange(tuple(cue), tuple(response)))
    return found
