"""How alike two channels are, second by second: the delay between them, their coherence and their difference in level.

Everything is measured at 8 kHz, the band of a telephone. A copy of one channel on the other (leakage, or one signal
recorded twice) keeps its delay for the whole call, so the delay is found from all blocks together; the coherence of
each block is then measured at that delay alone, where two different voices have none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coachlake.speech.decode import SAMPLE_RATE_HZ

Samples = NDArray[np.float32]
Spectrum = NDArray[np.complex64]
_RATE_HZ = SAMPLE_RATE_HZ // 2
# Echo returns over a network within this (s); a block must be several times longer than the delays it is to show.
_MAX_DELAY_S = 0.35
_BLOCK = 8192  # 1 s
_MOST_BLOCKS = 400  # of a long call, evenly spread
_WINDOW = np.hanning(_BLOCK).astype(np.float32)
_BAND = slice(int(250 / _RATE_HZ * 2 * _BLOCK) + 1, int(3500 / _RATE_HZ * 2 * _BLOCK))  # bins of 250 to 3500 Hz
# Whitening of the cross-spectrum (0 none, 1 PHAT): voices have strong periodic correlations of their own.
_WHITENING = 0.7
# A block counts where the louder channel is this far above its own noise and within this of its active level (dB).
_ABOVE_NOISE_DB, _RANGE_DB = 6.0, 22.0
_FRAME = 2048  # of the second pass: 0.26 s
# A delay is one where the common peak stands this far out of the rest (standard deviations).
_PEAK_SIGMA = 7.0


class Delay(NamedTuple):
    """How much later (s, negative: earlier) the right channel carries what the left does, and how clearly."""

    seconds: float
    sigma: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """Frames of 0.26 s in which someone speaks: `coherence` 0-1 at the common delay, `difference_db` right - left,
    `power` of the louder channel, `product` of the two (signed, at the delay). `delays`: found where the left is the
    louder one, and where the right is."""

    coherence: NDArray[np.float64]
    difference_db: NDArray[np.float64]
    power: NDArray[np.float64]
    product: NDArray[np.float64]
    delays: tuple[Delay | None, Delay | None]

    @property
    def is_left_louder(self) -> NDArray[np.bool_]:
        """Whether the left channel is the louder one, frame by frame."""
        louder: NDArray[np.bool_] = self.difference_db < 0
        return louder


def likeness(left: Samples, right: Samples) -> Likeness:
    """Measure two channels of the same length (float32, samples at 16 kHz)."""
    low = _halved(left), _halved(right)
    delays = _delays(*low)
    one, other = (np.append(x[:1], x[1:] - np.float32(0.9) * x[:-1]) for x in low)
    # Where one side is hardly ever the louder one, the delay of the other direction is the only one there is.
    found = [_at_delay(one, other, delay or delays[0] or delays[1]) for delay in delays]
    louder = found[0][1] < 0
    chosen = [np.where(louder, *pair) for pair in zip(*found, strict=True)]
    is_active = _is_active(one, other)
    coherence, difference, power, product = (values[is_active] for values in chosen)
    return Likeness(coherence, difference, power, product, delays)


def _halved(samples: Samples) -> Samples:
    even = samples[: samples.size // 2 * 2]
    return (even[::2] + even[1::2]) * np.float32(0.5)


def _delays(left: Samples, right: Samples) -> tuple[Delay | None, Delay | None]:
    count = min(left.size, right.size) // _BLOCK
    chosen = np.unique(np.linspace(0, count - 1, min(count, _MOST_BLOCKS)).astype(int))
    pooled: tuple[list[Spectrum], list[Spectrum]] = ([], [])
    for index in chosen:
        part = slice(index * _BLOCK, (index + 1) * _BLOCK)
        energies = float(np.dot(left[part], left[part])), float(np.dot(right[part], right[part]))
        if max(energies) > 1e-7 * _BLOCK:
            pooled[int(energies[0] < energies[1])].append(_cross_spectrum(left[part], right[part]))
    return _peak(pooled[0]), _peak(pooled[1])


def _cross_spectrum(left: Samples, right: Samples) -> Spectrum:
    """Whitened cross-spectrum in _BAND whose correlation is 1 where one block is a copy of the other."""
    from scipy.fft import rfft  # loaded where it is used: this module counts among what Dagster's definitions import

    one, other = (rfft(block * _WINDOW, 2 * _BLOCK)[_BAND] for block in (left, right))
    a, b = np.abs(one), np.abs(other)
    weight = np.maximum(a * b, np.float32(1e-12)) ** np.float32(-_WHITENING)
    norm = np.sqrt(np.sum(a * a * weight) * np.sum(b * b * weight))
    whitened: Spectrum = np.conj(one) * other * weight / np.maximum(norm, np.float32(1e-12))
    return whitened


def _peak(spectra: Sequence[Spectrum]) -> Delay | None:
    """The delay at which the blocks' mean correlation peaks, over lags from -_MAX_DELAY_S to it."""
    from scipy.fft import irfft

    if not spectra:
        return None
    whole = np.zeros(_BLOCK + 1, np.complex64)
    whole[_BAND] = np.mean(spectra, axis=0)
    curve = np.abs(irfft(whole, 2 * _BLOCK) * _BLOCK)
    most = int(_MAX_DELAY_S * _RATE_HZ)
    mean = np.concatenate([curve[-most:], curve[: most + 1]])
    at = int(mean.argmax())
    sigma = float(mean[at] / max(np.sqrt(np.mean(mean**2)), 1e-12))
    return Delay((at - mean.size // 2) / _RATE_HZ, sigma) if sigma > _PEAK_SIGMA else None


def _at_delay(left: Samples, right: Samples, delay: Delay | None) -> tuple[NDArray[np.float64], ...]:
    """Coherence, difference of level (dB), power and product of each frame, the right channel shifted."""
    shift = round((delay.seconds if delay else 0.0) * _RATE_HZ)
    count = left.size // _FRAME
    one = _framed(left, count)
    other = _framed(np.roll(right, -shift), count)
    powers = np.sum(one**2, axis=1), np.sum(other**2, axis=1)
    products = [
        np.einsum("ij,ij->i", one, other if step == 0 else _framed(np.roll(right, step - shift), count))
        for step in ((0, -1, 1) if delay else ())
    ]
    product = _largest(products) if products else np.zeros(count)
    coherence = product**2 / np.maximum(powers[0] * powers[1], 1e-12)
    difference = 10 * np.log10((powers[1] + 1e-9) / (powers[0] + 1e-9))
    return coherence, difference, np.maximum(*powers), product


def _largest(products: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Of the products at neighbouring delays the set that is largest over all: the delay lies between two samples."""
    return max(products, key=lambda values: float(np.sum(np.abs(values))))


def _framed(samples: Samples, count: int) -> NDArray[np.float64]:
    return samples[: count * _FRAME].reshape(count, _FRAME).astype(np.float64)


def _is_active(left: Samples, right: Samples) -> NDArray[np.bool_]:
    count = left.size // _FRAME
    active = np.zeros(count, bool)
    for channel in (left, right):
        power = np.mean(channel[: count * _FRAME].reshape(count, _FRAME).astype(np.float64) ** 2, axis=1)
        levels = 10 * np.log10(power + 1e-10)
        if count and levels.max() > -70:
            least = max(np.percentile(levels, 10) + _ABOVE_NOISE_DB, np.percentile(levels, 97) - _RANGE_DB)
            active |= levels > least
    return active
