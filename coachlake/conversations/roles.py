"""Who of two speakers is the rep, where nothing but their words says so.

By what each role does in any line of business: a rep opens with a greeting, a name or an offer of help, speaks
of *your* account and of what *we* or *I* can do, and closes with thanks; a customer speaks of *my* trouble.
"""

import re
from collections.abc import Sequence

_OPENING = re.compile(
    r"thank(s| you) for (calling|holding|contacting)|how (can|may|could) i (help|assist)|"
    r"(this is|my name is|you're speaking with|you are speaking with) \w+|calling (from|on behalf)|"
    r"customer (service|support|care)|what can i (do|help)",
    re.IGNORECASE,
)
_SERVICE = re.compile(
    r"\b(let me (check|see|look|pull|have)|i can (help|see|do|offer|book|set)|i'll (check|put|book|send|go ahead)|"
    r"can i (get|take|have) your|could i (get|take|have) your|may i have|anything else|is there anything|"
    r"would you like|we (offer|have|can)|for you)\b",
    re.IGNORECASE,
)
_YOUR = re.compile(r"\byour(s)?\b", re.IGNORECASE)
_MY = re.compile(r"\b(my|mine|i need|i want|i'd like|i am looking|i'm looking)\b", re.IGNORECASE)
# How far into a call a greeting still is one: turns of the speaker.
_OPENING_TURNS = 4


def rep_index(texts: Sequence[Sequence[str]]) -> int:
    """Index of the speaker who is the rep. `texts`: for each speaker, what they said, turn by turn, in order.

    With one speaker that speaker is the rep. On a tie, the first speaker to appear: an inbound call is answered
    by the rep.
    """
    scores = [_rep_likeness(spoken) for spoken in texts]
    return max(range(len(scores)), key=lambda index: (scores[index], -index)) if scores else 0


def _rep_likeness(spoken: Sequence[str]) -> float:
    whole = " ".join(spoken)
    words = max(20, len(whole.split()))
    opening = 2.0 * bool(_OPENING.search(" ".join(spoken[:_OPENING_TURNS])))
    service = 100 * len(_SERVICE.findall(whole)) / words
    possession = 100 * (len(_YOUR.findall(whole)) - len(_MY.findall(whole))) / words
    questions = sum("?" in text for text in spoken) / max(1, len(spoken))
    return opening + min(2.0, service) + 0.4 * possession + questions
