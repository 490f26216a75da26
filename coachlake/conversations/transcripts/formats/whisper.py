"""Whisper's own JSON (openai-whisper, faster-whisper, whisper.cpp, the API's verbose_json): it names no speakers."""

from typing import Any

from coachlake.conversations.transcript import Transcript, UnreadableTranscriptError
from coachlake.conversations.transcripts.parsed import has_list

NAME = "Whisper JSON"


def is_whisper(document: Any) -> bool:
    """Whether a parsed JSON document is Whisper output without a speaker anywhere."""
    if has_list(document, "transcription", "offsets", "text"):  # whisper.cpp
        return not any("speaker" in item for item in document["transcription"] if isinstance(item, dict))
    if not has_list(document, "segments", "text", "start"):
        return False
    segments = [item for item in document["segments"] if isinstance(item, dict)]
    words = [word for item in segments for word in _list(item.get("words")) + _list(document.get("word_segments"))[:1]]
    return not any("speaker" in part for part in [*segments, *words] if isinstance(part, dict))


def read_whisper(document: Any) -> Transcript:
    """Always raises UnreadableTranscriptError: nobody can tell from it who said what."""
    raise UnreadableTranscriptError(
        f"{NAME} names no speaker: run WhisperX with --diarize or whisper-diarization, or deliver the recording itself"
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
