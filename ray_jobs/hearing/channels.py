"""Two-channel calls: each channel is a speaker; what leaks from one into the other is taken out."""

import numpy as np
from numpy.typing import NDArray

from ray_jobs.audio.decode import SAMPLE_RATE_HZ
from ray_jobs.conversation import Word

# A word this much fainter on its channel than what the other channel carries at that time is leakage (dB).
# Handset side tone lies 20 dB and more below speech (ITU-T G.111 side-tone masking ratings start near 15 dB).
LEAK_DB = 15.0


def without_leakage(
    words: list[Word], own: NDArray[np.float32], other: NDArray[np.float32], other_words: list[Word]
) -> list[Word]:
    """The words that were spoken on this channel: `own` and `other` are samples at 16 kHz, same length.

    A word goes only where the other channel is LEAK_DB louder and someone is heard speaking on it then.
    """
    starts = np.array([word.start_s for word in other_words])
    ends = np.array([word.end_s for word in other_words])
    return [word for word in words if not _is_leak(word, own, other, starts, ends)]


def _is_leak(
    word: Word,
    own: NDArray[np.float32],
    other: NDArray[np.float32],
    starts: NDArray[np.float64],
    ends: NDArray[np.float64],
) -> bool:
    if not bool(np.any((starts < word.end_s) & (ends > word.start_s))):
        return False
    span = slice(int(word.start_s * SAMPLE_RATE_HZ), max(int(word.end_s * SAMPLE_RATE_HZ), 1))
    return _level_db(other[span]) - _level_db(own[span]) > LEAK_DB


def _level_db(samples: NDArray[np.float32]) -> float:
    if samples.size == 0:
        return -120.0
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-12))
