"""Which calls to review next, and which disagreements to talk about first."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp

from coachlake.calibration.agreement import ORDER
from coachlake.calibration.calibrate import CriterionCalibration
from coachlake.calibration.cut_points import CutPoints
from coachlake.calibration.reviews import Reviewed
from coachlake.lake.connection import ALIAS, lake
from coachlake.rubrics.schema import Criterion, Rubric
from coachlake.settings import Settings

# Every fifth call is drawn by lot: with only those the judge is unsure of, figures would be too bad, and what it is
# wrongly sure of would never be seen.
LOT_EVERY = 5
# A score this far (points) from a cut-point tells e times less about where the cut-point should be.
_REACH = 10.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A scored call nobody has reviewed on a criterion."""

    rubric_id: str
    call_id: str
    criterion_id: str
    score: float
    level: str
    confidence: float


@dataclass(frozen=True, slots=True)
class NextCall:
    """A call to review next. `why` names the criteria it tells most about, or says that it was drawn by lot."""

    call_id: str
    rubric_id: str
    worth: float
    why: str


def next_calls(
    settings: Settings, found: Sequence[CriterionCalibration], rubrics: Mapping[str, Rubric], limit: int
) -> list[NextCall]:
    """Up to `limit` calls, most informative first, every fifth drawn by lot."""
    return choose_calls(_candidates(settings), found, rubrics, limit)


def choose_calls(
    candidates: Sequence[Candidate],
    found: Sequence[CriterionCalibration],
    rubrics: Mapping[str, Rubric],
    limit: int,
) -> list[NextCall]:
    """`next_calls` without the lake.

    A call is worth the sum over its criteria of: how near its score is to a cut-point, how unsure the judge was, and
    how rarely its level has been chosen so far. Criteria at their ceiling, or with labels enough, count nothing.
    Cut-points are those that calibration found. Every LOT_EVERY-th call is drawn by lot, the same one in every run.
    """
    finished = {(c.rubric_id, c.criterion_id) for c in found if c.labels_worth_collecting == 0}
    moved = {(c.rubric_id, c.criterion_id): c.cut_points for c in found}
    open_ = [c for c in candidates if (c.rubric_id, c.criterion_id) not in finished and c.rubric_id in rubrics]
    by_call: dict[str, list[Candidate]] = {}
    for candidate in open_:
        by_call.setdefault(candidate.call_id, []).append(candidate)
    taken: Counter[tuple[str, str, str]] = Counter()
    chosen: list[NextCall] = []
    while by_call and len(chosen) < limit:
        worths = {call: [_worth(c, rubrics, moved, taken) for c in listed] for call, listed in by_call.items()}
        is_lot = len(chosen) % LOT_EVERY == LOT_EVERY - 1
        best = min(worths, key=_lot) if is_lot else max(worths, key=lambda call: (sum(worths[call]), call))
        listed = by_call.pop(best)
        taken.update((c.rubric_id, c.criterion_id, c.level) for c in listed)
        found_call = _next_call(listed, worths[best])
        chosen.append(replace(found_call, why="drawn by lot") if is_lot else found_call)
    return chosen


def instructive_disagreements(reviews: Sequence[Reviewed]) -> list[Reviewed]:
    """Reviews whose level is not the machine's, most instructive first: two levels apart before one, disputes with
    their note before others, and among those what the machine was surest of."""
    apart = [review for review in reviews if _distance(review) > 0]
    return sorted(
        apart, key=lambda r: (-_distance(r), not r.is_dispute, not r.note, -r.machine_confidence, r.review_id)
    )


def _distance(review: Reviewed) -> int:
    if review.level is None or review.machine_level is None:
        return 0
    return abs(ORDER.index(review.level) - ORDER.index(review.machine_level))


def _lot(call_id: str) -> str:
    return hashlib.sha256(call_id.encode()).hexdigest()


def _worth(
    candidate: Candidate,
    rubrics: Mapping[str, Rubric],
    moved: Mapping[tuple[str, str], CutPoints],
    taken: Counter[tuple[str, str, str]],
) -> float:
    criterion = _criterion(rubrics[candidate.rubric_id], candidate.criterion_id)
    if criterion is None:
        return 0.0
    own = CutPoints(criterion.average_from, criterion.good_from)
    cut = moved.get((candidate.rubric_id, candidate.criterion_id), own)
    nearness = exp(-min(abs(cut.average_from - candidate.score), abs(cut.good_from - candidate.score)) / _REACH)
    seen = taken[candidate.rubric_id, candidate.criterion_id, candidate.level]
    return float((nearness + 1 - candidate.confidence) / (1 + seen) ** 0.5)


def _next_call(listed: list[Candidate], worths: list[float]) -> NextCall:
    most = sorted(zip(worths, listed, strict=True), key=lambda pair: -pair[0])[:3]
    why = ", ".join(f"{c.criterion_id} ({c.score:.0f}, {c.level})" for _, c in most)
    return NextCall(listed[0].call_id, listed[0].rubric_id, sum(worths), why)


def _criterion(rubric: Rubric, criterion_id: str) -> Criterion | None:
    return next((criterion for criterion in rubric.criteria if criterion.id == criterion_id), None)


def _candidates(settings: Settings) -> list[Candidate]:
    query = f"""
        SELECT scores.rubric_id, call_id, criterion_id, scores.score, scores.level, scores.confidence
        FROM {ALIAS}.raw.scores AS scores
        JOIN {ALIAS}.raw.calls AS calls USING (call_id)
        ANTI JOIN {ALIAS}.raw.human_reviews AS review USING (call_id, criterion_id)
        WHERE scores.level IS NOT NULL AND calls.source = 'live'
        ORDER BY call_id, criterion_id
    """
    with lake(settings, read_only=True) as connection:
        return [Candidate(*row) for row in connection.execute(query).fetchall()]
