"""Does a reply probe for more about what the other told? Data requests, rhetorical questions and offers do not.

After the explorations of Sharma et al. 2020 (EPITOME): probing gently for the other's unstated experience.
"""

from coachlake.signals.kit import SignalKit

_FROM = 0.5


def probes(text: str, cue: str, kit: SignalKit) -> bool:
    """Whether a whole turn asks the other for more about their own matter."""
    return kit.probability("probing", "probes", [text], cue)[0] >= _FROM
