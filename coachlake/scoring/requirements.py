"""What a sentence must do to be compared with a criterion's anchors at all, read off the anchors themselves."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coachlake.language.acts.labels import ABSENT
from coachlake.language.acts.model import ActModel
from coachlake.language.times import names_a_time
from coachlake.language.types import Utterance
from coachlake.rubrics.schema import Criterion

# Acts that a behaviour can consist of; what only colours a sentence (a hedge, a tone) is for the judge to weigh.
_ACTS = ("reflection", "warmth", "ack", "probing", "question", "action", "apology")
# Anchors do an act in common where it is this likely on average; a sentence does it from the lower chance on.
_COMMON_FROM, _DONE_FROM = 0.7, 0.3
# A refusal proposes nothing; what is hollow acknowledges nothing.
_NOT_DONE: dict[str, tuple[str, ...]] = {"action": ("refusal",), "ack": ("hollow",)}
# A time is asked for at `good` where most good anchors name one and few average ones do.
_MOST, _FEW = 0.75, 0.4


class Requirements:
    """The acts that good and average anchors have in common, and whether `good` takes a time."""

    def __init__(self, criterion: Criterion, acts: ActModel) -> None:
        self._acts = acts
        good, average = criterion.anchors.good.examples, criterion.anchors.average.examples
        shown = [self._done(text) for text in (*good, *average)]
        means = np.mean(shown, axis=0)
        self._common = means >= _COMMON_FROM
        self._takes_time = _share_with_time(good) >= _MOST and _share_with_time(average) <= _FEW

    def applied(
        self, moments: Sequence[Utterance], chances: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """`chances` (n × good, average, poor) with what a missing time takes from good given to average, and which of
        the moments do what the anchors have in common."""
        does = np.array([bool((self._done(m.response, m.cue)[self._common] >= _DONE_FROM).all()) for m in moments])
        if not self._takes_time:
            return chances, does
        found = chances.copy()
        for row, moment in enumerate(moments):
            if not names_a_time(moment.response):
                found[row] = [0.0, found[row, 0] + found[row, 1], found[row, 2]]
        return found, does

    def _done(self, text: str, cue: str | None = None) -> NDArray[np.float64]:
        (acts,) = self._acts.judge([Utterance(text, cue)])
        return np.array([1 - acts.chance(head, ABSENT[head], *_NOT_DONE.get(head, ())) for head in _ACTS])


def _share_with_time(texts: Sequence[str]) -> float:
    return float(np.mean([names_a_time(text) for text in texts]))
