"""Genesys Cloud speech and text analytics: the conversation transcript file.

Genesys Cloud developer center, "Speech and text analytics: transcript schema". A phrase is `internal` or `external`;
the `participants` list, where it is there, says who of the inside it was then (agent, IVR, ACD, voicemail).
"""

from collections.abc import Sequence
from typing import Any

from coachlake.conversations.conversation import Word
from coachlake.conversations.transcript import Participant, Role, Transcript
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.parsed import CamelPart, has_list, parsed
from coachlake.conversations.transcripts.piece import NOT_A_TIME, Piece

NAME = "Genesys Cloud transcript"
_ROLES: dict[str, Role] = {
    "internal": "rep",
    "external": "customer",
    "agent": "rep",
    "user": "rep",
    "customer": "customer",
    "ivr": "system",
    "acd": "system",
    "voicemail": "system",
    "workflow": "system",
    "botflow": "system",
    "bot": "system",
    "fax": "system",
}
# Offsets are below this (milliseconds); above, times count from 1970 as the documentation has it.
_EPOCH_MS = 1e11


class _Duration(CamelPart):
    milliseconds: float | None = None


class _Timed(CamelPart):
    start_time_ms: float | None = None
    duration: _Duration | None = None

    def times(self, zero_ms: float) -> tuple[float | None, float | None]:
        """Start and end in seconds since `zero_ms`."""
        if self.start_time_ms is None:
            return None, None
        length = self.duration.milliseconds if self.duration else None
        start = (self.start_time_ms - zero_ms) / 1000
        return start, None if length is None else start + length / 1000


class _Word(_Timed):
    word: str
    confidence: float | None = None


class _Phrase(_Timed):
    text: str = ""
    decorated_text: str | None = None
    participant_purpose: str | None = None
    words: list[_Word] | None = None


class _Transcript(CamelPart):
    phrases: list[_Phrase]
    language: str | None = None


class _Participant(CamelPart):
    participant_purpose: str | None = None
    user_id: str | None = None
    start_time_ms: float | None = None
    end_time_ms: float | None = None


class _Document(CamelPart):
    transcripts: list[_Transcript]
    participants: tuple[_Participant, ...] = ()
    start_time: float | None = None


def is_genesys(document: Any) -> bool:
    """Whether a parsed JSON document is a Genesys Cloud transcript."""
    return has_list(document, "transcripts", "phrases")


def read_genesys(document: Any) -> Transcript:
    """The transcript by purpose. Raises UnreadableTranscriptError where no phrase has one."""
    read = parsed(_Document, document, NAME)
    phrases = [phrase for transcript in read.transcripts for phrase in transcript.phrases]
    starts = [phrase.start_time_ms for phrase in phrases if phrase.start_time_ms is not None]
    zero = min([*starts, read.start_time or min(starts)]) if starts and min(starts) > _EPOCH_MS else 0.0
    people: dict[str, Participant] = {}
    pieces = []
    for number, phrase in enumerate(phrases, start=1):
        label = _label(phrase, read.participants)
        if label:
            people[label] = Participant(label, role=_ROLES.get(label.split()[0].lower()))
        words = tuple(_word(word, zero) for word in phrase.words or [])
        text = phrase.decorated_text or phrase.text
        pieces.append(Piece(f"phrase {number}", label, text, *phrase.times(zero), words))
    return assembled(
        NAME,
        pieces,
        advice="export it with participantPurpose",
        participants=people.values(),
        language=next((transcript.language for transcript in read.transcripts if transcript.language), None),
    )


def _label(phrase: _Phrase, participants: Sequence[_Participant]) -> str | None:
    purpose = phrase.participant_purpose
    if not purpose or purpose.lower() != "internal" or phrase.start_time_ms is None:
        return purpose
    # Several of the inside at once (a conference) cannot be told apart by time.
    inside = [one for one in participants if _ROLES.get((one.participant_purpose or "").lower()) in ("rep", "system")]
    there = [one for one in inside if _was_there(one, phrase.start_time_ms)]
    if len(there) != 1:
        return purpose
    kind = there[0].participant_purpose or purpose
    same = list(dict.fromkeys(one.user_id for one in inside if one.participant_purpose == kind))
    return kind if len(same) < 2 else f"{kind} {same.index(there[0].user_id) + 1}"


def _was_there(one: _Participant, at_ms: float) -> bool:
    return (one.start_time_ms or 0.0) <= at_ms and (one.end_time_ms is None or at_ms < one.end_time_ms)


def _word(word: _Word, zero_ms: float) -> Word:
    start, end = word.times(zero_ms)
    return Word(word.word, NOT_A_TIME if start is None else start, NOT_A_TIME if end is None else end, word.confidence)
