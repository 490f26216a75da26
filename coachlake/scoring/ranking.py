"""A score as a team's reviewers would give it: a linear model over a score's features, in plain numbers."""

import hashlib
import json
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Ranking:
    """What calibration learned of one criterion (`coachlake.calibration.rank`).

    `judged_by` names the judge whose features it was fitted on (`Scorer.judged_by`); for another judge's it means
    nothing. Points are intercept + weights · features, on the scale 0–100.
    """

    judged_by: str
    intercept: float
    weights: tuple[float, ...]

    def points(self, features: NDArray[np.float64]) -> float:
        """0–100. Raises ValueError where there are not as many features as weights."""
        if len(features) != len(self.weights):
            raise ValueError(f"{len(features)} features for {len(self.weights)} weights")
        return float(np.clip(self.intercept + np.dot(np.array(self.weights), features), 0.0, 100.0))

    def to_json(self) -> str:
        """As it is stored. Numbers keep every digit: read back, it gives the same points."""
        return json.dumps(asdict(self))

    def digest(self) -> str:
        """12 hex digits that name these very numbers."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:12]

    @classmethod
    def from_json(cls, text: str) -> "Ranking":
        """As `to_json` wrote it."""
        content = json.loads(text)
        return cls(content["judged_by"], content["intercept"], tuple(content["weights"]))
