"""Deepgram (developers.deepgram.com: "Diarization", "Utterances", "Paragraphs", "Multichannel")."""

from typing import Any

from coachlake.conversations.conversation import Word
from coachlake.conversations.transcript import Participant, Transcript
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.parsed import Part, has_list, parsed
from coachlake.conversations.transcripts.piece import NOT_A_TIME, Piece
from coachlake.conversations.transcripts.words import stretches

NAME = "Deepgram JSON"


class _Word(Part):
    word: str
    punctuated_word: str | None = None
    start: float | None = None
    end: float | None = None
    confidence: float | None = None
    speaker: str | None = None


class _Sentence(Part):
    text: str
    start: float | None = None
    end: float | None = None


class _Paragraph(Part):
    sentences: tuple[_Sentence, ...] = ()
    speaker: str | None = None


class _Paragraphs(Part):
    paragraphs: tuple[_Paragraph, ...] = ()


class _Alternative(Part):
    transcript: str = ""
    words: tuple[_Word, ...] = ()
    paragraphs: _Paragraphs | None = None


class _Channel(Part):
    alternatives: tuple[_Alternative, ...] = ()
    detected_language: str | None = None


class _Utterance(Part):
    transcript: str
    start: float | None = None
    end: float | None = None
    channel: int = 0
    speaker: str | None = None


class _Results(Part):
    channels: tuple[_Channel, ...] = ()
    utterances: list[_Utterance] | None = None


class _Metadata(Part):
    duration: float | None = None


class _Document(Part):
    results: _Results
    metadata: _Metadata | None = None


def is_deepgram(document: Any) -> bool:
    """Whether a parsed JSON document is Deepgram's response, or one of which the utterances alone were kept."""
    results = document.get("results") if isinstance(document, dict) else None
    if not isinstance(results, dict):
        return False
    return isinstance(results.get("channels"), list) or has_list(results, "utterances", "transcript", "start")


def read_deepgram(document: Any) -> Transcript:
    """The transcript by channel where there are several, else by speaker: from words, else utterances, else paragraphs.

    Raises UnreadableTranscriptError where neither diarize nor multichannel was asked for.
    """
    read = parsed(_Document, document, NAME)
    channels = read.results.channels
    utterances = read.results.utterances or []
    is_multichannel = len(channels) > 1 or len({said.channel for said in utterances}) > 1
    pieces: list[Piece] = []
    for index, channel in enumerate(channels):
        if channel.alternatives:
            prefix = f"channel {index}" if is_multichannel else ""
            pieces += _of_channel(channel.alternatives[0], prefix)
    if utterances and all(piece.label is None for piece in pieces):
        pieces = [
            Piece(
                f"utterance {number}",
                _label(f"channel {said.channel}" if is_multichannel else "", said.speaker),
                said.transcript,
                said.start,
                said.end,
            )
            for number, said in enumerate(utterances, start=1)
        ]
    labels = {piece.label for piece in pieces if piece.label}
    people = [Participant(label, channel=int(label.split()[1])) for label in sorted(labels)] if is_multichannel else []
    return assembled(
        NAME,
        pieces,
        advice="transcribe it with diarize=true or multichannel=true",
        participants=people,
        duration_s=read.metadata.duration if read.metadata else None,
        language=next((channel.detected_language for channel in channels if channel.detected_language), None),
    )


def _of_channel(best: _Alternative, prefix: str) -> list[Piece]:
    if best.words and (prefix or any(word.speaker is not None for word in best.words)):
        # With one speaker per channel the channel alone is the label.
        is_shared = len({word.speaker for word in best.words if word.speaker is not None}) > 1
        return stretches(
            [(_label(prefix, word.speaker if is_shared or not prefix else None), _word(word)) for word in best.words],
            f"{prefix} stretch".strip(),
        )
    paragraphs = best.paragraphs.paragraphs if best.paragraphs else []
    sentences = [(paragraph.speaker, sentence) for paragraph in paragraphs for sentence in paragraph.sentences]
    if sentences:
        return [
            Piece(f"{prefix} sentence {number}".strip(), _label(prefix, speaker), said.text, said.start, said.end)
            for number, (speaker, said) in enumerate(sentences, start=1)
        ]
    return [Piece("transcript", _label(prefix, None), best.transcript)]


def _label(prefix: str, speaker: str | None) -> str | None:
    return f"{prefix} speaker {speaker}".strip() if speaker is not None else prefix or None


def _word(word: _Word) -> Word:
    start = NOT_A_TIME if word.start is None else word.start
    end = NOT_A_TIME if word.end is None else word.end
    return Word(word.punctuated_word or word.word, start, end, word.confidence)
