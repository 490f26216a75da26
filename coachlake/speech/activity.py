"""Where someone speaks in a channel: silero finds speech, the level of the signal finds its exact edges.

Silero's memory works against it on a telephone channel: after a long silence, or speech far above the level it was
trained at, it takes the next loud words for none ("Okay." at -8 dBFS over a floor of -80 scores 0.04). So a channel is
brought down to a moderate level first, and whatever stands clearly above the line's noise and was not taken for speech
is looked at again, without memory and at two levels. Starting anew everywhere instead loses what needs the memory: soft
words after loud ones.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coachlake.speech.decode import SAMPLE_RATE_HZ
from coachlake.speech.levels import FRAME_S, active_level_db, levels_db, smoothed
from coachlake.speech.silero import FRAME as SILERO_FRAME
from coachlake.speech.silero import FRAME_S as SILERO_S
from coachlake.speech.silero import speech_probabilities
from coachlake.speech.tones import is_tone
from coachlake.timings import timed

# Silero's own defaults: speech begins above the first and lasts until it falls below the second.
_BEGINS, _LASTS = 0.5, 0.35
# Active level (dBFS) to which a louder channel is brought down before it is looked at.
_MODERATE_DB = -30.0
# A break inside a phrase (a stop consonant) is shorter; every longer one is an edge worth knowing.
_MIN_SILENCE_S = 0.16
# Silero is late at weak onsets and early at fading ends. Speech goes on past its edge, for at most this long, while
# the level stays this far above the line's noise and within the range of speech below the speaker's own level (dB).
_REACH_S, _ABOVE_NOISE_DB, _SPEECH_RANGE_DB = 0.5, 10.0, 30.0
# Silero takes the onset of a tone for speech; whatever is this short (s) is asked whether it is one.
_BLIP_S = 0.2
# The second look: at what lasts this long (s), this far above the noise and within this of the active level (dB), with
# a little around it (s) and silence before (frames). Mean of the probabilities at both levels (dBFS): single words of
# real calls reach 0.42 to 0.8; noise, hum, clicks and beeps stay below 0.2; music reaches it now and then and becomes
# no words.
_LOOK_S, _LOOK_ABOVE_NOISE_DB, _LOOK_RANGE_DB, _MARGIN_S, _LEAD_FRAMES = 0.12, 20.0, 30.0, 0.1, 16
_LOOK_LEVELS_DB, _LOOK_BEGINS = (-20.0, -26.0), 0.42


class Span(NamedTuple):
    """A stretch of speech, in seconds from the start of the recording."""

    start_s: float
    end_s: float


@timed("detect_speech")
def speech_spans(samples: NDArray[np.float32]) -> list[Span]:
    """Stretches of speech in time order (float32, samples at 16 kHz), apart by at least 10 ms of silence.

    Music, tones and steady noise are no speech to silero and yield nothing. On speech from the demonstration's
    synthetic voice half of all edges lie within 10 ms of the truth (`tests/speech/test_activity.py`); what is missed
    on real calls is in docs/transcription.md.
    """
    levels = levels_db(samples)
    if not levels.size:
        return []
    gain = 10 ** (min(0.0, _MODERATE_DB - active_level_db(levels)) / 20)
    found = _stretches(speech_probabilities(samples * np.float32(gain)), _BEGINS, _LASTS)
    found = [span for span in found if span.end_s - span.start_s > _BLIP_S or not is_tone(_cut(samples, *span))]
    looked_at = [span for loud in loud_stretches(samples, found) for span in _looked_at(samples, *loud)]
    found = sorted([*found, *looked_at])
    frames = [(round(start / FRAME_S), min(round(end / FRAME_S), len(levels))) for start, end in found]
    frames = [(first, last) for first, last in frames if first < len(levels)]
    return _merged(_grown(frames, smoothed(levels))) if frames else []


def _stretches(probabilities: NDArray[np.float32], begins: float, lasts: float) -> list[Span]:
    """Runs of frames above `lasts` that reach `begins`; ones closer than _MIN_SILENCE_S joined."""
    joined: list[list[int]] = []
    for first, last in _runs(probabilities >= lasts):
        if joined and (first - joined[-1][1]) * SILERO_S < _MIN_SILENCE_S:
            joined[-1][1] = last
        else:
            joined.append([first, last])
    return [Span(a * SILERO_S, b * SILERO_S) for a, b in joined if float(probabilities[a:b].max()) >= begins]


def loud_stretches(samples: NDArray[np.float32], found: Sequence[Span]) -> list[Span]:
    """Stretches of _LOOK_S and longer that stand as far above the noise as speech and are neither in `found` (nor at
    its edges) nor a tone."""
    levels = levels_db(samples)
    if not levels.size:
        return []
    noise = float(np.percentile(levels, 10))
    is_left = smoothed(levels, 9) > max(noise + _LOOK_ABOVE_NOISE_DB, active_level_db(levels) - _LOOK_RANGE_DB)
    for start, end in found:
        is_left[max(0, round((start - 0.1) / FRAME_S)) : round((end + 0.1) / FRAME_S)] = False
    loud = [Span(first * FRAME_S, last * FRAME_S) for first, last in _runs(is_left)]
    return [span for span in loud if span.end_s - span.start_s >= _LOOK_S and not is_tone(_cut(samples, *span))]


def _looked_at(samples: NDArray[np.float32], start_s: float, end_s: float) -> list[Span]:
    """Speech in a stretch looked at by itself, without memory, at two levels."""
    from_s, to_s = max(0.0, start_s - _MARGIN_S), end_s + _MARGIN_S
    cut = _cut(samples, from_s, to_s)
    level = active_level_db(levels_db(cut))
    cut = np.pad(cut, _LEAD_FRAMES * SILERO_FRAME)
    looks = [speech_probabilities(cut * np.float32(10 ** ((wanted - level) / 20))) for wanted in _LOOK_LEVELS_DB]
    found = _stretches(np.mean(looks, axis=0), _LOOK_BEGINS, _LOOK_BEGINS / 2)
    shift = from_s - _LEAD_FRAMES * SILERO_S
    inside = [Span(max(start_s, shift + first), min(end_s, shift + last)) for first, last in found]
    return [span for span in inside if span.end_s > span.start_s]


def _cut(samples: NDArray[np.float32], start_s: float, end_s: float) -> NDArray[np.float32]:
    """What lies between, but not less than 0.12 s of it."""
    return samples[int(start_s * SAMPLE_RATE_HZ) : int(max(end_s, start_s + _LOOK_S) * SAMPLE_RATE_HZ)]


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and past-the-last index of each run of true flags."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(np.int8), [0]])))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _grown(frames: Sequence[tuple[int, int]], levels: NDArray[np.float64]) -> list[tuple[int, int]]:
    is_speech = np.zeros(len(levels), bool)
    for first, last in frames:
        is_speech[first:last] = True
    noise = float(np.percentile(levels[~is_speech], 20)) if not is_speech.all() else -100.0
    least = max(noise + _ABOVE_NOISE_DB, float(np.median(levels[is_speech])) - _SPEECH_RANGE_DB)
    is_loud = levels > least
    reach = int(_REACH_S / FRAME_S)
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
        start, end = first * FRAME_S, last * FRAME_S
        if spans and start <= spans[-1].end_s:
            spans[-1] = Span(spans[-1].start_s, max(spans[-1].end_s, end))
        else:
            spans.append(Span(start, end))
    return spans
