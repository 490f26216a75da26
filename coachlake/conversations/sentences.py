"""Sentences of a turn, each a verbatim piece of its text with its own time."""

import re
from dataclasses import dataclass

from coachlake.conversations.conversation import Turn

# A sentence ends at . ? ! before a blank and something that is not lower case (so "8 a.m. then" goes on).
_BREAK = re.compile(r"(?<=[.?!])[\"')\]]*\s+(?![a-z])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a turn: verbatim text, times in seconds."""

    turn_index: int
    text: str
    start_s: float
    end_s: float


def split_sentences(text: str) -> list[str]:
    """The sentences of a text in order, each a verbatim piece of it."""
    return [plain for piece in _BREAK.split(text) if (plain := piece.strip())]


def sentences_of(turn: Turn) -> list[Sentence]:
    """The sentences of a turn in order. Times come from the words where the turn has them, else in proportion."""
    sentences, position = [], 0
    for text in split_sentences(turn.text):
        count = len(text.split())
        start, end = _times(turn, position, count)
        sentences.append(Sentence(turn.turn_index, text, start, end))
        position += count
    return sentences


def _times(turn: Turn, position: int, count: int) -> tuple[float, float]:
    total = max(1, len(turn.text.split()))
    if len(turn.words) == total:
        words = turn.words[position : position + count]
        return words[0].start_s, max(word.end_s for word in words)
    share = turn.duration_s / total
    return turn.start_s + position * share, turn.start_s + min(total, position + count) * share
