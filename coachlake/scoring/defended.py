"""Whether a reader would defend a moment in front of the rep; what is not likely to be neither counts nor shows.

A criterion's anchors tell its levels apart. Whether there was anything to judge at all (was trouble voiced? is this an
answer, or a greeting?) they do not say, and a level is the likeliest of three whatever was said. Readers' verdicts on
such moments do, over many lines of business (`python -m training.defended`): a choice to say nothing ("reject option",
Chow 1970) learned beside the levels. It never sees which level it is, only how a sentence stands to the anchors of its
level and of the others: what is good is the team's to say.
"""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coachlake.language.acts.labels import CUSTOMER_HEADS, HEADS, REP_HEADS
from coachlake.language.acts.model import Acts
from coachlake.language.times import names_a_time
from coachlake.language.types import Utterance
from coachlake.rubrics.schema import Criterion, Level
from coachlake.scoring.opportunities import FINDERS
from coachlake.signals.kit import SignalKit

WEIGHTS_FILE = Path(__file__).with_name("defended.json")
_LEVELS: tuple[Level, ...] = ("good", "average", "poor")
# A custom opportunity is none of these: no verdict was ever given on one, and it rests on what holds for all.
_KINDS = tuple(FINDERS)
_NOTHING_HEARD = np.zeros(sum(len(HEADS[head]) for head in CUSTOMER_HEADS))
Row = NDArray[np.float64]


class Defended:
    """The learned choice for the moments of one criterion; below `least` (0–1) a moment is left out."""

    def __init__(self, criterion: Criterion, kit: SignalKit) -> None:
        self._kit = kit
        self._of_kind = np.array([str(criterion.opportunity) == name for name in _KINDS], float)
        self._anchors = {level: _Anchors(criterion.anchors.of(level).examples, kit) for level in _LEVELS}
        self._weights, self._bias, self.least, self.fingerprint = _kept()

    def chance(self, level: Level, quote: str, cue: str | None, confidence: float) -> float:
        """How likely a reader would defend `quote`, said after the customer's `cue`, as of this level (0–1)."""
        row = self.columns(level, quote, cue, confidence)
        return float(1 / (1 + np.exp(-(row @ self._weights + self._bias))))

    def columns(self, level: Level, quote: str, cue: str | None, confidence: float) -> Row:
        """A moment as one row: what the quote does, what the cue did, how long both are, whether a time is named, how
        sure the level is (0–1), how the quote stands to the anchors; all that by itself and for its kind."""
        (said,) = self._kit.acts.judge([Utterance(quote, cue)])
        heard = _chances(self._kit.acts.judge([Utterance(cue)])[0], CUSTOMER_HEADS) if cue else _NOTHING_HEARD
        lengths = [np.log1p(len(quote.split())), np.log1p(len((cue or "").split()))]
        plain = np.concatenate(
            [
                _chances(said, REP_HEADS),
                heard,
                lengths,
                [names_a_time(quote), confidence],
                self._near(level, quote, said),
            ]
        )
        return np.concatenate([self._of_kind, plain, np.outer(self._of_kind, plain).ravel()])

    def _near(self, level: Level, quote: str, said: Acts) -> Row:
        """Each measure of nearness to the anchors of this level, to the nearest of the others, and the difference."""
        vector = self._kit.encoder.encode([quote])[0]
        found = {name: anchors.nearness(vector, said) for name, anchors in self._anchors.items()}
        own, others = found[level], np.max([found[name] for name in _LEVELS if name != level], axis=0)
        return np.concatenate([own, others, own - others])


class _Anchors:
    """The examples of one level, and how near something is to them."""

    def __init__(self, examples: Sequence[str], kit: SignalKit) -> None:
        acts = kit.acts.judge([Utterance(text) for text in examples])
        self._vectors = kit.encoder.encode(list(examples))
        self._act_vectors = np.stack([one.vector for one in acts])
        self._acts = np.stack([_chances(one, REP_HEADS) for one in acts])

    def nearness(self, vector: NDArray[np.float32], said: Acts) -> Row:
        """By meaning and by act vector (cosine to the nearest), by acts (minus the distance to the nearest, to the
        mean)."""
        chances = _chances(said, REP_HEADS)
        nearest = -np.abs(self._acts - chances).sum(axis=1).min()
        to_mean = -np.abs(self._acts.mean(axis=0) - chances).sum()
        return np.array(
            [(self._vectors @ vector).max(), (self._act_vectors @ said.vector).max(), nearest, to_mean], float
        )


def _chances(acts: Acts, heads: Sequence[str]) -> Row:
    return np.concatenate([acts.chances[head] for head in heads]).astype(float)


@cache
def _kept() -> tuple[Row, float, float, str]:
    content = WEIGHTS_FILE.read_bytes()
    kept: dict[str, Any] = json.loads(content)
    return np.array(kept["weights"]), kept["bias"], kept["least"], hashlib.sha256(content).hexdigest()[:12]
