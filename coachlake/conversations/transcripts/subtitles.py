"""WebVTT and SRT with speaker names: `<v Name>text` voice tags, or `Name: text`."""

import re
from pathlib import Path

from coachlake.conversations.transcripts.segments import Segment, UnreadableTranscriptError

_NAMED = re.compile(r"^\s*(?:>>\s*)?\[?([A-Za-z][\w .'-]{0,40}?)\]?\s*:\s+(.+)$", re.DOTALL)
_MARKUP = re.compile(r"<[^>]+>")


def vtt_segments(path: Path) -> list[Segment]:
    """Segments of a WebVTT file. Raises UnreadableTranscriptError where it is malformed or a cue has no speaker."""
    import webvtt

    try:
        captions = list(webvtt.read(str(path)))
    except webvtt.errors.MalformedFileError as error:
        raise UnreadableTranscriptError(f"not a WebVTT file: {error}") from error
    return _with_speakers([(_seconds(c.start), _seconds(c.end), c.voice, c.text) for c in captions])


def srt_segments(path: Path) -> list[Segment]:
    """Segments of an SRT file. Raises UnreadableTranscriptError where it is malformed or a cue has no speaker."""
    import srt

    try:
        cues = list(srt.parse(path.read_text(encoding="utf-8-sig")))
    except (srt.SRTParseError, UnicodeDecodeError) as error:
        raise UnreadableTranscriptError(f"not an SRT file: {error}") from error
    return _with_speakers([(c.start.total_seconds(), c.end.total_seconds(), None, c.content) for c in cues])


def _with_speakers(cues: list[tuple[float, float, str | None, str]]) -> list[Segment]:
    segments: list[Segment] = []
    for start, end, voice, text in cues:
        plain = _MARKUP.sub("", text).replace("\n", " ").strip()
        named = None if voice else _NAMED.match(plain)
        speaker = voice or (named.group(1).strip() if named else None)
        if speaker is None and segments:
            speaker = segments[-1].speaker  # a cue without a name goes on with the speaker before it
        if speaker is None:
            raise UnreadableTranscriptError(f"no speaker name in the cue at {start} s: write <v Name> or 'Name: text'")
        segments.append(Segment(speaker, start, end, named.group(2) if named else plain))
    return segments


def _seconds(timestamp: str) -> float:
    """`HH:MM:SS.mmm` as seconds (webvtt-py's own `start_in_seconds` drops the milliseconds)."""
    hours, minutes, seconds = timestamp.split(":")
    return 3600 * int(hours) + 60 * int(minutes) + float(seconds)
