"""What human reviewers of the demonstration say: the level a call was written to show, with their own mistakes."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np

LEVELS = ("poor", "average", "good")
# How often a reviewer is one level off, and how many calls get a second reviewer.
ERROR_RATE = {"reviewer-a": 0.12, "reviewer-b": 0.2}
_SECOND_SHARE = 0.4


def draw_reviews(
    rng: np.random.Generator, call_id: str, gold: dict[str, str], reviewed_at: datetime
) -> list[dict[str, Any]]:
    """Blind reviews of one call, by one or two reviewers, a row a criterion that has a gold level."""
    reviewers = list(ERROR_RATE)[: 2 if rng.random() < _SECOND_SHARE else 1]
    return [
        {
            "call_id": call_id,
            "criterion_id": criterion,
            "reviewer_id": reviewer,
            "level": _read(rng, level, ERROR_RATE[reviewer]),
            "is_blind": True,
            "reviewed_at": (reviewed_at + timedelta(hours=30)).isoformat(),
        }
        for reviewer in reviewers
        for criterion, level in gold.items()
    ]


def gold_levels(moments: list[tuple[str, str]]) -> dict[str, str]:
    """criterion → level of the mean of its moments (good 100, average 50, poor 0; thirds)."""
    points: dict[str, list[float]] = {}
    for criterion, level in moments:
        points.setdefault(criterion, []).append(50.0 * LEVELS.index(level))
    return {name: LEVELS[min(2, int(np.mean(values) // (100 / 3)))] for name, values in points.items()}


def _read(rng: np.random.Generator, level: str, error_rate: float) -> str:
    if rng.random() >= error_rate:
        return level
    position = LEVELS.index(level) + (1 if rng.random() < 0.5 else -1)
    return LEVELS[int(np.clip(position, 0, 2))]
