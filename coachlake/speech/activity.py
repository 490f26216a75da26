"""Where someone speaks in a channel: silero finds speech, the level of the signal finds its exact edges."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coachlake.speech.decode import SAMPLE_RATE_HZ

_THRESHOLD = 0.5  # silero's own default
# A break inside a phrase (a stop consonant) is shorter; every longer one is an edge worth knowing.
_MIN_SILENCE_S = 0.16
# Silero is late at weak onsets and early at fading ends. Speech goes on past its edge, for at most this long, while
# the level stays this far above the line's noise and within the range of speech below the speaker's own level (dB).
_REACH_S, _ABOVE_NOISE_DB, _SPEECH_RANGE_DB = 0.5, 10.0, 30.0
_FRAME_S = 0.01
_FRAME = int(SAMPLE_RATE_HZ * _FRAME_S)


class Span(NamedTuple):
    """A stretch of speech, in seconds from the start of the recording."""

    start_s: float
    end_s: float


def speech_spans(samples: NDArray[np.float32]) -> list[Span]:
    """Stretches of speech in time order (float32, samples at 16 kHz), apart by at least 10 ms of silence.

    Music, tones and steady noise are no speech to silero and yield nothing. On speech from the demonstration's
    synthetic voice half of all edges lie within 10 ms of the truth (`tests/speech/test_activity.py`).
    """
    from faster_whisper.vad import get_speech_timestamps

    found = get_speech_timestamps(
        samples, threshold=_THRESHOLD, min_silence_duration_ms=int(_MIN_SILENCE_S * 1000), speech_pad_ms=0
    )
    frames = [(item["start"] // _FRAME, item["end"] // _FRAME) for item in found]
    levels = _levels_db(samples)
    frames = [(first, min(last, len(levels))) for first, last in frames if first < len(levels)]
    return _merged(_grown(frames, levels)) if frames else []


def _levels_db(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Level of each 10 ms in dBFS, smoothed over 30 ms."""
    frames = samples[: samples.size // _FRAME * _FRAME].reshape(-1, _FRAME)
    power = np.einsum("ij,ij->i", frames, frames).astype(np.float64) / _FRAME
    return np.convolve(10 * np.log10(power + 1e-10), np.full(3, 1 / 3), mode="same")


def _grown(frames: Sequence[tuple[int, int]], levels: NDArray[np.float64]) -> list[tuple[int, int]]:
    is_speech = np.zeros(len(levels), bool)
    for first, last in frames:
        is_speech[first:last] = True
    noise = float(np.percentile(levels[~is_speech], 20)) if not is_speech.all() else -100.0
    least = max(noise + _ABOVE_NOISE_DB, float(np.median(levels[is_speech])) - _SPEECH_RANGE_DB)
    is_loud = levels > least
    reach = int(_REACH_S / _FRAME_S)
    return [
        (first - _run(is_loud[max(0, first - reach) : first][::-1]), last + _run(is_loud[last : last + reach]))
        for first, last in frames
    ]


def _run(flags: NDArray[np.bool_]) -> int:
    """How many flags are true before the first that is not."""
    return int(flags.size if flags.all() else np.argmin(flags))


def _merged(frames: Sequence[tuple[int, int]]) -> list[Span]:
    spans: list[Span] = []
    for first, last in sorted(frames):
        start, end = first * _FRAME_S, last * _FRAME_S
        if spans and start <= spans[-1].end_s:
            spans[-1] = Span(spans[-1].start_s, max(spans[-1].end_s, end))
        else:
            spans.append(Span(start, end))
    return spans
