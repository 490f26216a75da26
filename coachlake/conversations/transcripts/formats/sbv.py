"""SubViewer (SBV) captions, as YouTube and Google Meet recordings give them: `0:00:00.500,0:00:05.885`, then text."""

import re

from coachlake.conversations.transcript import Transcript
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.clock import clock_s
from coachlake.conversations.transcripts.cues import Cue, pieces_of_cues

NAME = "SBV captions"
_TIMES = re.compile(
    r"^[ \t]*(\d{1,3}:\d{2}:\d{2}\.\d{1,3})[ \t]*,[ \t]*(\d{1,3}:\d{2}:\d{2}\.\d{1,3})[ \t]*$", re.MULTILINE
)


def is_sbv(text: str) -> bool:
    """Whether a text begins with a cue's times."""
    return _TIMES.match(text.lstrip()[:100].split("\n")[0]) is not None


def read_sbv(text: str) -> Transcript:
    """The transcript in an SBV text. Raises UnreadableTranscriptError where no speaker is named."""
    parts = _TIMES.split(text)[1:]
    cues = [
        Cue(number, clock_s(start), clock_s(end), body.replace("[br]", "\n").strip())
        for number, (start, end, body) in enumerate(zip(parts[::3], parts[1::3], parts[2::3], strict=True), start=1)
    ]
    return assembled(NAME, pieces_of_cues(cues), advice="write 'Name: text' in each cue")
