"""What a call's score on a criterion rests on, as a row of plain numbers that reviews can teach a ranking on.

What the customer says is in it only as the cue of what the rep said: how a call turned out must not become part of a
rep's score.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coachlake.language.acts.labels import ABSENT, HEADS, REP_HEADS
from coachlake.language.acts.model import Acts
from coachlake.scoring.evidence import Score

# Part of what a ranking is fitted for: raise it when the columns change.
VERSION = 1
# The acts of a rep's sentence; that an act is absent says nothing new.
_ACTS = tuple((head, label) for head in REP_HEADS for label in HEADS[head] if label != ABSENT[head])
# Stands for a criterion that did not apply: neither good nor poor.
_MIDDLE = 0.5


@dataclass(frozen=True, slots=True)
class Decided:
    """What a score was decided by: the level of each judged moment and the acts of its sentence, side by side. Empty
    for a criterion measured by time or share."""

    levels: tuple[str, ...] = ()
    acts: tuple[Acts, ...] = ()


def score_features(
    score: Score, decided: Decided, said: Sequence[Acts], scores: Sequence[Score]
) -> NDArray[np.float64]:
    """The row of one score that is not None.

    In order: the score over 100; shares of good and poor moments, and how many opportunities there were (log); mean
    and highest chance of each act in the deciding sentences, then in all the rep said (`said`); the call's other
    scores over 100 (`scores` are the whole card's, before any calibration); the mean act vector of all the rep said.
    """
    count = max(len(decided.levels), 1)
    shares = [decided.levels.count(level) / count for level in ("good", "poor")]
    others = [
        _MIDDLE if other.score is None else other.score / 100
        for other in scores
        if other.criterion_id != score.criterion_id
    ]
    own = [(score.score or 0.0) / 100, *shares, float(np.log1p(score.opportunity_count))]
    vector = np.mean([acts.vector for acts in said], axis=0) if said else np.zeros(0)
    return np.concatenate([own, _summary(decided.acts), _summary(said), others, vector]).astype(np.float64)


def _summary(said: Sequence[Acts]) -> NDArray[np.float64]:
    """Mean and maximum of each act; zeros where nothing was said."""
    if not said:
        return np.zeros(2 * len(_ACTS))
    rows = np.array([[acts.chance(head, label) for head, label in _ACTS] for acts in said])
    return np.concatenate([rows.mean(axis=0), rows.max(axis=0)])
