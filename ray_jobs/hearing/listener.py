"""One recording heard: decoded, transcribed, speakers separated, voices measured."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ray_jobs.audio import Audio, UnreadableAudioError, decode
from ray_jobs.audio.voice import PitchTracker, with_voices
from ray_jobs.conversation import Conversation, Speaker, Word, conversation_from_turns
from ray_jobs.hearing.channels import without_leakage
from ray_jobs.hearing.roles import rep_index
from ray_jobs.hearing.segment import turns_of_words
from ray_jobs.models.profiles import load_profile

if TYPE_CHECKING:
    from ray_jobs.hearing.diarize import Diarizer
    from ray_jobs.hearing.transcribe import Transcriber

_SPEAKERS: tuple[Speaker, Speaker] = ("rep", "customer")


class Listener:
    """Keeps the speech models of one profile; each is loaded when a recording first needs it."""

    def __init__(self, profile: str = "embedded") -> None:
        self._profile = load_profile(profile)

    def hear(self, call_id: str, path: str | Path, channel_layout: str | None = None) -> Conversation:
        """A recording as a conversation with word times and voice tone.

        `channel_layout`: rep_left, rep_right, mono; None or "unknown" decides the roles by what is said. A
        recording with one channel is diarized whatever the layout says. Raises UnreadableAudioError with the
        reason where it cannot be decoded, is silent, or holds no recognisable speech.
        """
        audio = decode(path)
        by_speaker = self._two_channels(audio) if audio.channels == 2 else self._mono(audio)
        if not any(by_speaker):
            raise UnreadableAudioError("no recognisable speech")
        rep = _rep_channel(by_speaker, channel_layout if audio.channels == 2 else None)
        words = {"rep": by_speaker[rep], "customer": by_speaker[1 - rep]}
        turns = [
            turn
            for speaker, other in (_SPEAKERS, _SPEAKERS[::-1])
            for turn in turns_of_words(words[speaker], speaker, words[other])
        ]
        conversation = conversation_from_turns(call_id, turns, audio.duration_s)
        channels = {"rep": _channel(audio, rep), "customer": _channel(audio, 1 - rep)}
        return with_voices(conversation, channels, self._pitch)

    def transcribe_clip(self, path: str | Path) -> str:
        """What one person said in a recording (a practice turn), as text. Raises UnreadableAudioError as `hear`."""
        words = self._transcriber.words(decode(path).samples.mean(axis=0))
        if not words:
            raise UnreadableAudioError("no recognisable speech")
        return " ".join(word.text for word in words)

    def _two_channels(self, audio: Audio) -> list[list[Word]]:
        left, right = audio.samples
        heard_left, heard_right = self._transcriber.words(left), self._transcriber.words(right)
        return [
            without_leakage(heard_left, left, right, heard_right),
            without_leakage(heard_right, right, left, heard_left),
        ]

    def _mono(self, audio: Audio) -> list[list[Word]]:
        from ray_jobs.hearing.diarize import speakers_of_words

        samples = audio.samples[0]
        words = self._transcriber.words(samples)
        if not words:
            return [[], []]
        speakers = speakers_of_words(words, self._diarizer.stretches(samples))
        return [[word for word, who in zip(words, speakers, strict=True) if who == index] for index in (0, 1)]

    @cached_property
    def _transcriber(self) -> "Transcriber":
        from ray_jobs.hearing.transcribe import Transcriber

        return Transcriber(self._profile)

    @cached_property
    def _diarizer(self) -> "Diarizer":
        from ray_jobs.hearing.diarize import Diarizer

        return Diarizer(self._profile)

    @cached_property
    def _pitch(self) -> PitchTracker:
        return PitchTracker(self._profile.pitch)


def _rep_channel(by_speaker: list[list[Word]], channel_layout: str | None) -> int:
    if channel_layout in ("rep_left", "rep_right"):
        return 0 if channel_layout == "rep_left" else 1
    turns = [turns_of_words(words, "rep", by_speaker[1 - index]) for index, words in enumerate(by_speaker)]
    first = 0 if _first_start(by_speaker[0]) <= _first_start(by_speaker[1]) else 1
    order = [first, 1 - first]
    return order[rep_index([[turn.text for turn in turns[index]] for index in order])]


def _first_start(words: list[Word]) -> float:
    return words[0].start_s if words else float("inf")


def _channel(audio: Audio, index: int) -> NDArray[np.float32]:
    samples: NDArray[np.float32] = audio.samples[min(index, audio.channels - 1)]
    return samples
