"""Which of two speakers is the rep, by the meaning of what they say and by their manner (see `rep_likeness`).

A linear head over the encoder's sentence vectors, trained by `python -m training.role_head`.
"""

import json
import re
from collections.abc import Sequence
from functools import cache
from math import exp, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coachlake.conversations.known import Direction
from coachlake.conversations.rep_likeness import rep_likeness
from coachlake.language.encoder import MiniLmEncoder

ROLE_HEAD_FILE = Path(__file__).with_name("role_head.json")
# Sentences of a speaker that are read: who they are shows early, and the cost stays the same for a long call.
MOST_SENTENCES = 40
_SENTENCE_END = re.compile(r"(?<=[.?!])\s+")
_FEWEST_WORDS = 2
# Fewer words of either speaker are few; odds of 7 to 1 leave it open.
_FEW_WORDS, _OPEN_ODDS = 40, 2.0


def sentences_of_text(text: str) -> list[str]:
    """Sentences of two words or more."""
    return [part for part in _SENTENCE_END.split(text.strip()) if len(part.split()) >= _FEWEST_WORDS]


class RoleHead:
    """Compares speakers. Keeps nothing of them but what the encoder keeps."""

    def __init__(self, encoder: MiniLmEncoder) -> None:
        self._encoder, self._head = encoder, _head()
        self._weights = np.array(self._head["weights"])

    def chance(self, first: Sequence[str], second: Sequence[str], direction: Direction | None) -> float:
        """How likely (0–1) the first of two speakers, rather than the second, is the rep; their turns in order.

        0.5 where one of them says nothing that can be read.
        """
        scored = [self._scored(said) for said in (first, second)]
        if not all(part.size for part in scored):
            return 0.5
        likeness = [rep_likeness(said, direction) for said in (first, second)]
        manner = likeness[0].score - likeness[1].score
        odds = self._head["slope_sentences"] * difference(*scored) + self._head["slope_manner"] * manner
        # Two friends' small talk also lies apart: where little is said, somebody must open as a company does.
        is_short = min(one.word_count for one in likeness) < _FEW_WORDS
        is_open = is_short and not likeness[0 if odds > 0 else 1].is_opening_as_rep
        most = _OPEN_ODDS if is_open else 30.0
        return 1 / (1 + exp(-max(-most, min(most, odds))))

    def _scored(self, said: Sequence[str]) -> NDArray[np.float64]:
        """Of each sentence: how much more a rep's than a customer's it is (log-odds)."""
        sentences = [sentence for text in said for sentence in sentences_of_text(text)][:MOST_SENTENCES]
        if not sentences:
            return np.zeros(0)
        return np.asarray(self._encoder.encode(sentences) @ self._weights + self._head["bias"])


def difference(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """How far two speakers' sentences lie apart (log-odds of each sentence), in standard errors of a mean: the same
    distance says more where both say more."""
    return float((first.mean() - second.mean()) * sqrt(min(len(first), len(second))))


@cache
def _head() -> dict[str, Any]:
    head: dict[str, Any] = json.loads(ROLE_HEAD_FILE.read_text(encoding="utf-8"))
    return head
