"""Backchannels: short signs of listening that do not claim the floor (Yngve 1970; SWBD-DAMSL label `b`)."""

import re
from collections.abc import Sequence

from coachlake.conversations.conversation import Turn

_TOKENS = frozenset(
    re.findall(
        r"\S+",
        """yeah yes yep yup uh huh uhhuh mm hmm mhm mmhm mmhmm hm um-hum uh-huh mm-hmm um-hmm right okay ok sure oh ah
        i see got it gotcha really wow exactly true alright all great good nice of course absolutely understood""",
    )
)
_MAX_WORDS = 4
_MAX_SECONDS = 1.6


def is_listening_token(text: str) -> bool:
    """Whether every word of `text` is a listening token and there are at most four."""
    words = re.findall(r"[a-z][a-z'-]*", text.lower())
    return 0 < len(words) <= _MAX_WORDS and all(word in _TOKENS for word in words)


def is_backchannel(turn: Turn, before: Sequence[Turn]) -> bool:
    """Whether a turn is one, given the turns `before` it.

    It is at most four words, all of them listening tokens, at most 1.6 s long, and does not answer a question: "yes"
    after "did you call before?" is an answer.
    """
    if not is_listening_token(turn.text) or turn.duration_s > _MAX_SECONDS:
        return False
    other = next((earlier for earlier in reversed(before) if earlier.speaker != turn.speaker), None)
    return other is not None and not other.text.rstrip().endswith("?")
