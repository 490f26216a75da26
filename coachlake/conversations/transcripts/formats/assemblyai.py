"""AssemblyAI (assemblyai.com/docs: "Speaker Diarization", "Multichannel transcription")."""

from typing import Any

from coachlake.conversations.conversation import Word
from coachlake.conversations.transcript import Participant, Transcript, UnreadableTranscriptError
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.labels import participant_of
from coachlake.conversations.transcripts.parsed import Part, parsed
from coachlake.conversations.transcripts.piece import NOT_A_TIME, Piece
from coachlake.conversations.transcripts.words import stretches

NAME = "AssemblyAI JSON"


class _Word(Part):
    text: str
    start: float | None = None
    end: float | None = None
    confidence: float | None = None
    speaker: str | None = None
    channel: str | None = None


class _Utterance(_Word):
    words: list[_Word] | None = None


class _Document(Part):
    status: str = "completed"
    utterances: list[_Utterance] | None = None
    words: list[_Word] | None = None
    audio_duration: float | None = None
    language_code: str | None = None


def is_assemblyai(document: Any) -> bool:
    """Whether a parsed JSON document is a transcript of AssemblyAI's."""
    return (
        isinstance(document, dict) and "audio_duration" in document and bool({"utterances", "words"} & document.keys())
    )


def read_assemblyai(document: Any) -> Transcript:
    """The transcript by utterances, else by words; times are milliseconds.

    Raises UnreadableTranscriptError where the job failed, or was run without speaker labels and channels.
    """
    read = parsed(_Document, document, NAME)
    if read.status not in ("completed", "success"):
        raise UnreadableTranscriptError(f"{NAME}: the transcript is not ready, its status is {read.status[:40]!r}")
    channels = sorted({u.channel for u in read.utterances or [] if u.channel})
    people = {}
    if read.utterances:
        pieces = []
        for number, said in enumerate(read.utterances, start=1):
            label = said.speaker or (f"channel {said.channel}" if said.channel else None)
            if label and len(channels) > 1 and said.channel:
                made = participant_of(label)
                people[label] = Participant(label, made.name, made.role, channels.index(said.channel))
            words = tuple(_word(word) for word in said.words or [])
            pieces.append(Piece(f"utterance {number}", label, said.text, _s(said.start), _s(said.end), words))
    else:
        pieces = stretches((word.speaker, _word(word)) for word in read.words or [])
    return assembled(
        NAME,
        pieces,
        advice="transcribe it with speaker_labels or multichannel",
        participants=people.values(),
        duration_s=read.audio_duration,
        language=read.language_code,
    )


def _word(word: _Word) -> Word:
    start, end = _s(word.start), _s(word.end)
    return Word(word.text, NOT_A_TIME if start is None else start, NOT_A_TIME if end is None else end, word.confidence)


def _s(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else milliseconds / 1000
