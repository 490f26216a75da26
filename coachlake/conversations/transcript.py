"""A transcript before anyone has decided who is who: what a reader or the recogniser gives.

Readers of transcript formats and the recogniser of recordings end here; `roles` decides who of its participants the
rep is, and `conversation` is what is scored.
"""

from dataclasses import dataclass
from typing import Literal

from coachlake.conversations.conversation import Voice, Word

# rep: the one who is scored; other_rep: a colleague, supervisor or second agent; customer: the other side;
# other: an interpreter, a passer-by; system: menus, announcements, hold music, beeps, bots.
Role = Literal["rep", "other_rep", "customer", "other", "system"]
RECORDING = "recording"  # `Transcript.format` of what the recogniser heard
ROLES: tuple[Role, ...] = ("rep", "other_rep", "customer", "other", "system")


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone or something with words of their own.

    `label` is how the source's segments name them ("Ana Ruiz", "spk_0", "left"). `name` is a person's name where the
    source gives one. `role` is what the source itself says (AGENT, "(Agent)", a participants list), None where it does
    not: "agent" is given as `rep` even where there are several; who of them is scored is decided by `roles`.
    `channel` is the index of the audio channel (0 left, 1 right) where the source separates them by channel.
    `voices`: how many people are heard under the label; more than one where a recording holds them and could not be
    told apart.
    """

    label: str
    name: str | None = None
    role: Role | None = None
    channel: int | None = None
    voices: int = 1


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of one participant's speech: label, times in seconds, text, words (empty where the source gives no
    word times), and how it sounded where there is a recording."""

    speaker: str
    start_s: float
    end_s: float
    text: str
    words: tuple[Word, ...] = ()
    voice: Voice | None = None


@dataclass(frozen=True, slots=True)
class Transcript:
    """Everything said, by whom as the source labels them, in start order.

    `format` names the source for people ("Zoom WebVTT", "recording"). `duration_s` is None where the source does not
    say. `is_timed` is False where it carries no real clock. `language` is an ISO 639-1 code where the source or the
    recogniser names one, with `language_confidence` 0–1.
    `notes` are sentences for people about what was mended or left out.
    """

    segments: tuple[Segment, ...]
    participants: tuple[Participant, ...]
    format: str
    duration_s: float | None = None
    is_timed: bool = True
    language: str | None = None
    language_confidence: float | None = None
    notes: tuple[str, ...] = ()

    @property
    def labels(self) -> list[str]:
        """Labels of everyone who says something, in order of first speech."""
        return list(dict.fromkeys(segment.speaker for segment in self.segments if segment.text.strip()))


class UnreadableTranscriptError(ValueError):
    """The file is no transcript this project can read; the message names the format and what is missing where."""
