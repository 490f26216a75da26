"""Any recording a contact centre keeps, decoded to 16 kHz float channels."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE_HZ = 16_000
# A-law and µ-law streams without a header, as telephone systems write them: 8 kHz mono.
_RAW_G711 = {".ulaw": "mulaw", ".mulaw": "mulaw", ".ul": "mulaw", ".alaw": "alaw", ".al": "alaw", ".g711": "mulaw"}
_MIN_SECONDS = 1.0
# Peak below this (dBFS) means nobody spoke: line noise of a dead channel lies under it.
_SILENCE_PEAK_DB = -55.0
# Two channels that correlate above this are one recording written twice.
_DUAL_MONO_CORRELATION = 0.999


class UnreadableAudioError(ValueError):
    """The recording cannot be used; the message is the reason a person can act on."""


@dataclass(frozen=True, slots=True)
class Audio:
    """`samples`: float32, channels × samples at SAMPLE_RATE_HZ, in -1..1. `source_rate_hz` is the file's own rate."""

    samples: NDArray[np.float32]
    source_rate_hz: int

    @property
    def channels(self) -> int:
        """Number of channels: 1 or 2."""
        return int(self.samples.shape[0])

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return float(self.samples.shape[1]) / SAMPLE_RATE_HZ


def decode(path: str | Path) -> Audio:
    """Decode WAV, FLAC, MP3, M4A, Opus or G.711 (any rate, mono or stereo) to channels × samples at 16 kHz.

    Two identical channels come back as one. Raises UnreadableAudioError where the file is no audio, is cut off
    before one second, has more than two channels, or is silent throughout.
    """
    import av

    path = Path(path)
    try:
        with av.open(str(path), **_raw_options(path)) as container:
            if not container.streams.audio:
                raise UnreadableAudioError("the file holds no audio stream")
            stream = container.streams.audio[0]
            rate, channels = int(stream.rate or 0), int(stream.channels)
            if channels > 2:
                raise UnreadableAudioError(f"{channels} channels: expected a mono or two-channel recording")
            blocks = list(_resampled(container, stream, "stereo" if channels == 2 else "mono"))
    except (av.FFmpegError, EOFError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnreadableAudioError(f"not readable as audio: {reason}") from error
    samples = np.concatenate(blocks, axis=1) if blocks else np.zeros((channels, 0), np.float32)
    return Audio(_checked(samples), rate)


def _raw_options(path: Path) -> dict[str, Any]:
    kind = _RAW_G711.get(path.suffix.lower())
    return {"format": kind, "options": {"sample_rate": "8000"}} if kind else {}


def _resampled(container: Any, stream: Any, layout: str) -> Iterator[NDArray[np.float32]]:
    import av

    resampler = av.AudioResampler(format="fltp", layout=layout, rate=SAMPLE_RATE_HZ)
    try:
        for frame in container.decode(stream):
            for block in resampler.resample(frame):
                yield block.to_ndarray()
    except av.InvalidDataError:
        pass  # a recording cut off in the middle: keep what was decoded, the length check decides
    for block in resampler.resample(None):
        yield block.to_ndarray()


def _checked(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    seconds = samples.shape[1] / SAMPLE_RATE_HZ
    if seconds < _MIN_SECONDS:
        raise UnreadableAudioError(f"only {seconds:.2f} s of audio")
    peak = max(float(samples.max()), -float(samples.min()))  # no copy: two hours are a gigabyte
    if 20 * np.log10(max(peak, 1e-9)) < _SILENCE_PEAK_DB:
        raise UnreadableAudioError("silent throughout")
    if samples.shape[0] == 2 and _is_dual_mono(samples):
        return samples[:1]
    return samples


def _is_dual_mono(samples: NDArray[np.float32]) -> bool:
    left, right = samples[0], samples[1]
    energy = float(np.sqrt(np.dot(left, left)) * np.sqrt(np.dot(right, right)))
    return energy > 0 and float(np.dot(left, right)) / energy > _DUAL_MONO_CORRELATION
