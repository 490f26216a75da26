"""WebVTT as Webex writes it: the speaker stands in the cue's identifier, `1 "Ana Ruiz" (2900000)`.

Webex Help, "View and download a meeting transcript" (the .vtt download).
"""

import re

from coachlake.conversations.transcript import Transcript
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.cues import without_tags
from coachlake.conversations.transcripts.formats.webvtt import cues_of, is_webvtt
from coachlake.conversations.transcripts.piece import Piece

NAME = "Webex WebVTT"
_IDENTIFIER = re.compile(r'\d+ +"(?P<name>[^"\n]*)"(?: +\(\w+\))? *')
_LINE = re.compile(r'^\d+ +"[^"\n]*"(?: +\(\w+\))? *\n[^\n]*-->', re.MULTILINE)


def is_webex(text: str) -> bool:
    """Whether a WebVTT text names its speakers in cue identifiers."""
    return is_webvtt(text) and _LINE.search(text) is not None


def read_webex(text: str) -> Transcript:
    """The transcript in a Webex download. Raises UnreadableTranscriptError as for any WebVTT."""
    pieces = []
    for cue in cues_of(text):
        named = _IDENTIFIER.fullmatch(cue.identifier)
        label = named["name"].strip() or None if named else None
        pieces.append(Piece(f"cue {cue.number}", label, without_tags(cue.text), cue.start_s, cue.end_s))
    return assembled(NAME, pieces, advice="the cue's identifier names nobody: download the transcript again")
