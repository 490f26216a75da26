"""Levels of a signal in dBFS, frame by frame."""

import numpy as np
from numpy.typing import NDArray

FRAME_S = 0.01
_FRAME = 160  # 10 ms at 16 kHz
# Speech covers about this range below its loudest frames (dB); ITU-T P.56 measures the active level within it.
_ACTIVE_RANGE_DB = 25.0


def levels_db(samples: NDArray[np.float32], frame: int = _FRAME) -> NDArray[np.float64]:
    """Mean power in dBFS of each `frame` samples; -100 where there is nothing."""
    frames = samples[: samples.size // frame * frame].reshape(-1, frame)
    power = np.einsum("ij,ij->i", frames, frames).astype(np.float64) / frame
    decibels: NDArray[np.float64] = 10 * np.log10(power + 1e-10)
    return decibels


def smoothed(levels: NDArray[np.float64], frames: int = 3) -> NDArray[np.float64]:
    """The mean over `frames` neighbours in dB."""
    return np.convolve(levels, np.full(frames, 1 / frames), mode="same")


def active_level_db(levels: NDArray[np.float64]) -> float:
    """Mean power in dBFS of the frames within 25 dB of the loud ones (the 98th percentile); -100 of nothing."""
    if not levels.size:
        return -100.0
    active = levels[levels > np.percentile(levels, 98) - _ACTIVE_RANGE_DB]
    return float(10 * np.log10(np.mean(10 ** (active / 10)))) if active.size else -100.0
