"""Gong's API (`/v2/calls/transcript`), with `parties` of `/v2/calls/extensive` where they were saved beside.

Gong API documentation, "Retrieve transcripts of calls": sentences in milliseconds, speakers as ids.
"""

from typing import Any

from coachlake.conversations.transcript import Participant, Role, Transcript, UnreadableTranscriptError
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.parsed import CamelPart, has_list, parsed
from coachlake.conversations.transcripts.piece import Piece

NAME = "Gong transcript"
_AFFILIATIONS: dict[str, Role] = {"internal": "rep", "external": "customer"}


class _Sentence(CamelPart):
    text: str
    start: float | None = None
    end: float | None = None


class _Monologue(CamelPart):
    speaker_id: str | None = None
    sentences: tuple[_Sentence, ...] = ()


class _Party(CamelPart):
    speaker_id: str | None = None
    name: str | None = None
    affiliation: str | None = None


class _Call(CamelPart):
    transcript: list[_Monologue]
    parties: tuple[_Party, ...] = ()


class _Document(CamelPart):
    call_transcripts: list[_Call]
    parties: tuple[_Party, ...] = ()


def is_gong(document: Any) -> bool:
    """Whether a parsed JSON document is Gong's answer, or one call out of it."""
    return has_list(document, "callTranscripts", "transcript") or has_list(
        document, "transcript", "speakerId", "sentences"
    )


def read_gong(document: Any) -> Transcript:
    """The one call's transcript. Raises UnreadableTranscriptError where the file holds several calls."""
    if "callTranscripts" not in document:
        document = {"callTranscripts": [document]}
    read = parsed(_Document, document, NAME)
    if len(read.call_transcripts) != 1:
        raise UnreadableTranscriptError(f"{NAME}: {len(read.call_transcripts)} calls in one file: save one a call")
    call = read.call_transcripts[0]
    people = {}
    for party in [*read.parties, *call.parties]:
        if party.speaker_id:
            name = party.name or f"speaker {party.speaker_id}"
            role = _AFFILIATIONS.get((party.affiliation or "").lower())
            people[party.speaker_id] = Participant(name, party.name, role)
    pieces = []
    for number, monologue in enumerate(call.transcript, start=1):
        someone = people.get(monologue.speaker_id or "")
        label = someone.label if someone else _numbered(monologue.speaker_id)
        pieces += [
            Piece(f"monologue {number}", label, said.text, _s(said.start), _s(said.end)) for said in monologue.sentences
        ]
    return assembled(NAME, pieces, advice="export it with speakerId", participants=people.values())


def _numbered(speaker_id: str | None) -> str | None:
    return f"speaker {speaker_id}" if speaker_id else None


def _s(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else milliseconds / 1000
