"""Two-channel calls: each channel is a speaker; what leaks from one into the other is taken out."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from coachlake.speech.decode import SAMPLE_RATE_HZ


class _Timed(Protocol):
    @property
    def start_s(self) -> float: ...
    @property
    def end_s(self) -> float: ...


_T = TypeVar("_T", bound=_Timed)

# A word this much fainter on its channel than what the other channel carries at that time is leakage (dB).
# Handset side tone lies 20 dB and more below speech (ITU-T G.111 side-tone masking ratings start near 15 dB).
LEAK_DB = 15.0


def without_leakage(
    items: Sequence[_T], own: NDArray[np.float32], other: NDArray[np.float32], others: Sequence[_Timed]
) -> list[_T]:
    """The words or stretches of speech that come from this channel: `own` and `other` are samples at 16 kHz, same
    length; `others` is what was found on the other channel.

    One goes only where the other channel is LEAK_DB louder and someone is heard speaking on it then.
    """
    starts = np.array([item.start_s for item in others])
    ends = np.array([item.end_s for item in others])
    return [item for item in items if not _is_leak(item, own, other, starts, ends)]


def _is_leak(
    item: _Timed,
    own: NDArray[np.float32],
    other: NDArray[np.float32],
    starts: NDArray[np.float64],
    ends: NDArray[np.float64],
) -> bool:
    if not bool(np.any((starts < item.end_s) & (ends > item.start_s))):
        return False
    span = slice(int(item.start_s * SAMPLE_RATE_HZ), max(int(item.end_s * SAMPLE_RATE_HZ), 1))
    return _level_db(other[span]) - _level_db(own[span]) > LEAK_DB


def _level_db(samples: NDArray[np.float32]) -> float:
    if samples.size == 0:
        return -120.0
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-12))
