"""Voice tone of each turn: pitch, loudness and rate, and how far each lies from the speaker's own baseline.

What is measured is the turn's own speech, frame by frame: silence between words does not count, and tones
(hold music, DTMF, ringing) hardly ever fall inside a recognised word. Pitch comes from SwiftF0 at confidence
above 0.5; loudness is the median level of speech frames, so clicks and clipped peaks do not move it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from coachlake.conversations.conversation import Conversation, Turn, Voice
from coachlake.conversations.transcript import Segment
from coachlake.models.weights import verified_weight
from coachlake.speech.decode import SAMPLE_RATE_HZ
from coachlake.timings import timed

_FRAME = 512  # 32 ms at 16 kHz
_MIN_CONFIDENCE = 0.5  # SwiftF0's own recommendation
# Below 300 Hz a telephone band has lost the fundamental, but SwiftF0 reads it from the harmonics; adult speech
# lies in 65-400 Hz.
_F0_RANGE_HZ = (65.0, 400.0)
_MAX_PITCH_SECONDS = 4.0  # the middle of a longer turn says as much, at a bounded cost
_MIN_TURN_SECONDS = 0.6
_MIN_BASELINE_TURNS = 4
_MAD_TO_SIGMA = 1.4826  # of a normal distribution


_Spoken = TypeVar("_Spoken", Turn, Segment)


class PitchTracker:
    """SwiftF0, loaded when first used."""

    def __init__(self, weight: str = "swift-f0") -> None:
        self._weight = weight

    @cached_property
    @timed("load_models")
    def _model(self) -> Any:
        from swift_f0 import SwiftF0

        verified_weight(self._weight)
        return SwiftF0(threads=1)

    def pitch_hz(self, samples: NDArray[np.float32]) -> float | None:
        """Median pitch in Hz of the voiced frames (float32, samples at 16 kHz), None where under five are voiced."""
        found = self._model.detect(samples, SAMPLE_RATE_HZ, fmin=_F0_RANGE_HZ[0], fmax=_F0_RANGE_HZ[1])
        voiced = found.pitch_hz[found.confidence > _MIN_CONFIDENCE]
        return float(np.median(voiced)) if voiced.size >= 5 else None


def with_voices(
    conversation: Conversation, channels: Mapping[str, NDArray[np.float32]], tracker: PitchTracker
) -> Conversation:
    """The conversation with a Voice on every turn long enough to measure (0.6 s).

    `channels`: speaker → samples at 16 kHz of the channel they are on (the same array twice for a mono recording).
    """
    return replace(conversation, turns=tuple(voiced(conversation.turns, channels, tracker)))


@timed("measure_voice")
def voiced(
    spoken: Sequence[_Spoken], channels: Mapping[str, NDArray[np.float32]], tracker: PitchTracker
) -> list[_Spoken]:
    """Turns or segments with a Voice each, measured against its own speaker's baseline; see `with_voices`."""
    measured = [_measured(item, channels[item.speaker], tracker) for item in spoken]
    for speaker in dict.fromkeys(item.speaker for item in spoken):
        measured = _against_baseline(measured, speaker)
    return measured


def _measured(turn: _Spoken, channel: NDArray[np.float32], tracker: PitchTracker) -> _Spoken:
    if turn.end_s - turn.start_s < _MIN_TURN_SECONDS:
        return turn
    samples = channel[int(turn.start_s * SAMPLE_RATE_HZ) : int(turn.end_s * SAMPLE_RATE_HZ)]
    if samples.size < _FRAME * 4:
        return turn
    voice = Voice(tracker.pitch_hz(_middle(samples)), _loudness_db(samples), _rate(turn))
    return replace(turn, voice=voice)


def _middle(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    spare = samples.size - int(_MAX_PITCH_SECONDS * SAMPLE_RATE_HZ)
    return samples if spare <= 0 else samples[spare // 2 : samples.size - (spare - spare // 2)]


def _loudness_db(samples: NDArray[np.float32]) -> float:
    """Median level in dBFS of the louder half of the frames: speech, not the pauses inside the turn."""
    frames = samples[: samples.size // _FRAME * _FRAME].reshape(-1, _FRAME).astype(np.float64)
    levels = 10 * np.log10(np.mean(frames**2, axis=1) + 1e-10)
    return float(np.median(levels[levels >= np.median(levels)]))


def _rate(turn: Turn | Segment) -> float | None:
    """Words per second of speech: time between words longer than 0.3 s is a pause and left out."""
    if len(turn.words) < 4:
        return None
    pauses = [b.start_s - a.end_s for a, b in zip(turn.words, turn.words[1:], strict=False)]
    spoken = turn.end_s - turn.start_s - sum(pause for pause in pauses if pause > 0.3)
    return len(turn.words) / max(spoken, 0.3)


def _against_baseline(turns: list[_Spoken], speaker: str) -> list[_Spoken]:
    measures: dict[str, Callable[[Voice], float | None]] = {
        "pitch_z": lambda voice: 12 * float(np.log2(voice.pitch_hz / 100)) if voice.pitch_hz else None,
        "loudness_z": lambda voice: voice.loudness_db,
        "rate_z": lambda voice: voice.rate_wps,
    }
    # The least scale that counts as this speaker's own spread: below it, a z would magnify measurement noise.
    floors = {"pitch_z": 0.7, "loudness_z": 1.0, "rate_z": 0.35}  # semitones, dB, words a second
    own = [turn for turn in turns if turn.speaker == speaker and turn.voice]
    for name, measure in measures.items():
        known = [value for turn in own if turn.voice and (value := measure(turn.voice)) is not None]
        if len(known) < _MIN_BASELINE_TURNS:
            continue
        centre = float(np.median(known))
        scale = max(_MAD_TO_SIGMA * float(np.median(np.abs(np.array(known) - centre))), floors[name])
        turns = [_with_z(turn, speaker, name, measure, centre, scale) for turn in turns]
    return turns


def _with_z(
    turn: _Spoken, speaker: str, name: str, measure: Callable[[Voice], float | None], centre: float, scale: float
) -> _Spoken:
    if turn.speaker != speaker or turn.voice is None or (value := measure(turn.voice)) is None:
        return turn
    return replace(turn, voice=replace(turn.voice, **{name: (value - centre) / scale}))
