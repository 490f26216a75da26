"""How much somebody speaks as a rep does, in any line of business: by the small words, which no topic moves.

Whoever serves says "you" and "your", asks, and says what "we can" do; whoever is served says "I" and "my" and what
happened. How much each counts is learned (`python -m training.rep_likeness`), from sentences of other people than it
is measured on (`coachlake gauntlet --plain DIR`).
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log1p, sqrt
from pathlib import Path
from typing import Any

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
# Sentences that count: more of one call make nobody surer, since they are of one kind.
_MOST_SENTENCES = 40
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_WORD = re.compile(r"[a-z']+")
_FEWEST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of one speaker: the mean of their sentences (log-odds, above 0 more a rep's than a customer's) and how many."""

    mean: float = 0.0
    sentences: int = 0

    @property
    def is_like_a_rep(self) -> bool:
        """Whether somebody who is neither the scored rep nor the customer seems to be a colleague."""
        return self.mean > 0


def rep_likeness(spoken: Sequence[str]) -> Likeness:
    """Of one speaker's turns, in order."""
    found = [columns(sentence) for text in spoken for sentence in sentences_of_text(text)]
    if not found:
        return Likeness()
    head = _head()
    means = [sum(column) / len(found) for column in zip(*found, strict=True)]
    mean = head["bias"] + sum(weight * value for weight, value in zip(head["weights"], means, strict=True))
    return Likeness(mean, len(found))


def chance_of_rep(one: Likeness, other: Likeness) -> float:
    """How likely (0–1) the one of two speakers, rather than the other, is the rep; few sentences make it less sure."""
    odds = _head()["slope"] * difference(one.mean, other.mean, min(one.sentences, other.sentences))
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def difference(one: float, other: float, sentences: int) -> float:
    """How far two means lie apart, in standard errors: the same distance says more where both say more."""
    return (one - other) * sqrt(min(sentences, _MOST_SENTENCES))


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
