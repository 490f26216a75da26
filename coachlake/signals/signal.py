"""What a signal is: one occurrence of a behaviour in a call, with its place and quote."""

from dataclasses import dataclass

from coachlake.conversations.conversation import Phase, Turn
from coachlake.conversations.sentences import Sentence

SIGNAL_KINDS = (
    "talk",  # one row a call-level measurement; label names it (rep_talk_share, silence_share, ...)
    "interruption",  # the rep takes the floor inside a customer statement
    "question",  # a rep question; label open | closed
    "hedge",  # a rep hedge that undermines trust in an answer or outcome
    "empathy",  # one row an opportunity; label good | average | poor is the rep's response to it
    "paraphrase",  # the rep restates the customer's concern
    "clarifying_question",  # the rep asks about the concern before moving to a fix
    "acknowledgement",  # the rep acknowledges an emotional cue (specific or generic)
    "solution",  # the rep offers a fix or next step; the first one ends discovery
    "escalation",  # one row a customer turn that is heated; value 0-1
    "tension",  # one row a rep turn: clipped, defensive, louder, faster; value 0-1
    "regulation",  # call level: label slope, slope_low, slope_high, customer_calmed
    "customer_state",  # label end: how content the customer sounds at the end, -1 to 1
    "outcome",  # what the call came to, as heard in it: solved | promised | unsolved | escalated; in no score
    "adaptability",  # after a failed attempt: label changed | repeated
)


@dataclass(frozen=True, slots=True)
class Signal:
    """One occurrence of a signal.

    `value` is in the unit its `label` names (a share 0–1, seconds, words per minute, a level 0/1/2).
    `confidence` is 0–1. Occurrences name their turn, time (seconds) and verbatim quote; call-level
    measurements (`talk`, `regulation`) leave them None. `cue_turn_index` is the customer's turn that
    the occurrence answers. `phase` is where in the call it happened.
    """

    kind: str
    label: str
    value: float | None
    confidence: float
    turn_index: int | None = None
    start_s: float | None = None
    end_s: float | None = None
    quote: str | None = None
    cue_turn_index: int | None = None
    phase: Phase | None = None


def signal_at(
    said: Turn | Sentence, kind: str, label: str, value: float, confidence: float, cue: int | None = None
) -> Signal:
    """A signal at a turn or a sentence of it, quoted verbatim. `cue`: the turn_index of what it answers."""
    return Signal(kind, label, value, confidence, said.turn_index, said.start_s, said.end_s, said.text, cue)
