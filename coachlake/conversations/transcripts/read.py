"""One door for every transcript format: recognised by content, not by where it came from."""

import json
from pathlib import Path
from typing import Any

from coachlake.conversations.conversation import Conversation
from coachlake.conversations.transcripts import amazon, own, subtitles, whisperx
from coachlake.conversations.transcripts.segments import UnreadableTranscriptError, conversation_from_segments
from coachlake.sources import Sources

DEPENDS_ON = Sources(
    ("conversations/conversation.py", "conversations/roles.py", "conversations/transcripts", "sources.py")
)
TRANSCRIPT_SUFFIXES = (".json", ".vtt", ".srt")


def read_transcript(path: Path, call_id: str) -> Conversation:
    """The conversation in a transcript file; times in seconds from the start of the call.

    Raises UnreadableTranscriptError, with a reason a call-centre analyst can act on, where the format is not
    one of the documented five, a part is missing, or no speaker is named.
    """
    if path.suffix.lower() == ".vtt":
        return conversation_from_segments(call_id, subtitles.vtt_segments(path))
    if path.suffix.lower() == ".srt":
        return conversation_from_segments(call_id, subtitles.srt_segments(path))
    return _from_document(call_id, _parse(path))


def _parse(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise UnreadableTranscriptError(f"not valid JSON: {error}") from error


def _from_document(call_id: str, document: Any) -> Conversation:
    try:
        if isinstance(document, dict) and document.get("format") == own.FORMAT:
            return own.read_own(call_id, document)
        if amazon.is_call_analytics(document):
            return conversation_from_segments(call_id, amazon.call_analytics_segments(document))
        if amazon.is_transcribe(document):
            return conversation_from_segments(call_id, amazon.transcribe_segments(document))
        if whisperx.is_whisperx(document):
            return conversation_from_segments(call_id, whisperx.whisperx_segments(document))
    except (KeyError, IndexError, TypeError) as error:
        raise UnreadableTranscriptError(f"a part of the transcript is missing: {error!r}") from error
    raise UnreadableTranscriptError(
        "JSON of an unknown layout: expected WhisperX, Amazon Transcribe, Call Analytics or coachlake.transcript/1"
    )
