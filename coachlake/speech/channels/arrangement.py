"""What the two channels of a recording hold, decided from how alike they are.

Thresholds: `benchmarks/channel_conditions.py`, whose table is in docs/transcription.md.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from coachlake.speech.channels.likeness import Delay, Likeness, likeness

# people: a side of the call on each channel. one_signal: one recording on both.
Kind = Literal["people", "one_signal"]
# A frame in which one channel carries a copy of the other is this coherent; two voices at once hardly ever.
_COHERENT = 0.25
# One signal on both channels: so much of the power is coherent, and in loud frames (this far below the loudest, dB) the
# difference of level stays within so much (dB, between the percentiles). Leakage 3 dB down from either side puts the
# two sides 6 dB apart.
_ONE_SIGNAL_SHARE, _LOUD_DB, _ONE_SIGNAL_SPREAD_DB = 0.5, 15.0, 5.0
_PERCENTILES = (1, 99)
_MIN_FRAMES = 12  # three seconds of someone speaking
# Delays in both directions that differ by more than this (s) are two ways, not one.
_SAME_DELAY_S = 0.001
# Leakage fainter than this (dB) needs no cancelling: no recogniser hears it beside the speaker.
_FAINTEST_LEAK_DB = -27.0
_MIN_LEAK_FRAMES = 8  # two seconds of someone leaking


@dataclass(frozen=True, slots=True)
class Leak:
    """A copy of one channel on the other: `gain_db` (below 0: fainter) and `delay_s` (it comes so much later)."""

    gain_db: float
    delay_s: float


@dataclass(frozen=True, slots=True)
class Arrangement:
    """`kind`, and where it is people what leaks of the left onto the right channel (first) and the other way."""

    kind: Kind
    leaks: tuple[Leak | None, Leak | None] = (None, None)


def arrangement(left: NDArray[np.float32], right: NDArray[np.float32]) -> Arrangement:
    """What two channels are (float32, samples at 16 kHz, same length)."""
    found = likeness(left, right)
    if _is_one_signal(found):
        return Arrangement("one_signal")
    return Arrangement("people", (_leak(found, 0), _leak(found, 1)))


def _is_one_signal(found: Likeness) -> bool:
    if len(found.power) < _MIN_FRAMES or found.delays == (None, None):
        return False
    is_coherent = found.coherence > _COHERENT
    if found.power[is_coherent].sum() < _ONE_SIGNAL_SHARE * found.power.sum():
        return False
    first, second = found.delays
    if first and second and abs(first.seconds - second.seconds) > _SAME_DELAY_S:
        return False
    is_loud = found.power > np.percentile(found.power, 90) * 10 ** (-_LOUD_DB / 10)
    low, high = np.percentile(found.difference_db[is_loud], _PERCENTILES)
    return bool(high - low < _ONE_SIGNAL_SPREAD_DB)


def _leak(found: Likeness, source: int) -> Leak | None:
    """What the channel `source` (0 left, 1 right) leaves on the other one."""
    delay: Delay | None = found.delays[source]
    if delay is None:
        return None
    is_source = found.is_left_louder == (source == 0)
    if is_source.sum() < _MIN_LEAK_FRAMES:
        return None
    # Least squares: noise and the other's own words on the target channel average out.
    gain = abs(found.product[is_source].sum()) / max(float(found.power[is_source].sum()), 1e-12)
    gain_db = float(20 * np.log10(gain + 1e-9))
    if gain_db < _FAINTEST_LEAK_DB:
        return None
    return Leak(gain_db, delay.seconds if source == 0 else -delay.seconds)
