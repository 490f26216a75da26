"""RingCentral RingSense insights: `insights.Transcript` of utterances, with `speakerInfo`.

RingCentral developer guide, "RingSense API" and "RingSense event": speakerId, text, start and end in seconds;
speakerInfo gives a name and, for people of the account, an extensionId.
"""

from typing import Any

from pydantic import Field

from coachlake.conversations.transcript import Participant, Transcript
from coachlake.conversations.transcripts.assemble import assembled
from coachlake.conversations.transcripts.parsed import CamelPart, has_list, parsed
from coachlake.conversations.transcripts.piece import Piece

NAME = "RingCentral RingSense JSON"


class _Utterance(CamelPart):
    speaker_id: str | None = None
    text: str
    start: float | None = None
    end: float | None = None


class _Insights(CamelPart):
    transcript: list[_Utterance] = Field(alias="Transcript")


class _Speaker(CamelPart):
    speaker_id: str
    name: str | None = None
    extension_id: str | None = None


class _Document(CamelPart):
    insights: _Insights
    speaker_info: tuple[_Speaker, ...] = ()
    recording_duration_ms: float | None = None


def is_ringsense(document: Any) -> bool:
    """Whether a parsed JSON document holds RingSense insights, bare or as the body of an event."""
    return isinstance(document, dict) and has_list(_body(document).get("insights"), "Transcript", "text")


def read_ringsense(document: Any) -> Transcript:
    """The transcript by speaker. Where only some speakers have an extension of the account, they are its reps.

    Raises UnreadableTranscriptError where nobody is named.
    """
    read = parsed(_Document, _body(document), NAME)
    insiders = {speaker.speaker_id for speaker in read.speaker_info if speaker.extension_id}
    tells = 0 < len(insiders) < len(read.speaker_info)
    people = {
        speaker.speaker_id: Participant(
            speaker.name or speaker.speaker_id,
            speaker.name,
            "rep" if tells and speaker.speaker_id in insiders else None,
        )
        for speaker in read.speaker_info
    }
    pieces = []
    for number, said in enumerate(read.insights.transcript, start=1):
        someone = people.get(said.speaker_id or "")
        label = someone.label if someone else said.speaker_id
        pieces.append(Piece(f"utterance {number}", label, said.text, said.start, said.end))
    duration = read.recording_duration_ms
    return assembled(
        NAME,
        pieces,
        advice="export it with speakerId",
        participants=people.values(),
        duration_s=None if duration is None else duration / 1000,
    )


def _body(document: dict[str, Any]) -> dict[str, Any]:
    body = document.get("body")
    return body if isinstance(body, dict) else document
