"""Warmth: does a reply show feeling for the other person?

0 none, 1 warmth that names no feeling of the speaker's own (a wish, encouragement, solidarity, an offer to listen),
2 the speaker names what they feel for the other ("I'm so sorry this happened to you"). After the emotional reactions
of Sharma et al. 2020 (EPITOME).
"""

from coachlake.signals.kit import SignalKit

_LEVELS = ("none", "supportive", "felt")


def warmth_of_turn(text: str, cue: str, kit: SignalKit) -> tuple[int, float]:
    """Level 0–2 of a whole turn that answers `cue`, and the confidence 0–1 in it."""
    chances = [kit.probability("warmth", label, [text], cue)[0] for label in _LEVELS]
    level = max(range(len(chances)), key=chances.__getitem__)
    return level, chances[level]
