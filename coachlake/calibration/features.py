"""Features of reviewed calls, worked out anew by the judge in force from the dialogues and signals in the lake.

Nothing is kept with a score: a row of 460 numbers a score would outgrow the lake's text, a score that a ranking gave
could not teach the next one, and reviews outlive the judge they were given beside.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coachlake.calibration.rank import LEAST_CALLS
from coachlake.calibration.reviews import Reviewed
from coachlake.lake.stored_calls import stored_calls
from coachlake.rubrics.schema import Rubric
from coachlake.scoring.scorer import build_scorer
from coachlake.settings import Settings
from coachlake.signals.kit import SignalKit, load_signal_kit

# Calls read from the lake at a time: their words are held in memory.
_AT_A_TIME = 25


@dataclass(frozen=True, slots=True)
class Features:
    """`rows`: (call_id, criterion_id) → features (`coachlake.scoring.features`) by the judge that `judged_by` names."""

    judged_by: str
    rows: Mapping[tuple[str, str], NDArray[np.float64]]


def reviewed_features(
    settings: Settings, rubrics: Mapping[str, Rubric], reviews: Sequence[Reviewed]
) -> dict[str, Features]:
    """rubric_id → features of its reviewed calls, for rubrics with enough reviews of a criterion to learn a ranking.

    Loads the text models and judges each call (a second or less a call) only where there is such a rubric.
    """
    wanted = {name: calls for name, calls in _enough(reviews).items() if name in rubrics}
    if not wanted:
        return {}
    kit = load_signal_kit(settings.model_profile)
    return {name: _features(settings, rubrics[name], kit, calls) for name, calls in wanted.items()}


def _enough(reviews: Sequence[Reviewed]) -> dict[str, list[str]]:
    by_criterion: dict[tuple[str, str], set[str]] = defaultdict(set)
    for review in reviews:
        by_criterion[review.rubric_id, review.criterion_id].add(review.call_id)
    calls: dict[str, set[str]] = defaultdict(set)
    for (rubric_id, _), reviewed in by_criterion.items():
        if len(reviewed) >= LEAST_CALLS:
            calls[rubric_id] |= reviewed
    return {name: sorted(listed) for name, listed in calls.items()}


def _features(settings: Settings, rubric: Rubric, kit: SignalKit, calls: Sequence[str]) -> Features:
    scorer = build_scorer(rubric, kit)
    rows = {}
    for start in range(0, len(calls), _AT_A_TIME):
        for call in stored_calls(settings, calls[start : start + _AT_A_TIME]):
            found = scorer.features(call.dialogue, call.signals)
            rows.update({(call.call_id, criterion_id): row for criterion_id, row in found.items()})
            kit.forget_all()
    return Features(scorer.judged_by, rows)
