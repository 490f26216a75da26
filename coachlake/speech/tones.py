"""Keypad, ringing and test tones: sound that is nothing but a few steady lines of the spectrum."""

import numpy as np
from numpy.typing import NDArray

_WINDOW, _HOP = 1024, 256  # 64 ms at 16 kHz: lines 16 Hz wide
_LINES, _WIDTH = 3, 2  # of a keypad tone two, of some ringing tones three; a Hann window spreads each over two bins
# Share of the power in the strongest lines: of tones 0.996 and more, of voiced speech 0.99 at the very most.
_TONE_SHARE = 0.993


def is_tone(samples: NDArray[np.float32]) -> bool:
    """Whether float32 samples at 16 kHz (64 ms at least, else False) hold tones only."""
    if samples.size < _WINDOW:
        return False
    frames = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW)[::_HOP] * np.hanning(_WINDOW)
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    whole = power.sum(axis=1)
    is_loud = whole > 0.3 * whole.max()
    power, whole = power[is_loud], whole[is_loud]
    rows, left = np.arange(len(power))[:, None], power.copy()
    for _ in range(_LINES):
        bins = left.argmax(axis=1)[:, None] + np.arange(-_WIDTH, _WIDTH + 1)
        left[rows, np.clip(bins, 0, left.shape[1] - 1)] = 0.0
    return bool(np.median(1 - left.sum(axis=1) / np.maximum(whole, 1e-12)) > _TONE_SHARE)
