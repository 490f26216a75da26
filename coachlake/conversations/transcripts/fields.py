"""Names that tables and lists of turns give to the speaker, the text and the times."""

import re
from collections.abc import Sequence
from typing import Any

from coachlake.conversations.transcript import Participant, Role
from coachlake.conversations.transcripts.clock import clock_s, moment_s
from coachlake.conversations.transcripts.labels import clean_label, participant_of, role_of

# Lower case without blanks and underscores, likeliest first.
_NAMES = {
    "speaker": """speaker speakername speakerlabel speakerid name participantname displayname participant participantid
        party who author sender from user username channel channelid speakertag""",
    "role": """role speakerrole participantrole participanttype speakertype sendertype participantpurpose usertype""",
    "text": """text transcript utterance content message sentence transcription body phrase line caption dialogue words
        said""",
    "start": """start starttime starts startms startsec startseconds startmillis starttimems starttimemillis
        starttimeseconds begin begintime beginoffset beginoffsetmillis startoffset startoffsetms startoffsetmillis
        offset offsetms offsetseconds timestamp timestampms time timems absolutetime sentat createdat""",
    "end": """end endtime ends endms endsec endseconds endmillis endtimems endtimemillis endtimeseconds stop stoptime
        endoffset endoffsetms endoffsetmillis""",
}
SPEAKER, ROLE, TEXT, START, END = (tuple(names.split()) for names in _NAMES.values())
# Roles that single vendors' fields use besides the usual words.
_FIELD_ROLES: dict[str, Role] = {
    "user": "customer",
    "contact": "customer",
    "external": "customer",
    "internal": "rep",
    "visitor": "customer",
}
_MILLISECONDS = re.compile(r"(?:ms|millis|milliseconds)$", re.IGNORECASE)
_SECONDS = re.compile(r"(?:[_\s(]s\)?|secs?|seconds)$", re.IGNORECASE)
# More seconds than any call has: a moment since 1970.
_MOMENT_S = 1e8


def person(label: str | None, role: str | None) -> Participant | None:
    """Who a row names, by a label and a role field; None where both are empty."""
    if not (label or role):
        return None
    said = clean_label(label or role or "")
    if not said:
        return None
    made = participant_of(said)
    field_role = role_of(role) or _FIELD_ROLES.get((role or "").strip().lower())
    return Participant(said, made.name if label else None, field_role or made.role)


def unit_of(key: str) -> float | None:
    """Seconds in one unit of a field, where its name says so: `start_ms`, `startSeconds`."""
    if _MILLISECONDS.search(key):
        return 0.001
    return 1.0 if _SECONDS.search(key) else None


def time_s(value: Any, unit: float | None) -> float | None:
    """A time in seconds: a number in `unit` (None: a bare number says nothing), a clock or an ISO 8601 moment."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        clock = clock_s(value) if isinstance(value, str) else None
        return clock if clock is not None or not isinstance(value, str) else moment_s(value)
    return None if unit is None else number * unit


def from_zero(
    starts: Sequence[float | None], ends: Sequence[float | None]
) -> tuple[list[float | None], list[float | None]]:
    """Starts and ends given as moments since 1970 as seconds since the earliest start; others as they are."""
    moments = [time for time in starts if time is not None and time > _MOMENT_S]
    zero = min(moments) if moments else 0.0
    return (
        [None if time is None else time - zero for time in starts],
        [None if time is None else time - zero for time in ends],
    )
