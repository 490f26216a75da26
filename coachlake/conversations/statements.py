"""Customer statements: what an interruption is counted against."""

from dataclasses import dataclass

from coachlake.conversations.conversation import Conversation, Turn

# Pieces of one speaker closer than this are one statement (seconds; the project's published definition).
JOIN_GAP_S = 0.5


@dataclass(frozen=True, slots=True)
class Statement:
    """A customer's statement: its turns in order. Times in seconds."""

    turns: tuple[Turn, ...]

    @property
    def start_s(self) -> float:
        """When it starts."""
        return self.turns[0].start_s

    @property
    def end_s(self) -> float:
        """When it ends."""
        return max(turn.end_s for turn in self.turns)

    @property
    def text(self) -> str:
        """What was said."""
        return " ".join(turn.text for turn in self.turns)


def customer_statements(conversation: Conversation) -> list[Statement]:
    """Customer turns without backchannels, joined where less than 0.5 s lies between them, in time order."""
    groups: list[list[Turn]] = []
    for turn in conversation.by("customer"):
        if turn.is_backchannel:
            continue
        if groups and turn.start_s - groups[-1][-1].end_s < JOIN_GAP_S:
            groups[-1].append(turn)
        else:
            groups.append([turn])
    return [Statement(tuple(group)) for group in groups]
