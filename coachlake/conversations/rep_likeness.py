"""How much somebody speaks as a rep does, in any line of business: by the small words, which no topic moves, and by
opening as a company does.

Whoever serves says "you" and "your", asks, and says what "we can" do; whoever is served says "I" and "my" and what
happened. How much each counts is learned (`python -m training.rep_likeness`), from sentences of other people than it
is measured on (`coachlake gauntlet --plain DIR`).
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log, log1p, sqrt
from pathlib import Path
from typing import Any

from coachlake.conversations.known import Direction

WEIGHTS_FILE = Path(__file__).with_name("rep_likeness.json")
# Closed classes of words; a sentence has each or not. A class is here where it helps on sources that the weights have
# not seen ("what" and "yes" harm: who asks what, and who agrees, differs from one line of business to another).
WORDS = {
    "you": {"you", "you're", "you've", "you'll", "you'd", "u"},
    "your": {"your", "yours"},
    "I": {"i", "i'm", "i've", "i'd", "i'll"},
    "my": {"my", "mine", "me"},
    "we": {"we", "we're", "we've", "we'll", "we'd", "our", "us"},
    "they": {"he", "she", "they", "it"},
    "not": {"not", "no", "don't", "can't", "didn't", "won't", "isn't", "doesn't"},
    "past": {"was", "were", "had", "did", "been", "went", "got"},
    "can": {"can", "could", "may", "would", "will", "shall"},
    "to": {"to", "for"},
    "this": {"this", "that", "these", "those"},
    "thanks": {"thank", "thanks"},
    "hello": {"hello", "hi", "good", "hey"},
}
COLUMNS = ("?", *WORDS, "length")
_ANSWERING = re.compile(
    r"thank(s| you) for (calling|contacting|holding|waiting)|how (can|may|could) i (help|assist)|"
    r"what can i do for you|you('re| are) (speaking with|through to)",
    re.IGNORECASE,
)
_CALLING = re.compile(
    r"\b(calling|ringing|call) (you )?(from|on behalf|about your|regarding)|reason (for my|i'm|i am) call|"
    r"am i (speaking|talking) (to|with)|(is this|calling at) a (good|bad) time",
    re.IGNORECASE,
)
# How far into a call a greeting still is one: turns of the speaker. What it is worth where only one of two opens so
# (log-odds of 35 to 1) is not learned: the pairs have no openings.
_OPENING_TURNS, _OPENING = 4, log(35)
# Sentences that count: more of one call make nobody surer, since they are of one kind.
_MOST_SENTENCES = 40
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_WORD = re.compile(r"[a-z']+")
_FEWEST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of one speaker: the mean of their sentences (log-odds, above 0 more a rep's than a customer's), how many they
    are, and whether the first turns greet, introduce or offer help as a company does."""

    mean: float = 0.0
    sentences: int = 0
    is_opening: bool = False

    @property
    def is_like_a_rep(self) -> bool:
        """Whether somebody who is neither the scored rep nor the customer seems to be a colleague."""
        return self.is_opening or self.mean > 0


def rep_likeness(spoken: Sequence[str], direction: Direction | None) -> Likeness:
    """Of one speaker's turns, in order. On an outbound call whoever answers greets first: a greeting is no sign then,
    but saying who one is calling from is."""
    start = " ".join(spoken[:_OPENING_TURNS])
    is_opening = bool(_CALLING.search(start) or (direction != "outbound" and _ANSWERING.search(start)))
    found = [columns(sentence) for text in spoken for sentence in sentences_of_text(text)]
    if not found:
        return Likeness(is_opening=is_opening)
    head = _head()
    means = [sum(column) / len(found) for column in zip(*found, strict=True)]
    mean = head["bias"] + sum(weight * value for weight, value in zip(head["weights"], means, strict=True))
    return Likeness(mean, len(found), is_opening)


def chance_of_rep(one: Likeness, other: Likeness) -> float:
    """How likely (0–1) the one of two speakers, rather than the other, is the rep; few sentences make it less sure."""
    odds = _head()["slope"] * (one.mean - other.mean) * weight_of(min(one.sentences, other.sentences))
    odds += _OPENING * (one.is_opening - other.is_opening)
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def weight_of(sentences: int) -> float:
    """How much a difference of two means counts: the more, the more both say; a single sentence tells nothing."""
    return sqrt(max(0, min(sentences, _MOST_SENTENCES) - 1))


def sentences_of_text(text: str) -> list[str]:
    """Sentences of two words or more."""
    return [part for part in _SENTENCE_END.split(text.strip()) if len(part.split()) >= _FEWEST_WORDS]


def columns(sentence: str) -> list[float]:
    """What is looked at in a sentence, one number a name in COLUMNS (0–1, the length about 0–1.3)."""
    words = _WORD.findall(sentence.lower().replace("’", "'"))
    said = set(words)
    groups = [float(not said.isdisjoint(group)) for group in WORDS.values()]
    return [float(sentence.rstrip().endswith("?")), *groups, log1p(len(words)) / 3]


@cache
def _head() -> dict[str, Any]:
    head: dict[str, Any] = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return head
