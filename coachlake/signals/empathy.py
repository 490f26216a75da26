"""Empathy: each time the customer voices trouble, emotion or a personal circumstance, and what the rep did with it.

good names the specific situation, average is a phrase that would fit any call, poor goes straight to process or plays
it down.
"""

from collections.abc import Sequence

from coachlake.conversations.dialogue import Dialogue, Exchange
from coachlake.language.acts.model import Acts
from coachlake.language.negation import denies_trouble
from coachlake.rubrics.schema import Level
from coachlake.signals.kit import SignalKit
from coachlake.signals.signal import Signal, signal_at

# A statement is an opportunity from this probability on.
CUE_FROM = 0.5
# An acknowledgement is looked for in the first sentences of the answer: later it no longer answers the cue.
_LOOK_AT = 5
_WARM_FROM, _HOLLOW_FROM = 0.5, 0.5
_VALUE: dict[Level, float] = {"good": 2.0, "average": 1.0, "poor": 0.0}


def empathy_moments(dialogue: Dialogue, kit: SignalKit) -> list[Signal]:
    """One signal an opportunity: label and value (2, 1, 0) are the rep's response, quote the deciding sentence."""
    found = (empathy_in(exchange, kit) for exchange in dialogue.exchanges)
    return [moment for moment in found if moment is not None]


def empathy_in(exchange: Exchange, kit: SignalKit) -> Signal | None:
    """The opportunity of an exchange; None where there is none, or the rep never answers it (the call ends): there
    was nothing to judge."""
    if not exchange.cue or not exchange.response:
        return None
    voiced = [sentence for sentence in exchange.cue_sentences if not denies_trouble(sentence.text)]
    cue, likely = kit.likeliest("empathy_cue", "cue", voiced, exchange.before)
    if cue is None or likely < CUE_FROM:
        return None
    said = (exchange.fresh_sentences or exchange.response_sentences)[:_LOOK_AT]
    if not said:  # turns without a word
        return None
    level, sure, at = response_level(kit.answers(exchange, said))
    if level == "good" and not exchange.fresh_sentences:
        level = "average"  # said before in the same words, it fits any call
    return signal_at(said[at], "empathy", level, _VALUE[level], min(likely, sure), cue.turn_index)


def response_level(said: Sequence[Acts]) -> tuple[Level, float, int]:
    """Level of an answer (the acts of its first sentences, at least one), confidence 0–1, and the deciding sentence.

    The warmest sentence decides; where none is warm, one that plays the trouble down, else the first.
    """
    specific, generic = ([acts.chance("ack", label) for acts in said] for label in ("specific", "generic"))
    warm = [s + g for s, g in zip(specific, generic, strict=True)]
    best = max(range(len(said)), key=warm.__getitem__)
    if warm[best] >= _WARM_FROM:
        named = max(range(len(said)), key=specific.__getitem__)
        if specific[named] >= _WARM_FROM or specific[best] > generic[best]:
            at = named if specific[named] >= _WARM_FROM else best
            return "good", warm[at], at
        return "average", warm[best], best
    hollow = [acts.chance("ack", "hollow") for acts in said]
    worst = max(range(len(said)), key=hollow.__getitem__)
    return "poor", 1 - warm[best], worst if hollow[worst] >= _HOLLOW_FROM else 0
