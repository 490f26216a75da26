"""What a reader takes out of a source, before speakers and times are made whole."""

import math
from dataclasses import dataclass

from coachlake.conversations.conversation import Word

NOT_A_TIME = math.nan


@dataclass(frozen=True, slots=True)
class Piece:
    """One cue, segment, message or line.

    `place` is how people find it in the source ("cue 7"). `label` names who speaks, None where the source does not
    say. Times in seconds, None or NaN where the source has none. A word's time that is missing is NaN.
    """

    place: str
    label: str | None
    text: str
    start_s: float | None = None
    end_s: float | None = None
    words: tuple[Word, ...] = ()
