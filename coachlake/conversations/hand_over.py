"""A call that is passed on while the transcript goes on as if one person spoke: a second greeting under a known label.

Vendors' diarizers and a mixed recording's merge a colleague into one of the two who were there before.
"""

import re

from coachlake.conversations.names import introductions
from coachlake.conversations.transcript import Segment, Transcript

_PASSING_ON = re.compile(
    r"\b(put|pass|transfer|connect|hand)(t?ing|ring)? (you|the call|this call|her|him)"
    r" (straight |right |now )?(through|over|on|to|back)\b|"
    r"\b(get|ask|fetch|bring in) (my|a|the) (colleague|supervisor|manager|team lead(er)?|specialist)\b|"
    r"\bmy (colleague|supervisor|manager) (\w+ ){0,3}(can|will|is going to) (take|help|join|talk|speak)",
    re.IGNORECASE,
)
# Only what is written as a name, and at the start of a turn, where somebody picks the call up.
_PICKING_UP = re.compile(
    r"^(?i:hello|hi|good (morning|afternoon|evening)|thank you for (holding|waiting)|yes)?[,.! ]*"
    r"([A-Z][\w ]{0,30}, )?((?i:this is|my name is|you're speaking with) [A-Z][a-z]+|[A-Z][a-z]+ (speaking|here)\b)"
)
# How many turns later the colleague speaks at the latest.
_SOON = 8


def second_greeting(transcript: Transcript) -> Segment | None:
    """The segment in which somebody who has spoken before introduces themself soon after the call is passed on; None
    where nobody does. Somebody with a label of their own is told apart, and who gives the same name again came back."""
    said = [segment for segment in transcript.segments if segment.text.strip()]
    passed_on: int | None = None
    for index, segment in enumerate(said):
        if passed_on is not None and index - passed_on <= _SOON and _PICKING_UP.search(segment.text.strip()):
            before = [other.text for other in said[:passed_on] if other.speaker == segment.speaker]
            if before and not set(introductions([segment.text])) & set(introductions(before)):
                return segment
        if _PASSING_ON.search(segment.text):
            passed_on = index + 1
    return None
