"""Recordings as transcripts, whatever way their channels arrived. The tiny recogniser, for time."""

from itertools import pairwise
from types import SimpleNamespace

import numpy as np
import pytest

from coachlake.conversations.transcript import Transcript
from coachlake.speech.decode import SAMPLE_RATE_HZ, Audio
from coachlake.speech.recogniser import _by_window
from coachlake.speech.transcriber import Transcriber
from demonstration.speech import voice_of
from tests.speech.channels.made import later, leaking, noise, talk

_MENU = ("For plants, press one. For garden tools, press two.", "Your call may be recorded.", "All our lines are busy.")


@pytest.fixture(scope="module")
def transcriber() -> Transcriber:
    return Transcriber("fast")


def _said(transcript: Transcript, label: str) -> str:
    return " ".join(segment.text for segment in transcript.segments if segment.speaker == label).lower()


def test_leaking_sides_are_heard_once_each(transcriber: Transcriber) -> None:
    heard = transcriber.transcript_of(Audio(leaking(6, 0.06, 0.03), SAMPLE_RATE_HZ))
    assert [(person.label, person.channel) for person in heard.participants] == [("left", 0), ("right", 1)]
    for word, label, other in (("garden", "left", "right"), ("neighbo", "right", "left"), ("bell", "left", "right")):
        assert _said(heard, label).count(word) == 1
        assert word not in _said(heard, other)
    assert heard.format == "recording"
    assert heard.language is None  # the tiny recogniser knows English only
    assert any(segment.voice and segment.voice.pitch_hz for segment in heard.segments)


def test_one_signal_on_both_channels_is_heard_once(transcriber: Transcriber) -> None:
    mixed = talk().sum(axis=0)
    both = np.stack([mixed, later(mixed, 0.04) * np.float32(-0.6)]) + noise((2, mixed.size), -55)
    heard = transcriber.transcript_of(Audio(both, SAMPLE_RATE_HZ))
    assert {person.label for person in heard.participants} == {"speaker 1", "speaker 2"}
    assert " ".join(segment.text for segment in heard.segments).lower().count("garden") == 1
    assert heard.notes[0] == "Both channels hold the same mixed recording: heard as one."


def test_lone_voice_on_one_channel_is_said_to_be_one(transcriber: Transcriber) -> None:
    left = talk()[0]
    heard = transcriber.transcript_of(Audio(np.stack([left, noise(left.shape, -75)]), SAMPLE_RATE_HZ))
    assert [(person.label, person.channel) for person in heard.participants] == [("left", 0)]
    assert "One voice only" in heard.notes[-1]


def test_menu_is_nobodys_words(transcriber: Transcriber) -> None:
    pause = np.zeros(SAMPLE_RATE_HZ, np.float32)
    menu = np.concatenate([part for line in _MENU for part in (voice_of(line, 0.78) * np.float32(0.5), pause)])
    both = np.concatenate([np.stack([menu, np.zeros_like(menu)]) + noise((2, menu.size), -66), talk()], axis=1)
    heard = transcriber.transcript_of(Audio(both, SAMPLE_RATE_HZ))
    roles = {person.label: person.role for person in heard.participants}
    assert roles == {"menu": "system", "left": None, "right": None}
    assert "recorded" in _said(heard, "menu")
    assert _said(heard, "left").startswith("good morning")
    conversation = transcriber.transcribe_audio("call", Audio(both, SAMPLE_RATE_HZ), "rep_left")
    assert "press" not in " ".join(turn.text for turn in conversation.turns).lower()


def test_segments_go_to_the_window_they_came_from() -> None:
    """Starts come back rounded down twice: 16.38 s as frame 1637. None may be lost for that."""
    starts = [0.0, 16.38, 44.62, 59.41]
    segments = [SimpleNamespace(seek=int(int(start * SAMPLE_RATE_HZ) / SAMPLE_RATE_HZ * 100)) for start in starts]
    assert [len(found) for found in _by_window(segments, starts)] == [1, 1, 1, 1]
    assert all(a < b for a, b in pairwise(segment.seek for segment in segments))
