"""A Google Meet transcript saved from Docs as text: a title, the attendees, and `Name: text` under time marks.

Google Meet Help, "Use transcripts with Google Meet". Time marks come every few minutes, so it is untimed.
"""

import re

from coachlake.conversations.transcript import Transcript
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.formats.plain_text import pieces_of_lines

NAME = "Google Meet transcript"
_HEAD_LINES = 40
_ATTENDEES = re.compile(r"^\W*(?:Attendees|Invited|Participants)\W*$", re.IGNORECASE)
_TITLE = re.compile(r"^(?:.*[-–] )?\W*Transcript\W*$", re.IGNORECASE)
_MARK = re.compile(r"^\W*\d{2}:\d{2}:\d{2}\W*$")
_END = re.compile(r"^\W*(?:Transcription|Meeting) ended (?:after|at)\b|^This editable transcript was", re.IGNORECASE)


def is_google_meet(text: str) -> bool:
    """Whether a text has Meet's attendees and "Transcript" headings."""
    head = [line.strip() for line in text[:20_000].split("\n")[:_HEAD_LINES]]
    return any(_TITLE.match(line) for line in head) and any(_ATTENDEES.match(line) for line in head)


def read_google_meet(text: str) -> Transcript:
    """The transcript in a Meet document's text. Raises UnreadableTranscriptError where nobody is named."""
    lines = [line.strip() for line in text.split("\n")]
    heads = [index for index, line in enumerate(lines[:_HEAD_LINES]) if _ATTENDEES.match(line) or _TITLE.match(line)]
    attendees = next((lines[i + 1] for i in heads if _ATTENDEES.match(lines[i]) and i + 1 < len(lines)), "")
    body = lines[heads[-1] + 1 :]
    ended = next((index for index, line in enumerate(body) if _END.match(line)), len(body))
    known = [name.strip() for name in attendees.split(",")]
    spoken = ["" if _MARK.match(line) else line for line in body[:ended]]
    pieces, notes = pieces_of_lines(spoken, known)
    return assembled(NAME, pieces, advice="turn on transcripts with names", is_timed=False, notes=notes)
