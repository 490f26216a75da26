"""One recording as a transcript: decoded, transcribed, speakers separated, voices measured."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from coachlake.conversations.transcript import RECORDING, Participant, Transcript
from coachlake.models.profiles import load_profile
from coachlake.sources import Sources
from coachlake.speech.activity import Span, speech_spans
from coachlake.speech.decode import Audio, UnreadableAudioError, decode
from coachlake.speech.embedding import VoiceEmbedder
from coachlake.speech.menu_sides import without_menus
from coachlake.speech.one_channel import heard_mixed
from coachlake.speech.recogniser import Heard, likeliest_language
from coachlake.speech.sides import Sides, segments_of
from coachlake.speech.two_channels import NAMES, heard_separately, separated, with_voices_counted
from coachlake.speech.voice import PitchTracker, voiced
from coachlake.timings import timed

if TYPE_CHECKING:
    from coachlake.speech.diarizer import Diarization, Diarizer
    from coachlake.speech.recogniser import Recogniser

DEPENDS_ON = Sources(
    (
        "conversations/backchannels.py",
        "conversations/continued.py",
        "conversations/conversation.py",
        "conversations/endings.py",
        "conversations/transcript.py",
        "files.py",
        "models",
        "sources.py",
        "speech",
        "timings.py",
        "yaml_files.py",
    ),
    without=(
        "speech/playable.py",  # what browsers play
        "models/fingerprint.py",  # a hash beside this one
        "models/upkeep",  # fetching and checking what is loaded here
    ),
)
# A second language is worth a note from this share of the speech on.
_SECOND_LANGUAGE = 0.15


class Transcriber:
    """Keeps the speech models of one profile; each is loaded when a recording first needs it."""

    def __init__(self, profile: str = "embedded") -> None:
        self.profile = profile
        self._profile = load_profile(profile)

    def transcript(self, path: str | Path) -> Transcript:
        """A recording as everyone's segments with word times and voice tone, before roles are decided.

        Participants are `left` and `right` where the channels are people, `speaker 1` and `speaker 2` on a mixed
        signal (one of them where only one voice is found), and `menu` (role system) for menus and announcements.
        Raises UnreadableAudioError with the reason where it cannot be decoded, is silent, or holds no recognisable
        speech.
        """
        return self.transcript_of(decode(path))

    def transcript_of(self, audio: Audio) -> Transcript:
        """As `transcript`, for a recording that is decoded already."""
        heard = self._two_channels(audio) if audio.channels == 2 else self._mixed(audio.samples[0])
        sides = [side for side in heard.sides if side.words]
        if not sides:
            raise UnreadableAudioError("no recognisable speech")
        segments = voiced(segments_of(sides), {side.label: side.samples for side in sides}, self._pitch)
        language, confidence = likeliest_language(heard.languages)
        return Transcript(
            segments=tuple(segments),
            participants=tuple(
                Participant(side.label, role=side.role, channel=side.channel, voices=side.voices) for side in sides
            ),
            format=RECORDING,
            duration_s=audio.duration_s,
            language=language,
            language_confidence=confidence,
            notes=(*audio.notes, *heard.notes, *_languages_note(heard.languages)),
        )

    def transcribe_clip(self, path: str | Path) -> str:
        """What one person said in a recording (a practice turn), as text. UnreadableAudioError as `transcript`."""
        samples = decode(path).samples.mean(axis=0)
        words = self._recogniser.words(samples, speech_spans(samples))
        if not words:
            raise UnreadableAudioError("no recognisable speech")
        return " ".join(word.text for word in words)

    def _two_channels(self, audio: Audio) -> Sides:
        left, right = audio.samples
        channels = separated(left, right, self._embed)
        if channels.mixed is None:
            heard = without_menus(heard_separately(channels, self._hear), self._embed)
            return with_voices_counted(heard, channels)
        own = channels.mixed_channel
        heard = self._mixed(channels.mixed, None if own is None else (NAMES[own], own))
        return replace(heard, notes=(*channels.notes, *heard.notes))

    def _mixed(self, samples: NDArray[np.float32], only: tuple[str, int] | None = None) -> Sides:
        return heard_mixed(samples, self._hear, self._diarize, self._embed, only or ("speaker 1", None))

    def _hear(self, samples: NDArray[np.float32], spans: Sequence[Span], language: str | None) -> Heard:
        return self._recogniser.heard(samples, spans, language)

    def _diarize(self, samples: NDArray[np.float32], spans: Sequence[Span]) -> "Diarization":
        return self._diarizer.diarize(samples, spans)

    @cached_property
    def _embed(self) -> VoiceEmbedder:
        return VoiceEmbedder()

    @cached_property
    @timed("load_models")
    def _recogniser(self) -> "Recogniser":
        from coachlake.speech.recogniser import Recogniser

        return Recogniser(self._profile)

    @cached_property
    @timed("load_models")
    def _diarizer(self) -> "Diarizer":
        from coachlake.speech.diarizer import Diarizer

        return Diarizer(self._profile)

    @cached_property
    def _pitch(self) -> PitchTracker:
        return PitchTracker(self._profile.pitch)


def _languages_note(languages: dict[str, float]) -> tuple[str, ...]:
    whole, ordered = sum(languages.values()), sorted(languages, key=lambda code: -languages[code])
    if len(ordered) < 2 or languages[ordered[1]] < _SECOND_LANGUAGE * whole:
        return ()
    shares = ", ".join(f"{code} {languages[code] / whole:.0%}" for code in ordered[:2])
    return (f"More than one language is heard: {shares}.",)
