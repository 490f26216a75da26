"""Rev and Rev AI (docs.rev.ai, "Transcript object"): `monologues` of elements, with names in `speakers` where given."""

from typing import Any

from coachlake.conversations.conversation import Word
from coachlake.conversations.transcript import Transcript
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.parsed import Part, has_list, parsed
from coachlake.conversations.transcripts.piece import NOT_A_TIME, Piece
from coachlake.conversations.transcripts.words import stretches, with_mark

NAME = "Rev JSON"


class _Element(Part):
    type: str
    value: str | None = None
    ts: float | None = None
    end_ts: float | None = None
    confidence: float | None = None


class _Speaker(Part):
    id: str
    name: str | None = None
    display_name: str | None = None


class _Monologue(Part):
    speaker: str | None = None
    speaker_info: _Speaker | None = None
    elements: list[_Element]


class _Document(Part):
    monologues: list[_Monologue]
    speakers: tuple[_Speaker, ...] = ()
    language: str | None = None


def is_rev(document: Any) -> bool:
    """Whether a parsed JSON document is a Rev transcript."""
    return has_list(document, "monologues", "elements")


def read_rev(document: Any) -> Transcript:
    """The transcript by monologues. Raises UnreadableTranscriptError where none names its speaker."""
    read = parsed(_Document, document, NAME)
    names = {speaker.id: speaker.name or speaker.display_name for speaker in read.speakers}
    pieces: list[Piece] = []
    for number, monologue in enumerate(read.monologues, start=1):
        info = monologue.speaker_info
        name = (info.name or info.display_name) if info else names.get(monologue.speaker or "")
        label = name or (f"speaker {monologue.speaker}" if monologue.speaker is not None else None)
        pieces += stretches(((label, word) for word in _words(monologue.elements)), f"monologue {number}, stretch")
    return assembled(NAME, pieces, advice="order it with speakers", language=read.language)


def _words(elements: list[_Element]) -> list[Word]:
    words: list[Word] = []
    for element in elements:
        value = (element.value or "").strip()
        if element.type == "punct":
            if words and value:
                words[-1] = with_mark(words[-1], value)
        elif value:
            start = NOT_A_TIME if element.ts is None else element.ts
            end = NOT_A_TIME if element.end_ts is None else element.end_ts
            words.append(Word(value, start, end, element.confidence))
    return words
