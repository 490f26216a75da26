"""Sentences of a turn, each a verbatim piece of its text with its own time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from coachlake.conversations.boundaries import SENTENCE, load_boundary_model
from coachlake.conversations.conversation import Turn
from coachlake.conversations.words_said import words_said

# Without marks a sentence ends where that is at least this likely: the best F1 on items held out of the training.
ENDS_FROM = 0.35
# At a mark before a word in lower case, which may be one inside a sentence.
AT_MARK_FROM = 0.05
_ABBREVIATED = re.compile(r"\.\w\.$")  # "8 a.m. then"
_MARK = re.compile(r"[.?!…][\"'”’)\]]*(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a turn: verbatim text, times in seconds."""

    turn_index: int
    text: str
    start_s: float
    end_s: float


def split_sentences(text: str) -> list[str]:
    """The sentences of a text in order, each a verbatim piece of it; fillers go with what follows them.

    In a text with marks they end at one, before a capital or where the words allow it; without marks by the words
    alone. Raises WeightsError where the model of boundaries is missing or wrong.
    """
    ends = [0, *(_marked_ends(text) if _MARK.search(text) else _unmarked_ends(text)), len(text)]
    return [piece for start, end in pairwise(ends) if (piece := text[start:end].strip())]


def sentences_by_words(text: str) -> list[str]:
    """As `split_sentences`, by the words alone also where there are marks: the same words give the same sentences."""
    ends = [0, *_unmarked_ends(text), len(text)]
    return [piece for start, end in pairwise(ends) if (piece := text[start:end].strip())]


def _marked_ends(text: str) -> Iterator[int]:
    """Where in the text sentences end: at the blank after a mark."""
    at_mark = [(mark.end(), text[mark.end() :].lstrip()[:1]) for mark in _MARK.finditer(text)]
    at_mark = [
        (at, following) for at, following in at_mark if following.isupper() or not _ABBREVIATED.search(text[:at])
    ]
    unsure = any(following.islower() for _, following in at_mark)
    likely = {at for at, chance in _ends_by_words(text) if chance >= AT_MARK_FROM} if unsure else set()
    yield from (at for at, following in at_mark if not following.islower() or at in likely)


def _unmarked_ends(text: str) -> Iterator[int]:
    yield from (at for at, chance in _ends_by_words(text) if chance >= ENDS_FROM)


def _ends_by_words(text: str) -> Iterator[tuple[int, float]]:
    """Each place where a sentence could end, the blank after a word and its marks, and how likely it does."""
    words = words_said(text)
    chances = load_boundary_model().chances([word.form for word in words])[:, SENTENCE]
    for (word, following), chance in zip(pairwise(words), chances, strict=False):
        blank = next((at for at in range(word.end, following.start) if text[at].isspace()), None)
        if blank is not None:
            yield blank, float(chance)


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
