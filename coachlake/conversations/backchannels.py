"""Backchannels: short signs of listening that do not claim the floor (Yngve 1970; SWBD-DAMSL label `b`)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from coachlake.conversations.conversation import Conversation, Turn

_TOKENS = frozenset(
    re.findall(
        r"\S+",
        """yeah yes yep yup uh huh uhhuh mm hmm mhm mmhm mmhmm hm um-hum uh-huh mm-hmm um-hmm right okay ok sure oh ah
        i see got it gotcha really wow exactly true alright all great good nice of course absolutely understood""",
    )
)
_MAX_WORDS = 4
_MAX_SECONDS = 1.6


def mark_backchannels(conversation: Conversation) -> Conversation:
    """The conversation with `is_backchannel` set on every turn that is one.

    A turn is a backchannel when it is at most four words, all of them listening tokens, at most 1.6 s long, and
    does not answer a question: "yes" after "did you call before?" is an answer.
    """
    turns = tuple(
        replace(turn, is_backchannel=_is_backchannel(turn, conversation.turns[:position]))
        for position, turn in enumerate(conversation.turns)
    )
    return replace(conversation, turns=turns)


def is_listening_token(text: str) -> bool:
    """Whether every word of `text` is a listening token and there are at most four."""
    words = re.findall(r"[a-z][a-z'-]*", text.lower())
    return 0 < len(words) <= _MAX_WORDS and all(word in _TOKENS for word in words)


def _is_backchannel(turn: Turn, before: Sequence[Turn]) -> bool:
    if not is_listening_token(turn.text) or turn.duration_s > _MAX_SECONDS:
        return False
    other = next((earlier for earlier in reversed(before) if earlier.speaker != turn.speaker), None)
    return other is not None and not other.text.rstrip().endswith("?")
