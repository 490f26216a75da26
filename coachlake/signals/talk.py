"""Talk dynamics of the whole call: who holds the floor, for how long, with what gaps."""

from itertools import pairwise
from statistics import median

from coachlake.conversations.conversation import Turn
from coachlake.conversations.dialogue import Dialogue
from coachlake.signals.signal import Signal


def talk_measures(dialogue: Dialogue, interrupted: int) -> list[Signal]:
    """Call-level measurements, one signal a label.

    rep_talk_share (0–1 of all speech), silence_share (0–1 of the call when nobody speaks), response_gap_median_s
    (seconds from the customer's end to the rep's start; overlaps count as negative), rep_words_per_minute,
    customer_statement_count, interrupted_statement_count. `interrupted`: interruptions found. Empty for an untimed
    conversation: there a clock says nothing.
    """
    if not dialogue.is_timed or not dialogue.turns:
        return []
    rep = sum(turn.duration_s for turn in dialogue.by("rep"))
    customer = sum(turn.duration_s for turn in dialogue.by("customer"))
    rep_words = sum(turn.word_count for turn in dialogue.by("rep"))
    gaps = _response_gaps(dialogue)
    measures: dict[str, float | None] = {
        "rep_talk_share": rep / (rep + customer) if rep + customer else None,
        "silence_share": 1 - _spoken_seconds(dialogue) / dialogue.duration_s if dialogue.duration_s else None,
        "response_gap_median_s": median(gaps) if gaps else None,
        "rep_words_per_minute": 60 * rep_words / rep if rep else None,
        "customer_statement_count": float(len(dialogue.statements)),
        "interrupted_statement_count": float(interrupted),
    }
    return [Signal("talk", label, value, 1.0) for label, value in measures.items() if value is not None]


def _response_gaps(dialogue: Dialogue) -> list[float]:
    spoken = [turn for turn in dialogue.turns if not turn.is_backchannel]
    return [b.start_s - a.end_s for a, b in pairwise(spoken) if a.speaker == "customer" and b.speaker == "rep"]


def _spoken_seconds(dialogue: Dialogue) -> float:
    """Length of the union of all turns."""
    total, reached = 0.0, 0.0
    for turn in sorted(dialogue.turns, key=_start):
        total += max(0.0, turn.end_s - max(turn.start_s, reached))
        reached = max(reached, turn.end_s)
    return total


def _start(turn: Turn) -> float:
    return turn.start_s
