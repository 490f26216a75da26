"""Warmth: does a reply show feeling for the other person?

0 none, 1 warmth that names no feeling of the speaker (a wish, encouragement, solidarity, an offer to listen), 2 the
speaker names what they feel for the other ("I'm so sorry this happened to you"). After the emotional reactions of
Sharma et al. 2020 (EPITOME).
"""

from ray_jobs.conversation import Turn
from ray_jobs.signals.kit import SignalKit
from ray_jobs.turns import sentences_of


def warmth_of_turn(text: str, kit: SignalKit) -> tuple[int, float]:
    """Level 0–2 of the warmest sentence, and the confidence 0–1 in it."""
    texts = [sentence.text for sentence in sentences_of(Turn(0, "rep", 0.0, 1.0, text))]
    felt = max(kit.probability("acknowledgement", "specific", texts), default=0.0)
    any_ = max(kit.probability("acknowledgement", "generic", texts), default=0.0)
    if max(felt, any_) < 0.5:
        return 0, 1 - max(felt, any_)
    return (2, felt) if felt > any_ else (1, any_)
