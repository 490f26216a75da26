"""One recording heard: decoded, transcribed, speakers separated, voices measured."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from coachlake.conversations.conversation import Conversation, Speaker, Turn, conversation_from_turns
from coachlake.conversations.roles import rep_index
from coachlake.conversations.transcript import Participant, Segment, Transcript
from coachlake.models.profiles import load_profile
from coachlake.sources import Sources
from coachlake.speech.activity import Span, speech_spans
from coachlake.speech.decode import Audio, UnreadableAudioError, decode
from coachlake.speech.embedding import VoiceEmbedder
from coachlake.speech.menu_sides import without_menus
from coachlake.speech.one_channel import heard_mixed
from coachlake.speech.recogniser import Heard, likeliest_language
from coachlake.speech.sides import Sides, segments_of
from coachlake.speech.two_channels import NAMES, heard_separately, separated
from coachlake.speech.voice import PitchTracker, voiced

if TYPE_CHECKING:
    from coachlake.speech.diarizer import Diarization, Diarizer
    from coachlake.speech.recogniser import Recogniser

DEPENDS_ON = Sources(
    (
        "conversations/conversation.py",
        "conversations/roles.py",
        "conversations/transcript.py",
        "files.py",
        "models",
        "sources.py",
        "speech",
    ),
    without=("speech/playable.py",),
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
            participants=tuple(Participant(side.label, role=side.role, channel=side.channel) for side in sides),
            format="recording",
            duration_s=audio.duration_s,
            language=language,
            language_confidence=confidence,
            notes=(*audio.notes, *heard.notes, *_languages_note(heard.languages)),
        )

    def transcribe(self, call_id: str, path: str | Path, channel_layout: str | None = None) -> Conversation:
        """A recording as a conversation with word times and voice tone.

        `channel_layout`: rep_left, rep_right, mono; None or "unknown" decides the roles by what is said. A
        recording with one channel is diarized whatever the layout says. Raises UnreadableAudioError as `transcript`.
        """
        return self.transcribe_audio(call_id, decode(path), channel_layout)

    def transcribe_audio(self, call_id: str, audio: Audio, channel_layout: str | None = None) -> Conversation:
        """As `transcribe`, for a recording that is decoded already."""
        return _conversation(call_id, self.transcript_of(audio), channel_layout)

    def transcribe_clip(self, path: str | Path) -> str:
        """What one person said in a recording (a practice turn), as text. UnreadableAudioError as `transcribe`."""
        samples = decode(path).samples.mean(axis=0)
        words = self._recogniser.words(samples, speech_spans(samples))
        if not words:
            raise UnreadableAudioError("no recognisable speech")
        return " ".join(word.text for word in words)

    def _two_channels(self, audio: Audio) -> Sides:
        left, right = audio.samples
        channels = separated(left, right, self._embed)
        if channels.mixed is None:
            return without_menus(heard_separately(channels, self._hear), self._embed)
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


def _languages_note(languages: dict[str, float]) -> tuple[str, ...]:
    whole, ordered = sum(languages.values()), sorted(languages, key=lambda code: -languages[code])
    if len(ordered) < 2 or languages[ordered[1]] < _SECOND_LANGUAGE * whole:
        return ()
    shares = ", ".join(f"{code} {languages[code] / whole:.0%}" for code in ordered[:2])
    return (f"More than one language is heard: {shares}.",)


def _conversation(call_id: str, heard: Transcript, channel_layout: str | None) -> Conversation:
    """The transcript with its roles decided by the channel layout, else by what is said."""
    systems = {person.label for person in heard.participants if person.role == "system"}
    spoken = [segment for segment in heard.segments if segment.speaker not in systems]
    if not spoken:
        raise UnreadableAudioError("no recognisable speech")
    rep = _rep_label(heard.participants, spoken, channel_layout)
    turns = [_turn(segment, "rep" if segment.speaker == rep else "customer") for segment in spoken]
    conversation = conversation_from_turns(call_id, turns, heard.duration_s)
    return replace(conversation, notes=heard.notes)


def _turn(segment: Segment, speaker: Speaker) -> Turn:
    return Turn(-1, speaker, segment.start_s, segment.end_s, segment.text, segment.words, voice=segment.voice)


def _rep_label(people: Sequence[Participant], spoken: Sequence[Segment], channel_layout: str | None) -> str | None:
    channels = {person.channel: person.label for person in people if person.channel is not None and not person.role}
    if channels and channel_layout in ("rep_left", "rep_right"):
        return channels.get(0 if channel_layout == "rep_left" else 1)
    labels = list(dict.fromkeys(segment.speaker for segment in spoken))
    texts = [[segment.text for segment in spoken if segment.speaker == label] for label in labels]
    return labels[rep_index(texts)]
