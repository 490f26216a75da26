"""Amazon Transcribe Call Analytics (post-call) and Amazon Connect Contact Lens, voice and chat: one schema.

AWS documentation, "Post-call analytics output" and "Contact Lens output files: schema" (voice and chat).
"""

from typing import Any

from coachlake.conversations.conversation import Word
from coachlake.conversations.transcript import Participant, Transcript
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.labels import role_of
from coachlake.conversations.transcripts.parsed import PascalPart, has_list, parsed
from coachlake.conversations.transcripts.piece import NOT_A_TIME, Piece
from coachlake.conversations.transcripts.words import with_mark

_NAMES = {"calls": "Call Analytics JSON", "voice": "Contact Lens JSON", "chat": "Contact Lens chat"}


class _Participant(PascalPart):
    participant_id: str | None = None
    participant_role: str | None = None
    display_name: str | None = None


class _Item(PascalPart):
    content: str
    type: str = "pronunciation"
    confidence: float | None = None
    begin_offset_millis: float | None = None
    end_offset_millis: float | None = None


class _Message(_Participant):
    """A chat's message: it is sent at a moment and takes no time."""

    content: str | None = None
    content_type: str = "text/plain"


class _Turn(_Message):
    """A stretch of speech; a time may be null, but not left out."""

    begin_offset_millis: float | None
    end_offset_millis: float | None
    items: list[_Item] | None = None


class _Chat(PascalPart):
    transcript: list[_Message]
    participants: tuple[_Participant, ...] = ()
    language_code: str | None = None


class _Call(_Chat):
    transcript: list[_Turn]  # type: ignore[assignment]


def is_call_analytics(document: Any) -> bool:
    """Whether a parsed JSON document is Call Analytics or Contact Lens output."""
    return (
        has_list(document, "Transcript", "Content")
        or has_list(document, "Transcript", "ParticipantId")
        or has_list(document, "Transcript", "ParticipantRole")
    )


def read_call_analytics(document: Any) -> Transcript:
    """The transcript; roles as the turn or the list of participants says. A chat is untimed.

    Raises UnreadableTranscriptError naming the part that is missing.
    """
    kind = "voice" if has_list(document, "Transcript", "ParticipantId") else "calls"
    if str(document.get("Channel", "")).upper() == "CHAT" or has_list(document, "Transcript", "AbsoluteTime"):
        kind = "chat"
    name = _NAMES[kind]
    read = parsed(_Chat if kind == "chat" else _Call, document, name)
    people = _people(read)
    pieces = [_piece(number, turn, people) for number, turn in enumerate(read.transcript, start=1)]
    return assembled(
        name,
        pieces,
        advice="export it with ParticipantRole or Participants",
        participants=people.values(),
        is_timed=kind != "chat",
        language=read.language_code,
    )


def _people(read: _Chat) -> dict[str, Participant]:
    """Participant id (or the bare role where there is none) → who it is. Several of one role are numbered."""
    roles: dict[str, str] = {}
    names: dict[str, str] = {}
    parts: list[_Participant] = [*read.participants, *read.transcript]
    for part in parts:
        key = part.participant_id or part.participant_role
        if key and part.participant_role:
            roles.setdefault(key, part.participant_role)
        if key and part.display_name:
            names.setdefault(key, part.display_name)
    spoken = {turn.participant_id or turn.participant_role: None for turn in read.transcript}
    used = [key for key in spoken if key]
    people = {}
    for key in used:
        role = roles.get(key) or key
        same = [other for other in used if (roles.get(other) or other) == role]
        label = role if len(same) == 1 else f"{role} {same.index(key) + 1}"
        people[key] = Participant(label, names.get(key), role_of(role))
    return people


def _piece(number: int, turn: _Message, people: dict[str, Participant]) -> Piece:
    someone = people.get(turn.participant_id or turn.participant_role or "")
    # Events of a chat (someone joined) and attachments are no words.
    text = (turn.content or "") if turn.content_type.startswith("text/") else ""
    if not isinstance(turn, _Turn):
        return Piece(f"message {number}", someone.label if someone else None, text)
    start, end = _seconds(turn.begin_offset_millis), _seconds(turn.end_offset_millis)
    return Piece(f"turn {number}", someone.label if someone else None, text, start, end, _words(turn.items or []))


def _words(items: list[_Item]) -> tuple[Word, ...]:
    words: list[Word] = []
    for item in items:
        if item.type == "punctuation":
            if words:
                words[-1] = with_mark(words[-1], item.content)
            continue
        start, end = _seconds(item.begin_offset_millis), _seconds(item.end_offset_millis)
        words.append(
            Word(
                item.content,
                NOT_A_TIME if start is None else start,
                NOT_A_TIME if end is None else end,
                item.confidence,
            )
        )
    return tuple(words)


def _seconds(millis: float | None) -> float | None:
    return None if millis is None else millis / 1000
