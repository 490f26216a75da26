"""A spoken call through the real models: two channels, and mixed into one. The tiny recogniser, for time."""

from collections.abc import Iterator

import numpy as np
import pytest

from coachlake.conversations.conversation import Conversation
from coachlake.conversations.dialogue import dialogue_of
from coachlake.signals.interruptions import interruptions
from coachlake.speech.decode import SAMPLE_RATE_HZ, Audio, UnreadableAudioError
from coachlake.speech.transcriber import Transcriber
from tests.speech.sounds import dtmf, hold_music, noise
from tests.spoken import SpokenCall


@pytest.fixture(scope="module")
def transcriber() -> Transcriber:
    return Transcriber("fast")


@pytest.fixture(scope="module")
def two_channels(transcriber: Transcriber, spoken_call: SpokenCall) -> Conversation:
    return transcriber.transcribe("call", spoken_call.path)


def _right(conversation: Conversation, spoken: SpokenCall) -> float:
    """Share of recognised words whose speaker is speaking then."""
    return float(np.mean(list(_each(conversation, spoken))))


def _each(conversation: Conversation, spoken: SpokenCall) -> Iterator[bool]:
    for turn in conversation.turns:
        for word in turn.words:
            middle = (word.start_s + word.end_s) / 2
            there = {p.line.speaker for p in spoken.placed if p.start_s - 0.1 <= middle <= p.end_s + 0.1}
            if there:
                yield turn.speaker in there


def test_roles_are_told_from_what_is_said(two_channels: Conversation, spoken_call: SpokenCall) -> None:
    assert _right(two_channels, spoken_call) > 0.97
    assert next(two_channels.by("rep")).text.lower().startswith("thank you for calling")


def test_turns_start_and_stop_with_the_speech(two_channels: Conversation, spoken_call: SpokenCall) -> None:
    for speaker in ("rep", "customer"):
        starts = np.array([turn.start_s for turn in two_channels.turns if turn.speaker == speaker])
        off = [float(np.min(np.abs(starts - place.start_s))) for place in spoken_call.lines(speaker)]
        assert np.median(off) < 0.05


def test_planted_interruption_is_the_one_that_is_found(two_channels: Conversation, spoken_call: SpokenCall) -> None:
    planted = next(place for place in spoken_call.placed if place.line.kind == "cut")
    (found,) = interruptions(dialogue_of(two_channels))
    assert found.start_s == pytest.approx(planted.start_s, abs=0.2)
    assert "policy number" in found.quote.lower()


def test_one_mixed_channel_keeps_speakers_apart(transcriber: Transcriber, spoken_call: SpokenCall) -> None:
    mixed = Audio(spoken_call.samples.sum(axis=0, keepdims=True), 8_000)
    assert _right(transcriber.transcribe_audio("mixed", mixed), spoken_call) > 0.9


def test_music_keys_and_noise_become_nobodys_turn(transcriber: Transcriber, spoken_call: SpokenCall) -> None:
    ended = spoken_call.samples.shape[1] / SAMPLE_RATE_HZ
    after = np.concatenate([hold_music(6), dtmf("47193"), noise(3, -35)])
    line = np.concatenate([spoken_call.samples, np.stack([after, np.zeros_like(after)])], axis=1)
    heard = transcriber.transcribe_audio(
        "held", Audio(line + noise(line.shape[1] / SAMPLE_RATE_HZ, -60)[: line.shape[1]], 8_000)
    )
    assert [turn.text for turn in heard.turns if turn.start_s > ended] == []


def test_recording_without_speech_says_so(transcriber: Transcriber) -> None:
    with pytest.raises(UnreadableAudioError, match="no recognisable speech"):
        transcriber.transcribe_audio("music", Audio(np.stack([hold_music(4), noise(4, -50)]), 8_000))
