"""A turn's tone against the speaker's own baseline survives what telephone lines do to it."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import resample_poly

from coachlake.conversations.conversation import Conversation, Turn, Word, conversation_from_turns
from coachlake.speech.decode import SAMPLE_RATE_HZ
from coachlake.speech.voice import PitchTracker, with_voices
from tests.speech.sounds import dtmf, hold_music, noise
from tests.spoken import SpokenCall

Samples = NDArray[np.float32]
_TRACKER = PitchTracker()


def _call(spoken: SpokenCall) -> Conversation:
    turns = []
    for place in spoken.placed:
        tokens, length = place.line.text.split(), place.end_s - place.start_s
        step = length / len(tokens)
        words = tuple(Word(t, place.start_s + i * step, place.start_s + (i + 1) * step) for i, t in enumerate(tokens))
        turns.append(Turn(-1, place.line.speaker, place.start_s, place.end_s, place.line.text, words))
    return conversation_from_turns("call", turns)


def _tones(spoken: SpokenCall, change: Callable[[Samples], Samples]) -> NDArray[np.float64]:
    """z of pitch and loudness of each customer turn, turns × 2."""
    rep, customer = spoken.samples
    heard = with_voices(_call(spoken), {"rep": change(rep), "customer": change(customer)}, _TRACKER)
    voices = [turn.voice for turn in heard.by("customer") if turn.voice]
    return np.array([[voice.pitch_z or 0.0, voice.loudness_z or 0.0] for voice in voices])


def _narrow(samples: Samples) -> Samples:
    """Down to 8 kHz and 8-bit µ-law steps, and up again."""
    low = resample_poly(samples, 1, 2)
    companded = np.sign(low) * np.log1p(255 * np.clip(np.abs(low), 0, 1)) / np.log1p(255)
    stepped = np.round(companded * 127) / 127
    back = np.sign(stepped) * np.expm1(np.abs(stepped) * np.log1p(255)) / 255
    return np.asarray(resample_poly(back, 2, 1)[: samples.size], np.float32)


def _noisy(samples: Samples) -> Samples:
    return samples + noise(samples.size / SAMPLE_RATE_HZ + 1, -38)[: samples.size]


def _clipped(samples: Samples) -> Samples:
    return np.clip(samples * 4, -0.9, 0.9)


def _quiet(samples: Samples) -> Samples:
    return samples * 0.1


def _with_tones_in_the_pauses(samples: Samples) -> Samples:
    """Keypad and music after the call; nothing of them is in any turn."""
    return np.concatenate([samples, dtmf("4719"), hold_music(5)])


@pytest.mark.parametrize("change", [_narrow, _noisy, _clipped, _quiet, _with_tones_in_the_pauses])
def test_tone_against_the_own_baseline_changes_little(
    spoken_call: SpokenCall, change: Callable[[Samples], Samples]
) -> None:
    clean, changed = _tones(spoken_call, lambda samples: samples), _tones(spoken_call, change)
    assert clean.shape == changed.shape
    assert np.median(np.abs(changed - clean)) < 0.35
    assert np.max(np.abs(changed - clean)) < 1.5


def test_louder_turn_stands_out(spoken_call: SpokenCall) -> None:
    loud = spoken_call.lines("customer")[1]

    def raise_one(samples: Samples) -> Samples:
        raised = samples.copy()
        raised[int(loud.start_s * SAMPLE_RATE_HZ) : int(loud.end_s * SAMPLE_RATE_HZ)] *= 2.5
        return raised

    before, after = _tones(spoken_call, lambda samples: samples), _tones(spoken_call, raise_one)
    assert after[1, 1] - before[1, 1] > 2.0
    assert np.argmax(after[:, 1]) == 1


@pytest.mark.parametrize("sound", [noise(3, -30), dtmf("47193058264719")], ids=["noise", "dtmf"])
def test_noise_and_keypad_have_no_pitch(sound: Samples) -> None:
    assert _TRACKER.pitch_hz(sound) is None
