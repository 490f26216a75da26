"""Whether somebody goes on with the same sentence after a pause or over the other's "mm": then it is one turn."""

import re

from coachlake.conversations.backchannels import is_listening_token
from coachlake.conversations.endings import is_left_open

# After a longer silence (s) people begin anew, whatever the last word was.
LONGEST_PAUSE_S = 2.0
_NEW_SENTENCE = re.compile(r"[^a-z]*(?!I\b)[A-Z]")


def goes_on(said: str, more: str, between: str, pause_s: float, *, is_marked: bool) -> bool:
    """Whether `more` continues the sentence that `said` leaves open, both by one speaker with `pause_s` seconds and
    nothing but the other's `between` (empty, or signs of listening) in the middle.

    `is_marked`: whether the transcript has punctuation at all. Where it has, a text without a last mark is open too,
    unless what follows starts like a sentence.
    """
    if pause_s > LONGEST_PAUSE_S or (between.strip() and not is_listening_token(between)):
        return False
    if is_left_open(said, is_marked=False):
        return True
    return is_left_open(said, is_marked=is_marked) and not _NEW_SENTENCE.match(more)
