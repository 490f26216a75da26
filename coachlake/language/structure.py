"""What a sentence does besides what it means: it asks, takes up the customer's words, names a time or an amount.

A handful of anchor examples says little about these through vectors alone; as columns of their own, two examples
are enough for a head to notice that, say, every good one names a date.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coachlake.language.content import shared_content
from coachlake.language.types import Utterance
from coachlake.language.words import DAYS, MONTHS, ONE_TO_TWELVE, TENS

_TIME = re.compile(
    rf"\b(?:(?:{DAYS})|(?:on|by|in|until|of|before|after) (?:{MONTHS})|tomorrow|tonight|noon|midday|today|o'clock"
    r"|(?:this|next) (?:morning|afternoon|evening|week|month)|within (?:the )?\w+|[ap]\.?m\.?"
    r"|(?:first|second|third|\w+(?:th|st|nd|rd)) of \w+|the \w+(?:teenth|tieth|th)"
    rf"|(?:by|at|before|until) (?:\d+|{ONE_TO_TWELVE}))\b",
    re.IGNORECASE,
)
# "One" is a pronoun more often than a number.
_NUMBER = re.compile(
    rf"\d|\b(?!one\b)(?:{ONE_TO_TWELVE}|\w*teen|{TENS})\b",
    re.IGNORECASE,
)
_ASKS_OPENLY = re.compile(r"^(?:(?:and|so|okay|but|well),? )?(?:what|how|why|tell me|(?:can|could) you (?:tell|walk|"
                          r"describe|explain))\b", re.IGNORECASE)  # fmt: skip
# Unit vectors differ by about 1; a column of this size counts as much as a clear difference in meaning.
_SCALE = 0.6


def structure(utterances: Sequence[Utterance]) -> NDArray[np.float32]:
    """n utterances as n × 6 columns of 0–0.6.

    In order: asks, asks openly, takes up the cue's words, names a time, names a number, is brief.
    """
    return np.array([_columns(utterance) for utterance in utterances], np.float32).reshape(len(utterances), 6) * _SCALE


def _columns(utterance: Utterance) -> list[float]:
    text = utterance.response.strip()
    return [
        float(text.endswith("?")),
        float(bool(_ASKS_OPENLY.match(text))),
        min(2, shared_content(text, utterance.cue)) / 2 if utterance.cue else 0.0,
        float(bool(_TIME.search(text))),
        float(bool(_NUMBER.search(text))),
        1 / max(1.0, len(text.split()) / 4),
    ]
