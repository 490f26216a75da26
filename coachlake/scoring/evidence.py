"""What is concluded about a conversation: scores and the evidence under each."""

from dataclasses import dataclass
from typing import NamedTuple

from coachlake.rubrics.schema import Level


@dataclass(frozen=True, slots=True)
class Evidence:
    """One moment under a score: a verbatim quote with its time (seconds), what it answered, why it counts."""

    criterion_id: str
    level: Level
    turn_index: int
    quote: str
    start_s: float
    end_s: float
    cue_turn_index: int | None
    cue_quote: str | None
    cue_start_s: float | None
    why: str
    confidence: float


class Struck(NamedTuple):
    """A moment that people do not let count for a criterion: the rep's turn and the words that were quoted."""

    criterion_id: str
    turn_index: int
    quote: str


@dataclass(frozen=True, slots=True)
class Score:
    """A criterion's score for one call: 0–100, or None where there was no opportunity or the scorer abstained.

    `abstained_reason` is None unless `score` is None: `no_opportunity`, `low_confidence`, or `untimed`.
    `calibration_id` names the calibration whose cut-points gave the level, None where they are the rubric's own.
    """

    criterion_id: str
    score: float | None
    level: Level | None
    confidence: float
    opportunity_count: int
    abstained_reason: str | None = None
    calibration_id: str | None = None


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """All scores of one conversation under one rubric. `overall` is the weighted mean over what applied."""

    rubric_id: str
    rubric_version: str
    rubric_sha256: str
    model_fingerprint: str
    overall: float | None
    scores: tuple[Score, ...]
    evidence: tuple[Evidence, ...]
