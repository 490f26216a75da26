"""How much somebody speaks as a rep does, in any line of business.

A rep opens with a greeting, a name or an offer of help, speaks of *your* account and of what *we* or *I* can do, asks,
and closes with thanks; a customer speaks of *my* trouble.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from coachlake.conversations.known import Direction

_ANSWERING = re.compile(
    r"thank(s| you) for (calling|holding|contacting)|how (can|may|could) i (help|assist)|"
    r"(this is|my name is|you're speaking with|you are speaking with) \w+|"
    r"customer (service|support|care)|what can i (do|help)",
    re.IGNORECASE,
)
_CALLING = re.compile(
    r"(calling|call|ringing|ring) (you )?(from|on behalf|about your|regarding)|reason (for my|i'm|i am) call|"
    r"\b(i'm|i am|this is|my name is) [\w' ]{2,40} (from|with|at) \w+|"
    r"am i (speaking|talking) (to|with)|is this a (good|bad) time|do you have a (minute|moment)",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"\b(let me (check|see|look|pull|have)|i can (help|see|do|offer|book|set)|i'll (check|put|book|send|go ahead)|"
    r"can i (get|take|have) your|could i (get|take|have) your|may i have|anything else|is there anything|"
    r"would you like|we (offer|have|can)|for you)\b",
    re.IGNORECASE,
)
_YOUR = re.compile(r"\byour(s)?\b", re.IGNORECASE)
_MY = re.compile(r"\b(my|mine|i need|i want|i'd like|i am looking|i'm looking)\b", re.IGNORECASE)
# How far into a call a greeting still is one: turns of the speaker.
_OPENING_TURNS = 4
_SLOPE = 1.6  # log-odds a point of difference; `coachlake gauntlet --plain DIR` shows how often it is right


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score`: higher is more like a rep; `word_count` is what it rests on; `is_opening_as_rep`: whether the first
    turns greet, introduce or offer help as a company does."""

    score: float
    word_count: int
    is_opening_as_rep: bool = False

    @property
    def is_like_a_rep(self) -> bool:
        """Whether somebody who is neither the scored rep nor the customer seems to be a colleague."""
        return self.score >= 2.0


def chance_by_manner(first: Sequence[str], second: Sequence[str], direction: Direction | None) -> float:
    """How likely (0–1) the first of two speakers, rather than the second, is the rep; few words make it less sure."""
    one, other = rep_likeness(first, direction), rep_likeness(second, direction)
    evidence = min(1.0, min(one.word_count, other.word_count) / 15)
    return 1 / (1 + exp(-_SLOPE * evidence * (one.score - other.score)))


def rep_likeness(spoken: Sequence[str], direction: Direction | None) -> Likeness:
    """Of one speaker's turns, in order. On an outbound call whoever answers greets first: a greeting is no sign then,
    but saying who one is calling from is."""
    whole = " ".join(spoken)
    words = len(whole.split())
    start = " ".join(spoken[:_OPENING_TURNS])
    opening = 2.0 * bool(_CALLING.search(start))
    if direction != "outbound":
        opening = max(opening, 2.0 * bool(_ANSWERING.search(start)))
    service = 100 * len(_SERVICE.findall(whole)) / max(20, words)
    possession = 100 * (len(_YOUR.findall(whole)) - len(_MY.findall(whole))) / max(20, words)
    questions = sum("?" in text for text in spoken) / max(1, len(spoken))
    return Likeness(opening + min(2.0, service) + 0.4 * possession + questions, words, opening > 0)
