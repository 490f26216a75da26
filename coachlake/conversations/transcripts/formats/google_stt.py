"""Google Cloud Speech-to-Text, v1 and v2, with diarization or separate channels.

Google Cloud documentation: `RecognizeResponse` of v1 (`startTime`, `speakerTag`, `channelTag`) and of v2
(`startOffset`, `speakerLabel`), and the files of batch and long-running recognition around them.
"""

from collections.abc import Sequence
from typing import Any

from pydantic import AliasChoices, Field, field_validator

from coachlake.conversations.conversation import Word
from coachlake.conversations.transcript import Participant, Transcript
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.parsed import Part, parsed
from coachlake.conversations.transcripts.piece import NOT_A_TIME, Piece
from coachlake.conversations.transcripts.words import stretches

NAME = "Google Speech-to-Text JSON"


def _any(*names: str) -> Any:
    return Field(default=None, validation_alias=AliasChoices(*names))


class _Word(Part):
    word: str
    start: float | None = _any("startTime", "startOffset", "start_time", "start_offset")
    end: float | None = _any("endTime", "endOffset", "end_time", "end_offset")
    speaker: str | None = _any("speakerLabel", "speakerTag", "speaker_label", "speaker_tag")
    confidence: float | None = None

    @field_validator("start", "end", mode="before")
    @classmethod
    def _seconds(cls, value: Any) -> Any:
        """`"1.5s"`, or `{"seconds": "1", "nanos": 500000000}`."""
        if isinstance(value, str):
            return value.removesuffix("s") or None
        if isinstance(value, dict):
            try:
                return float(value.get("seconds") or 0) + float(value.get("nanos") or 0) / 1e9
            except (TypeError, ValueError, OverflowError):
                return None
        return value


class _Alternative(Part):
    transcript: str = ""
    words: tuple[_Word, ...] = ()


class _Result(Part):
    alternatives: tuple[_Alternative, ...] = ()
    channel: str | None = _any("channelTag", "channel_tag")
    language: str | None = _any("languageCode", "language_code")


class _Document(Part):
    results: list[_Result]


def is_google_stt(document: Any) -> bool:
    """Whether a parsed JSON document is a recognition response, bare or inside a job's file."""
    return _response(document) is not None


def read_google_stt(document: Any) -> Transcript:
    """The transcript by channels where there are several, else by the words' speakers.

    Raises UnreadableTranscriptError where the request asked for neither diarization nor channels.
    """
    results = parsed(_Document, _response(document), NAME).results
    language = next((result.language for result in results if result.language), None)
    channels = sorted({result.channel for result in results if result.channel})
    advice = "ask for diarization_config or separate channels in the request"
    if len(channels) > 1:
        people = [Participant(f"channel {tag}", channel=index) for index, tag in enumerate(channels)]
        pieces = [
            piece
            for result in results
            for piece in _pieces(result.alternatives[:1], f"channel {result.channel}" if result.channel else None)
        ]
        return assembled(NAME, pieces, advice=advice, participants=people, language=language)
    best = [result.alternatives[0] for result in results if result.alternatives]
    if _repeats_all(best):
        best = best[-1:]
    return assembled(NAME, _pieces(best, None), advice=advice, language=language)


def _response(document: Any) -> dict[str, Any] | None:
    """The part with the list of results: itself, under `response`, or under the file's name in a batch."""
    for _ in range(6):
        if not isinstance(document, dict):
            return None
        results = document.get("results")
        if isinstance(results, list):
            first = [item for item in results if isinstance(item, dict)][:5]
            return document if any(isinstance(item.get("alternatives"), list) for item in first) else None
        inner = results if isinstance(results, dict) and len(results) == 1 else None
        if inner is not None:
            document = next(iter(inner.values()))
        else:
            document = document.get("response") or document.get("transcript") or document.get("inlineResult")
    return None


def _repeats_all(best: list[_Alternative]) -> bool:
    """Whether the last result repeats the words of all others, now with speakers, as v1's diarization does."""
    if len(best) < 2:
        return False
    others = [word.word for alternative in best[:-1] for word in alternative.words]
    last = [word.word for word in best[-1].words]
    return bool(others) and last[: len(others)] == others


def _pieces(best: Sequence[_Alternative], channel: str | None) -> list[Piece]:
    words = [(channel or _speaker(word), _word(word)) for alternative in best for word in alternative.words]
    if words:
        return stretches(words)
    return [Piece(f"result {number}", channel, alt.transcript) for number, alt in enumerate(best, start=1)]


def _speaker(word: _Word) -> str | None:
    # Tag 0 is the default of a word without a speaker.
    return f"speaker {word.speaker}" if word.speaker and word.speaker != "0" else None


def _word(word: _Word) -> Word:
    start = NOT_A_TIME if word.start is None else word.start
    return Word(word.word, start, NOT_A_TIME if word.end is None else word.end, word.confidence or None)
