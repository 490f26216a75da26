"""What a restatement looks like, whatever it is about: who it speaks of, how it starts, what it takes up.

Counselling manuals (MITI 4, "reflections") tell a reflection from a question, advice, information and praise by form
as much as by content: it speaks of the other's matter, states rather than asks, and adds nothing of one's own. What
asks by its form is coded as a question, whatever it takes up.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coachlake.language.content import content_stems
from coachlake.language.question_form import is_turned_round, question_form
from coachlake.language.types import Encoder, Utterance

_LEADS_IN = r"okay|ok|right|yeah|yes|mm-?hmm|uh|um|and|but|well|oh|all right|alright|now|-+"
_STARTS = re.compile(
    rf"^(?:(?:{_LEADS_IN})[,.]?\s*)*"
    r"(?:so\b|it (?:sounds|seems)|sounds (?:like|as)|seems like|what (?:i'm|you're)|in other words|if i"
    r"|let me make sure"
    r"|you(?:'re| are) saying|you (?:said|mentioned|feel|want|think|know that|thought|mean)|i(?:'m| am) hearing)"
)
_ADVISES = re.compile(
    r"\b(?:you(?:'d| would|'ll| will)? (?:should|could|might|may|can|need to|have to|must"
    r"|want to make sure|better|ought)|"
    r"if i were you|why don't you|make sure (?:you|to)|try (?:to|and|it)|let's|don't forget"
    r"|i'd (?:suggest|recommend|like))\b"
)
# The other as the subject of what is said: "for you", "thank you" are about something else.
_YOU_AS_SUBJECT = re.compile(
    r"(?<!\bto )(?<!\bfor )(?<!\bwith )(?<!\bthank )\b(?:you|your|yours|yourself|you're|you've|you'd|you'll)\b"
)
_OUR_SIDE = re.compile(r"\b(?:i|i'm|i've|i'll|i'd|me|my|mine|we|we're|we'll|we've|our|us)\b")
_THEY = re.compile(r"\b(?:he|she|they|it|him|her|them|his|their|he's|she's|they're|it's|that's|there's)\b")
_PRAISES = re.compile(
    r"\b(?:great|good job|well done|excellent|perfect|fantastic|awesome|thank you|thanks|welcome|glad)\b"
)
# A complex reflection names what the other feels, wants or doubts (MITI 4.2).
_FEELS = re.compile(
    r"\b(?:feel\w*|felt|worr(?:y|ied|ies)|scared|afraid|frustrat\w*|angry|upset|hurts?|anxious|nervous|proud|relieved"
    r"|important|matters?|hop(?:e|ing)|want(?:ed)?|like|love|hate|tired|stuck|torn|ready|confident|sure|enjoy\w*"
    r"|struggl\w*|hard|tough|difficult|overwhelm\w*|concern\w*|part of you|on (?:the )?(?:one|other) hand"
    r"|at the same time)\b"
)
_PLANS = re.compile(
    r"\b(?:i'?ll|i will|i'd like to|i want to|we'll|we will|we can|let's|let me|i can|(?:i'm|we're) going to|gonna)\b"
)
_LEAD = re.compile(rf"^(?:(?:{_LEADS_IN}|yep|mmh|hmm)[,.]?\s*)+")
_FIRST_CHARACTERS = 18
_WORDS = re.compile(r"[a-z0-9][a-z0-9'-]*")
COLUMNS = 18


class ParaphraseFeatures:
    """n utterances as n × 18 columns of about 0–1."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def __call__(self, utterances: Sequence[Utterance]) -> NDArray[np.float32]:
        """The columns of each utterance."""
        said = self._encoder.encode([utterance.response for utterance in utterances])
        cues = self._encoder.encode([utterance.cue or "" for utterance in utterances])
        nearness = np.sum(said * cues, axis=1)
        rows = [_columns(m.response.lower(), m.cue, float(x)) for m, x in zip(utterances, nearness, strict=True)]
        return np.array(rows, np.float32).reshape(len(utterances), COLUMNS)


def _columns(text: str, cue: str | None, nearness: float) -> list[float]:
    words = _WORDS.findall(text)
    size = max(1, len(words))
    own, theirs = content_stems(text), content_stems(cue or "")
    form = question_form(text)
    asks = is_turned_round(text)
    speaks_of_you, speaks_of_me = bool(_YOU_AS_SUBJECT.search(text)), bool(_OUR_SIDE.search(text))
    return [
        float(bool(_STARTS.match(text))),
        float(asks and form == "open"),
        float(asks and form == "closed"),
        float(form is not None and not asks),
        min(1.0, 4 * len(_YOU_AS_SUBJECT.findall(text)) / size),
        min(1.0, 4 * len(_OUR_SIDE.findall(text)) / size),
        min(1.0, 4 * len(_THEY.findall(text)) / size),
        float(speaks_of_you and not speaks_of_me),
        float(bool(_ADVISES.search(text))),
        float(bool(_PRAISES.search(text))),
        min(2, len(own & theirs)) / 2,
        len(own & theirs) / max(1, len(own)),
        max(0.0, nearness),
        float(size <= 3),
        min(1.0, size / 20),
        float(bool(_FEELS.search(text)) and speaks_of_you),
        float(bool(_PLANS.search(text))),
        float(bool(_YOU_AS_SUBJECT.search(_LEAD.sub("", text)[:_FIRST_CHARACTERS]))),
    ]
