"""Warmth: does a reply show feeling for the other person?

0 none, 1 warmth that names no feeling of the speaker's own (a wish, encouragement, solidarity, an offer to listen),
2 the speaker names what they feel for the other ("I'm so sorry this happened to you"). After the emotional reactions
of Sharma et al. 2020 (EPITOME).
"""

import re

from coachlake.signals.kit import SignalKit

# Of many sentences some look warm by chance: both thresholds are above one half, set on the project's own held-out
# examples (`coachlake eval`, task own_empathy).
WARM_FROM = 0.7
FELT_FROM = 0.8
# Written replies run on without capitals; a dash or dots end a sentence as well.
_BREAK = re.compile(r"(?<=[.?!])\s+|\n+|\s+-\s+|(?<=[a-z])\.\.+\s*")


def warmth_of_turn(text: str, kit: SignalKit) -> tuple[int, float]:
    """Level 0–2 of the warmest sentence, and the confidence 0–1 in it."""
    texts = [piece.strip() for piece in _BREAK.split(text) if piece.strip()]
    felt = kit.probability("warmth", "felt", texts)
    supportive = kit.probability("warmth", "supportive", texts)
    warm = max((f + s for f, s in zip(felt, supportive, strict=True)), default=0.0)
    if (strongest := max(felt, default=0.0)) >= FELT_FROM:
        return 2, strongest
    return (1, warm) if warm >= WARM_FROM else (0, 1 - warm)
