"""One recording as a conversation: decoded, transcribed, speakers separated, voices measured."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from coachlake.conversations.conversation import Conversation, Speaker, Turn, Word, conversation_from_turns
from coachlake.conversations.roles import rep_index
from coachlake.models.profiles import load_profile
from coachlake.sources import Sources
from coachlake.speech.activity import Span, speech_spans
from coachlake.speech.channels import without_leakage
from coachlake.speech.decode import Audio, UnreadableAudioError, decode
from coachlake.speech.edges import to_speech_edges, within_speech
from coachlake.speech.segment import turns_of_words
from coachlake.speech.voice import PitchTracker, with_voices

if TYPE_CHECKING:
    from coachlake.speech.diarizer import Diarizer
    from coachlake.speech.recogniser import Recogniser

DEPENDS_ON = Sources(
    ("conversations/conversation.py", "conversations/roles.py", "files.py", "models", "sources.py", "speech")
)
_SPEAKERS: tuple[Speaker, Speaker] = ("rep", "customer")


@dataclass(frozen=True, slots=True)
class _Side:
    """What one of the two speakers said, and when they spoke."""

    words: list[Word]
    spans: list[Span]


class Transcriber:
    """Keeps the speech models of one profile; each is loaded when a recording first needs it."""

    def __init__(self, profile: str = "embedded") -> None:
        self.profile = profile
        self._profile = load_profile(profile)

    def transcribe(self, call_id: str, path: str | Path, channel_layout: str | None = None) -> Conversation:
        """A recording as a conversation with word times and voice tone.

        `channel_layout`: rep_left, rep_right, mono; None or "unknown" decides the roles by what is said. A
        recording with one channel is diarized whatever the layout says. Raises UnreadableAudioError with the
        reason where it cannot be decoded, is silent, or holds no recognisable speech.
        """
        return self.transcribe_audio(call_id, decode(path), channel_layout)

    def transcribe_audio(self, call_id: str, audio: Audio, channel_layout: str | None = None) -> Conversation:
        """As `transcribe`, for a recording that is decoded already."""
        found = self._two_channels(audio) if audio.channels == 2 else self._mono(audio)
        if not any(side.words for side in found):
            raise UnreadableAudioError("no recognisable speech")
        rep = _rep_channel(found, channel_layout if audio.channels == 2 else None)
        sides = dict(zip(_SPEAKERS, (found[rep], found[1 - rep]), strict=True))
        turns = [
            turn
            for speaker, other in (_SPEAKERS, _SPEAKERS[::-1])
            for turn in _turns(sides[speaker], speaker, sides[other])
        ]
        conversation = conversation_from_turns(call_id, turns, audio.duration_s)
        channels = {"rep": _channel(audio, rep), "customer": _channel(audio, 1 - rep)}
        return with_voices(conversation, channels, self._pitch)

    def transcribe_clip(self, path: str | Path) -> str:
        """What one person said in a recording (a practice turn), as text. UnreadableAudioError as `transcribe`."""
        samples = decode(path).samples.mean(axis=0)
        words = self._recogniser.words(samples, speech_spans(samples))
        if not words:
            raise UnreadableAudioError("no recognisable speech")
        return " ".join(word.text for word in words)

    def _two_channels(self, audio: Audio) -> list[_Side]:
        left, right = audio.samples
        spoken = speech_spans(left), speech_spans(right)
        spans = [
            without_leakage(spoken[0], left, right, spoken[1]),
            without_leakage(spoken[1], right, left, spoken[0]),
        ]
        words = [
            within_speech(self._recogniser.words(channel, own), own)
            for channel, own in zip((left, right), spans, strict=True)
        ]
        return [
            _Side(without_leakage(words[0], left, right, words[1]), spans[0]),
            _Side(without_leakage(words[1], right, left, words[0]), spans[1]),
        ]

    def _mono(self, audio: Audio) -> list[_Side]:
        from coachlake.speech.diarizer import speakers_of_words

        samples = audio.samples[0]
        spans = speech_spans(samples)
        words = within_speech(self._recogniser.words(samples, spans), spans)
        if not words:
            return [_Side([], []), _Side([], [])]
        found = self._diarizer.diarize(samples, spans)
        speakers = speakers_of_words(words, found.exclusive)
        return [
            _Side(
                [word for word, who in zip(words, speakers, strict=True) if who == index],
                [Span(item.start_s, item.end_s) for item in found.overlapping if item.speaker == index],
            )
            for index in (0, 1)
        ]

    @cached_property
    def _recogniser(self) -> "Recogniser":
        from coachlake.speech.recogniser import Recogniser

        return Recogniser(self._profile)

    @cached_property
    def _diarizer(self) -> "Diarizer":
        from coachlake.speech.diarizer import Diarizer

        return Diarizer(self._profile)

    @cached_property
    def _pitch(self) -> PitchTracker:
        return PitchTracker(self._profile.pitch)


def _turns(side: _Side, speaker: Speaker, other: _Side) -> list[Turn]:
    return to_speech_edges(turns_of_words(side.words, speaker, other.words), side.spans)


def _rep_channel(sides: list[_Side], channel_layout: str | None) -> int:
    if channel_layout in ("rep_left", "rep_right"):
        return 0 if channel_layout == "rep_left" else 1
    turns = [turns_of_words(side.words, "rep", sides[1 - index].words) for index, side in enumerate(sides)]
    first = 0 if _first_start(sides[0]) <= _first_start(sides[1]) else 1
    order = [first, 1 - first]
    return order[rep_index([[turn.text for turn in turns[index]] for index in order])]


def _first_start(side: _Side) -> float:
    return side.words[0].start_s if side.words else float("inf")


def _channel(audio: Audio, index: int) -> NDArray[np.float32]:
    samples: NDArray[np.float32] = audio.samples[min(index, audio.channels - 1)]
    return samples
