"""A scenario's lines as sentence vectors, computed once: what a rep's sentence is held against."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coachlake.language.types import Encoder
from coachlake.practice.scenarios.schema import Scenario

Vectors = NDArray[np.float32]  # n sentences × dimension, each row of length 1


class ScenarioVectors:
    """By id: `asked_by` of facts; all of an issue, and its fixes alone; a challenge's good answers; and what would work
    after any rejection."""

    def __init__(self, scenario: Scenario, encoder: Encoder) -> None:
        encode = encoder.encode
        self._encoder = encoder
        self.facts = {fact.id: encode(fact.asked_by) for fact in scenario.facts}
        self.issues = {one.id: encode([*one.says, *one.brings_back, *one.good_fixes]) for one in scenario.issues}
        self.fixes = {issue.id: encode(issue.good_fixes) for issue in scenario.issues}
        self.good_answers = {one.id: encode(one.good_answers) for one in scenario.challenges}
        rejections = scenario.of_kind("rejection")
        self.ways_round: Vectors = encode([answer for one in rejections for answer in one.good_answers])

    def solutions(self, open_issues: Sequence[str]) -> Vectors:
        """What would settle what is open."""
        return np.concatenate([self.ways_round, *(self.fixes[name] for name in open_issues)])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """`texts` as vectors."""
        return self._encoder.encode(texts)

    def nearest(self, texts: Sequence[str], known: Vectors) -> list[float]:
        """How close each text comes to the closest of `known` (cosine); 0 where nothing is known."""
        if not texts or not len(known):
            return [0.0] * len(texts)
        return [float(near) for near in (self.encode(texts) @ known.T).max(axis=1)]
