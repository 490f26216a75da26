"""WebVTT (https://www.w3.org/TR/webvtt1/), as Zoom, Teams, Google Meet, Otter and caption editors write it.

Voice tags are decided cue by cue, as the specification has it: a voice holds for its own cue, so a cue without one is
not the person's who spoke before. Files without voice tags carry names in front of the text (Zoom) or nowhere.
"""

import html
import re
from typing import Any

from coachlake.conversations.transcript import Transcript, UnreadableTranscriptError
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.clock import clock_s
from coachlake.conversations.transcripts.cues import Cue, named_in_front, pieces_of_cues, without_tags
from coachlake.conversations.transcripts.piece import Piece

NAME = "WebVTT"
ADVICE = "write <v Name> or 'Name: text'"
_STAMP = r"(?:\d{1,4}:)?\d{1,3}:\d{1,2}[.,]\d{1,3}"
# SubRip's comma instead of a point, or minutes beyond 59: common, and read in one way only.
_TIMES = re.compile(rf"\s*(?P<start>{_STAMP})\s*-->\s*(?P<end>{_STAMP})(?!\d)")
# Times that are none, as opposed to an arrow in a note or a sentence.
_NO_TIMES = re.compile(r"\s*\S*\d\S*\s*-->|\s*-->|\s*\S*\s*-->\s*\d")
_VOICE = re.compile(r"<(?P<close>/?)v(?:\.[^\s<>]*)?(?:\s+(?P<name>[^<>]*))?>")
# Teams names a cue by a GUID with a counter, or two.
_TEAMS_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:/\d+-\d+)?", re.IGNORECASE)


def is_webvtt(text: str) -> bool:
    """Whether a text begins as the specification asks."""
    return re.match(r"WEBVTT(?:[ \t\n]|$)", text.lstrip()[:8]) is not None


def read_webvtt(text: str) -> Transcript:
    """The transcript in a WebVTT text. Raises UnreadableTranscriptError where a cue's times cannot be read, or no
    speaker is named."""
    cues = cues_of(text)
    name = f"Teams {NAME}" if cues and _TEAMS_ID.fullmatch(cues[0].identifier) else NAME
    if any(_VOICE.search(cue.text) for cue in cues):
        return assembled(name, named_in_front([piece for cue in cues for piece in _by_voice(cue)]), advice=ADVICE)
    return assembled(name, pieces_of_cues(cues), advice=ADVICE)


def cues_of(text: str) -> list[Cue]:
    """Cues in file order, with their identifiers; styles, regions and notes left out.

    Raises UnreadableTranscriptError naming the first line whose times cannot be read.
    """
    import webvtt

    lines = []
    for number, line in enumerate(text.lstrip().split("\n"), start=1):
        times = _TIMES.match(line) if "-->" in line else None
        if "-->" in line and not times and _NO_TIMES.match(line):
            raise UnreadableTranscriptError(f"{NAME}: the times in line {number} cannot be read: {line.strip()[:80]!r}")
        lines.append(f"{_stamp(times['start'])} --> {_stamp(times['end'])}" if times else line)
    try:
        captions: list[Any] = webvtt.from_string("\n".join(lines)).captions
    except webvtt.errors.MalformedFileError as error:
        raise UnreadableTranscriptError(f"not a WebVTT file: its first line is not {NAME.upper()}") from error
    return [
        Cue(number, clock_s(caption.start), clock_s(caption.end), caption.raw_text, (caption.identifier or "").strip())
        for number, caption in enumerate(captions, start=1)
    ]


def _stamp(written: str) -> str:
    """A time as the specification writes it."""
    milliseconds = round(1000 * (clock_s(written) or 0.0))
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"


def _by_voice(cue: Cue) -> list[Piece]:
    """A cue's voices, one piece each; text before the first voice or after its end is nobody's."""
    spans: list[tuple[str | None, str]] = []
    voice, at = None, 0
    for tag in _VOICE.finditer(cue.text):
        spans.append((voice, cue.text[at : tag.start()]))
        voice = None if tag["close"] else html.unescape(tag["name"] or "").strip() or None
        at = tag.end()
    spans.append((voice, cue.text[at:]))
    return cue.shared([(label, without_tags(text)) for label, text in spans if text.strip()])
