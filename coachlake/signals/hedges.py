"""Hedges that undermine trust in an answer or outcome. Politeness, empathy and honest scoping are not hedges."""

from coachlake.conversations.dialogue import Exchange
from coachlake.signals.kit import SignalKit
from coachlake.signals.signal import Signal, signal_at

_FROM = 0.5


def hedges(exchange: Exchange, kit: SignalKit) -> list[Signal]:
    """Each sentence of the rep that is unsure of the thing itself. Value: its probability."""
    said = exchange.response_sentences
    likely = kit.probability("hedge", "undermining", [sentence.text for sentence in said], exchange.cue_text)
    return [signal_at(s, "hedge", "undermining", p, p) for s, p in zip(said, likely, strict=True) if p >= _FROM]
