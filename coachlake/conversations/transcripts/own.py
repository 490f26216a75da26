"""Our own transcript format, `coachlake.transcript/1` (docs/your_calls.md)."""

from typing import Any

from pydantic import BaseModel, ValidationError

from coachlake.conversations.conversation import (
    Conversation,
    Speaker,
    Turn,
    Word,
    conversation_from_lines,
    conversation_from_turns,
)
from coachlake.conversations.transcripts.segments import UnreadableTranscriptError

FORMAT = "coachlake.transcript/1"


class _Word(BaseModel):
    text: str
    start_s: float
    end_s: float
    probability: float | None = None


class _Turn(BaseModel):
    speaker: Speaker
    text: str
    start_s: float | None = None
    end_s: float | None = None
    words: list[_Word] = []


class _Transcript(BaseModel):
    turns: list[_Turn]
    duration_s: float | None = None
    is_timed: bool = True


def read_own(call_id: str, document: dict[str, Any]) -> Conversation:
    """A parsed `coachlake.transcript/1` document as a conversation.

    Raises UnreadableTranscriptError naming the field that is missing or wrong.
    """
    try:
        transcript = _Transcript.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UnreadableTranscriptError(f"{place}: {first['msg']}") from error
    if not any(turn.text.strip() for turn in transcript.turns):
        raise UnreadableTranscriptError("the transcript holds no spoken text")
    if not transcript.is_timed:
        return conversation_from_lines(call_id, [(turn.speaker, turn.text) for turn in transcript.turns])
    turns = [_timed_turn(index, turn) for index, turn in enumerate(transcript.turns)]
    try:
        return conversation_from_turns(call_id, turns, transcript.duration_s)
    except ValueError as error:
        raise UnreadableTranscriptError(str(error)) from error


def _timed_turn(index: int, turn: _Turn) -> Turn:
    if turn.start_s is None or turn.end_s is None:
        raise UnreadableTranscriptError(f'turns.{index}: start_s and end_s are needed unless "is_timed" is false')
    words = tuple(Word(word.text, word.start_s, word.end_s, word.probability) for word in turn.words)
    return Turn(index, turn.speaker, turn.start_s, turn.end_s, turn.text, words)
