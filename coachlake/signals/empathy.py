"""Empathy: each time the customer voices trouble, emotion or a personal circumstance, and what the rep did with it.

good names the specific situation, average is a phrase that would fit any call, poor goes straight to process.
"""

from collections.abc import Sequence

from coachlake.conversations.dialogue import Dialogue, Exchange
from coachlake.language.content import shared_content
from coachlake.language.negation import denies_trouble
from coachlake.rubrics.schema import Level
from coachlake.signals.kit import SignalKit
from coachlake.signals.signal import Signal, signal_at

# A statement is an opportunity from this probability on.
_CUE_FROM = 0.6
# An acknowledgement is looked for in the first sentences of the answer: later it no longer answers the cue.
_LOOK_AT = 4
_WARM_FROM = 0.5
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
    cue, likely = kit.likeliest("empathy_cue", "cue", voiced)
    if cue is None or likely < _CUE_FROM:
        return None
    said = exchange.response_sentences[:_LOOK_AT]
    level, sure, at = response_level([sentence.text for sentence in said], exchange.cue_text, kit)
    return signal_at(said[at], "empathy", level, _VALUE[level], min(likely, sure), cue.turn_index)


def response_level(texts: Sequence[str], cue: str, kit: SignalKit) -> tuple[Level, float, int]:
    """Level of an answer (its first sentences, at least one) to a cue, confidence 0–1, and the deciding sentence.

    Warm: acknowledging by the project's examples, or showing feeling (`warmth`). Of what is warm, naming the
    situation takes meaning and substance: the sentence takes up something the customer said.
    """
    specific = kit.probability("acknowledgement", "specific", texts)
    generic = kit.probability("acknowledgement", "generic", texts)
    cold = kit.probability("warmth", "none", texts)
    warm = [max(s + g, 1 - c if c else 0.0) for s, g, c in zip(specific, generic, cold, strict=True)]
    best = max(range(len(texts)), key=warm.__getitem__)
    if warm[best] < _WARM_FROM or texts[best].endswith("?"):
        return "poor", 1 - warm[best] if warm[best] < _WARM_FROM else 0.6, 0
    takes_up = shared_content(texts[best], cue) > 0
    is_specific = specific[best] > generic[best] if takes_up else specific[best] > 0.75
    return "good" if is_specific else "average", max(specific[best], generic[best]), best
