"""What leaks from one side of a call onto the other is taken out: cancelled in the signal, then word by word.

The path of the leak (handset, echo) is a short linear filter, found by least squares where only the source speaks
(Haykin, Adaptive Filter Theory, the Wiener solution) and subtracted. What coding has made of it remains, fainter: a
word or stretch of speech that lies as far below the other side as such remains do is not this speaker's.
"""

from collections.abc import Sequence
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from coachlake.speech.channels.arrangement import Leak
from coachlake.speech.decode import SAMPLE_RATE_HZ
from coachlake.speech.levels import levels_db

Samples = NDArray[np.float32]


class _Timed(Protocol):
    @property
    def start_s(self) -> float: ...
    @property
    def end_s(self) -> float: ...


_T = TypeVar("_T", bound=_Timed)

# A word this much fainter on its channel than what the other channel carries at that time is leakage (dB).
# Handset side tone lies 20 dB and more below speech (ITU-T G.111 side-tone masking ratings start near 15 dB).
LEAK_DB = 15.0
# Remains of a cancelled leak are told from the speaker's own words down to this difference (dB).
_LEAST_DB = 4.0
_MARGIN_DB = 5.0
# Length of the leak's path (s), of which this much before the delay that was found.
_PATH_S, _BEFORE_S = 0.12, 0.003
_RIDGE = 1e-3
_FRAME = 512  # of the decision who speaks alone: 32 ms
_MOST_S = 300.0  # of a long call, enough to learn the path from


def without_leakage(
    items: Sequence[_T],
    own: Samples,
    other: Samples,
    others: Sequence[_Timed],
    leak_db: float = LEAK_DB,
    delay_s: float = 0.0,
) -> list[_T]:
    """The words or stretches of speech that come from this channel: `own` and `other` are samples at 16 kHz, same
    length; `others` is what was found on the other channel.

    One goes only where the other channel is `leak_db` louder and someone is heard speaking on it then, `delay_s`
    earlier.
    """
    starts = np.array([item.start_s for item in others]) + delay_s
    ends = np.array([item.end_s for item in others]) + delay_s

    def is_leak(item: _T) -> bool:
        if not bool(np.any((starts < item.end_s) & (ends > item.start_s))):
            return False
        there = _level_db(_between(other, item.start_s - delay_s, item.end_s - delay_s))
        return there - _level_db(_between(own, item.start_s, item.end_s)) > leak_db

    return [item for item in items if not is_leak(item)]


def cancelled(left: Samples, right: Samples, leaks: tuple[Leak | None, Leak | None]) -> tuple[Samples, Samples]:
    """Both channels without what leaks of each onto the other. `leaks`: of left onto right, of right onto left."""
    onto_right, onto_left = leaks
    clean_right = right - _leaked(left, right, onto_right) if onto_right else right
    clean_left = left - _leaked(right, left, onto_left) if onto_left else left
    return clean_left, clean_right


def remaining_db(own: Samples, other: Samples, leak: Leak | None) -> float:
    """How far below the other side what is left of its leak lies at the least (dB): where words start to be one's own.

    From frames in which the other side alone spoke before cancelling; LEAK_DB at most and where nothing leaked.
    """
    if leak is None:
        return LEAK_DB
    one, source = levels_db(own, _FRAME), levels_db(other, _FRAME)
    shift = round(leak.delay_s * SAMPLE_RATE_HZ / _FRAME)
    is_loud = source > np.percentile(source, 98) - 15.0
    apart = (source - np.roll(one, -shift))[is_loud]
    apart = apart[apart > 0]
    usual = float(np.median(apart)) if apart.size else LEAK_DB
    return float(np.clip(usual - _MARGIN_DB, _LEAST_DB, LEAK_DB))


def _leaked(source: Samples, target: Samples, leak: Leak) -> Samples:
    """The part of `target` that is `source` filtered by the leak's path, by least squares over frames of the source
    alone."""
    from scipy.linalg import solve_toeplitz
    from scipy.signal import fftconvolve

    shift = round((leak.delay_s - _BEFORE_S) * SAMPLE_RATE_HZ)
    moved = _shifted(source, shift)
    taps = int(_PATH_S * SAMPLE_RATE_HZ)
    alone = _alone(moved, target, leak)[: int(_MOST_S * SAMPLE_RATE_HZ)]
    x, y = moved[: alone.size] * alone, target[: alone.size] * alone
    auto, cross = _correlated(x, x, taps), _correlated(x, y, taps)
    if auto[0] <= 0:
        return np.zeros_like(target)
    auto[0] *= 1 + _RIDGE
    path = solve_toeplitz(auto, cross)
    return np.asarray(fftconvolve(moved, path)[: target.size], np.float32)


def _alone(source: Samples, target: Samples, leak: Leak) -> Samples:
    """1 where only the source speaks (the target is no louder than its leak), else 0, sample by sample."""
    louder, leaked = levels_db(source, _FRAME), levels_db(target, _FRAME)
    is_alone = (louder > np.percentile(louder, 98) - 25.0) & (louder - leaked > -leak.gain_db - 4.0)
    flags = np.repeat(is_alone.astype(np.float32), _FRAME)
    return np.pad(flags, (0, max(0, source.size - flags.size)))[: source.size]


def _correlated(x: Samples, y: Samples, taps: int) -> NDArray[np.float64]:
    """Sum of x[n] * y[n + lag] for lags 0 to taps - 1."""
    from scipy.fft import irfft, next_fast_len, rfft

    size = next_fast_len(x.size + taps)
    curve = irfft(np.conj(rfft(x, size)) * rfft(y, size), size)
    return np.asarray(curve[:taps], np.float64)


def _shifted(samples: Samples, by: int) -> Samples:
    """Later by so many samples (earlier where negative), silence moving in."""
    if by >= 0:
        return np.pad(samples, (by, 0))[: samples.size]
    return np.pad(samples, (0, -by))[-by:]


def _between(samples: Samples, start_s: float, end_s: float) -> Samples:
    return samples[max(0, int(start_s * SAMPLE_RATE_HZ)) : max(int(end_s * SAMPLE_RATE_HZ), 1)]


def _level_db(samples: Samples) -> float:
    if samples.size == 0:
        return -120.0
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-12))
