"""One door for every transcript format: recognised by its structure, not by where it came from."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from coachlake.conversations.transcript import Transcript, UnreadableTranscriptError
from coachlake.conversations.transcripts.decode import decoded
from coachlake.conversations.transcripts.registry import FORMATS
from coachlake.sources import Sources

DEPENDS_ON = Sources(
    (
        "conversations/conversation.py",
        "conversations/endings.py",
        "conversations/transcript.py",
        "conversations/transcripts",
        "sources.py",
    )
)
TRANSCRIPT_SUFFIXES = (".json", ".vtt", ".srt", ".sbv", ".txt", ".csv", ".tsv")
# A day of captions with a time for every word is a tenth of this.
MAX_BYTES = 64 << 20
_STRICT = {".json": "JSON", ".vtt": "WebVTT", ".srt": "SRT", ".sbv": "SBV", ".csv": "CSV", ".tsv": "CSV"}


def read_transcript(path: Path) -> Transcript:
    """Who said what when in a transcript file; times in seconds from the start of the call.

    The file's suffix is only a hint: where nothing tells a format, it says what the file was meant to be.
    Raises UnreadableTranscriptError with a reason a call-centre analyst can act on: it names the format and the cue,
    segment or field that is missing or wrong. Raises OSError where the file cannot be opened.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise UnreadableTranscriptError(f"{size >> 20} MB: a transcript may have {MAX_BYTES >> 20} MB at most")
    text, encoding = decoded(path.read_bytes())
    transcript = transcript_of(text, path.suffix.lower())
    if encoding.startswith("utf-"):
        return transcript
    return replace(transcript, notes=(*transcript.notes, f"the text was read as {encoding}"))


def reads_as_transcript(path: Path) -> bool:
    """Whether `read_transcript` reads a file."""
    try:
        read_transcript(path)
    except (UnreadableTranscriptError, OSError):
        return False
    return True


def transcript_of(text: str, suffix: str = "") -> Transcript:
    """The transcript in a text; see `read_transcript`."""
    if not text.strip():
        raise UnreadableTranscriptError("the file is empty")
    is_json = text.lstrip()[:1] in ("{", "[") and _looks_like_json(text, suffix)
    content: Any = _parsed_json(text) if is_json else text
    for format_ in FORMATS:
        if format_.content != ("json" if is_json else "text") or (format_.loose and suffix in _STRICT):
            continue
        if format_.is_it(content):
            return format_.read(content)
    raise UnreadableTranscriptError(_unknown(suffix, is_json=is_json))


def _looks_like_json(text: str, suffix: str) -> bool:
    """A text of `[Name] …` lines begins with a bracket too."""
    return suffix == ".json" or text.lstrip()[1:].lstrip()[:1] in tuple('"{[}]')


def _parsed_json(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableTranscriptError(f"not valid JSON: it breaks at line {error.lineno}") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableTranscriptError("not valid JSON: a number or a nesting beyond any transcript") from error


def _unknown(suffix: str, *, is_json: bool) -> str:
    known = ", ".join(format_.name for format_ in FORMATS if (format_.content == "json") == is_json)
    if is_json:
        return f"JSON of an unknown layout: expected one of {known}"
    if suffix == ".json":
        return "not valid JSON: it breaks at line 1"
    meant = f"not a {_STRICT[suffix]} file" if suffix in _STRICT else "a text of an unknown layout"
    meant = meant.replace("a SRT", "an SRT").replace("a SBV", "an SBV")
    return f"{meant}: expected one of {known}"
