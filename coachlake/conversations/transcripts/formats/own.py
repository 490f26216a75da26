"""Our own transcript format, `coachlake.transcript/1` (docs/your_calls.md)."""

from typing import Any

from coachlake.conversations.conversation import Word
from coachlake.conversations.transcript import Participant, Role, Transcript
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.parsed import Part, parsed
from coachlake.conversations.transcripts.piece import NOT_A_TIME, Piece

FORMAT = "coachlake.transcript/1"


class _Word(Part):
    text: str
    start_s: float | None = None
    end_s: float | None = None
    probability: float | None = None


class _Turn(Part):
    speaker: Role
    text: str
    name: str | None = None
    start_s: float | None = None
    end_s: float | None = None
    words: tuple[_Word, ...] = ()


class _Transcript(Part):
    turns: list[_Turn]
    duration_s: float | None = None
    is_timed: bool = True
    language: str | None = None


def is_own(document: Any) -> bool:
    """Whether a parsed JSON document says that it is one of ours."""
    return isinstance(document, dict) and document.get("format") == FORMAT


def read_own(document: Any) -> Transcript:
    """A `coachlake.transcript/1` document: each turn's speaker is a role, with a `name` where several share it.

    Without times it is untimed. Raises UnreadableTranscriptError naming the field that is missing or wrong.
    """
    transcript = parsed(_Transcript, document, FORMAT)
    people: dict[str, Participant] = {}
    pieces = []
    for number, turn in enumerate(transcript.turns, start=1):
        label = f"{turn.name} ({turn.speaker})" if turn.name else turn.speaker
        people[label] = Participant(label, turn.name, turn.speaker)
        words = tuple(
            Word(
                word.text,
                NOT_A_TIME if word.start_s is None else word.start_s,
                NOT_A_TIME if word.end_s is None else word.end_s,
                word.probability,
            )
            for word in turn.words
        )
        pieces.append(Piece(f"turn {number}", label, turn.text, turn.start_s, turn.end_s, words))
    return assembled(
        FORMAT,
        pieces,
        advice="each turn needs a speaker",
        participants=people.values(),
        is_timed=transcript.is_timed,
        duration_s=transcript.duration_s,
        language=transcript.language,
    )
