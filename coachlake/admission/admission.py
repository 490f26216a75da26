"""What is found about a transcript before anyone is scored by it."""

from dataclasses import dataclass
from typing import Literal

from coachlake.conversations.transcript import Transcript

Code = Literal[
    "language",  # most of it is in a language that is not judged
    "looping",  # a recogniser stuck on one text
    "noise_only",  # nothing but what recognisers write for silence and noise
    "not_understood",  # too much of it is marked inaudible, or was barely recognised
    "nothing_said",  # no words at all
    "menus_only",  # menus and announcements
    "voicemail",  # a greeting and a message
    "nobody_there",  # one side asks whether anybody is there
    "one_side_only",  # the other side says nothing, or next to nothing
    "one_speaker",  # only one voice was told apart
    "no_exchange",  # each side speaks once
    "wrong_number",
    "few_words",
]


@dataclass(frozen=True, slots=True)
class Admission:
    """`reason` is None where the call may be scored, else a sentence for an analyst, and `code` its kind.

    `language` is the main language of what was said (ISO 639-1), None where that cannot be told, and
    `language_share` (0–1) its share of the words. `understood_share` (0–1) is the part of what was said that is
    intelligible. `transcript` is what is scored: markers and invented text cut out, only segments in a covered
    language, and menus as a participant of role `system`, whose words stay as they are; its notes tell what was left
    out. Where the call is refused it is the transcript as delivered.
    """

    reason: str | None
    code: Code | None
    language: str | None
    language_share: float
    understood_share: float
    transcript: Transcript
