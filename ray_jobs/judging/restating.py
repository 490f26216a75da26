"""What a restatement looks like, whatever it is about: who it speaks of, how it starts, what it takes up.

Counselling manuals (MITI 4, "reflections") tell a reflection from a question, advice, information and praise by form
as much as by content: it speaks of the other's matter, states rather than asks, and adds nothing of one's own.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ray_jobs.judging.content import content_stems
from ray_jobs.judging.types import Encoder, Moment

_STARTS = re.compile(
    r"^(?:(?:okay|ok|right|yeah|yes|mm-?hmm|uh|um|and|but|well|oh|all right|alright|now|-+)[,.]?\s*)*"
    r"(?:so\b|it (?:sounds|seems)|sounds (?:like|as)|seems like|what (?:i'm|you're)|in other words|if i"
    r"|let me make sure"
    r"|you(?:'re| are) saying|you (?:said|mentioned|feel|want|think|know that|thought|mean)|i(?:'m| am) hearing)"
)
_ASKS = re.compile(
    r"(?:^|, |\b(?:so|and|but|wondering|know|ask(?: you)?) )(?:(?:in|to|on|at|for|with) )?"
    r"(?:(?:what|how|why|when|where|who|which)(?:'s|'re)?\b(?: \w+){0,2}? (?:do|does|did|is|are|was|were"
    r"|can|could|would|will|"
    r"have|has|had|should|might|may|else|about|makes?|made|happens|happened|brought|brings|concerns|worries)\b"
    r"|(?:what's|how's|where's|who's|why's)\b"
    r"|(?:do|does|did|is|are|was|were|can|could|would|will|have|has|had|should|may) (?:you|we|i|it|that"
    r"|there|they|he|she|your|the)\b"
    r"|tell (?:me|us)\b|any \w+|wonder)"
)
_ADVISES = re.compile(
    r"\b(?:you(?:'d| would|'ll| will)? (?:should|could|might|may|can|need to|have to|must"
    r"|want to make sure|better|ought)|"
    r"if i were you|why don't you|make sure (?:you|to)|try (?:to|and|it)|let's|don't forget"
    r"|i'd (?:suggest|recommend|like))\b"
)
_YOU = re.compile(r"\b(?:you|your|yours|yourself|you're|you've|you'd|you'll)\b")
_I = re.compile(r"\b(?:i|i'm|i've|i'll|i'd|me|my|mine|we|we're|we'll|we've|our|us)\b")
_THEY = re.compile(r"\b(?:he|she|they|it|him|her|them|his|their|he's|she's|they're|it's|that's|there's)\b")
_PRAISES = re.compile(
    r"\b(?:great|good job|well done|excellent|perfect|fantastic|awesome|thank you|thanks|welcome|glad)\b"
)
_WORDS = re.compile(r"[a-z0-9][a-z0-9'-]*")
COLUMNS = 15


class RestatingFeatures:
    """n moments as n × 15 columns of about 0–1."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def __call__(self, moments: Sequence[Moment]) -> NDArray[np.float32]:
        """The columns of each moment."""
        said = self._encoder.encode([moment.response for moment in moments])
        cues = self._encoder.encode([moment.cue or "" for moment in moments])
        nearness = np.sum(said * cues, axis=1)
        rows = [_columns(m.response.lower(), m.cue, float(x)) for m, x in zip(moments, nearness, strict=True)]
        return np.array(rows, np.float32).reshape(len(moments), COLUMNS)


def _columns(text: str, cue: str | None, nearness: float) -> list[float]:
    words = _WORDS.findall(text)
    size = max(1, len(words))
    own, theirs = content_stems(text), content_stems(cue or "")
    asks = bool(_ASKS.match(text))
    return [
        float(bool(_STARTS.match(text))),
        float(asks),
        float(text.rstrip().endswith("?") and not asks),
        min(1.0, 4 * len(_YOU.findall(text)) / size),
        min(1.0, 4 * len(_I.findall(text)) / size),
        min(1.0, 4 * len(_THEY.findall(text)) / size),
        float(bool(_YOU.search(text)) and not _I.search(text)),
        float(bool(_ADVISES.search(text))),
        float(bool(_PRAISES.search(text))),
        min(2, len(own & theirs)) / 2,
        len(own & theirs) / max(1, len(own)),
        max(0.0, nearness),
        float(size <= 3),
        min(1.0, size / 20),
        float(len(theirs) == 0),
    ]
