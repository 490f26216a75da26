"""A calibration: every reviewed criterion's agreement, its human ceiling, and whether order or cut-points should
change."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations

import numpy as np
import pyarrow as pa

from coachlake.calibration.agreement import ORDER, Agreement, agreement
from coachlake.calibration.cut_points import CutPoints, Gain, Labelled, cross_validate, fit_cut_points, labelled_of
from coachlake.calibration.features import Features, reviewed_features
from coachlake.calibration.rank import Learned, Reviews, learn
from coachlake.calibration.reviews import Reviewed, reviewed_scores
from coachlake.calibration.verdict import is_at_ceiling, labels_worth_collecting, says
from coachlake.lake.tables import CALIBRATIONS
from coachlake.lake.writer import upsert
from coachlake.rubrics.schema import Criterion, Rubric
from coachlake.settings import Settings

# With fewer doubly reviewed calls than this in one line of business, a criterion's ceiling is taken over all lines.
_LEAST_DOUBLE = 10
_SEED = 20


@dataclass(frozen=True, slots=True)
class CriterionCalibration:
    """One criterion of one rubric. `machine` is machine against people, `people` person against person (None where
    no call has two reviewers); `cut_points` are fitted ones only where `gain.is_kept`, else the rubric's own.
    `learned` is the ranking tried (None with too few reviews); where it is kept, cut-points and gain are its own."""

    rubric_id: str
    criterion_id: str
    criterion_sha256: str
    n_reviews: int
    n_disputes: int
    machine: Agreement
    people: Agreement | None
    is_ceiling_of_all_lines: bool
    cut_points: CutPoints
    gain: Gain
    is_at_ceiling: bool
    labels_worth_collecting: int
    says: str
    learned: Learned | None = None


def calibrate(
    settings: Settings, rubrics: Mapping[str, Rubric], *, is_applied: bool = False
) -> list[CriterionCalibration]:
    """Calibrate every criterion that has a review, by rubric and criterion, and append the outcome to
    raw.calibrations. The same reviews and scores give the same figures.

    Levels and scores change only where somebody wants it: with `is_applied`, the next night judges by the cut-points
    and rankings kept, and a backfill re-judges the nights before.
    """
    reviews = reviewed_scores(settings)
    found = calibrate_reviews(reviews, rubrics, reviewed_features(settings, rubrics, reviews))
    if found:
        rows = calibration_rows(found, reviews, datetime.now(UTC), is_applied=is_applied)
        upsert(settings, "calibrations", rows)
    return found


def calibrate_reviews(
    reviews: Sequence[Reviewed], rubrics: Mapping[str, Rubric], features: Mapping[str, Features]
) -> list[CriterionCalibration]:
    """`calibrate` without the lake. Reviews of rubrics or criteria no longer in force are left out. A rubric that is
    not in `features` learns no ranking."""
    by_criterion: dict[tuple[str, str], list[Reviewed]] = defaultdict(list)
    for review in reviews:
        by_criterion[review.rubric_id, review.criterion_id].append(review)
    found = []
    for (rubric_id, criterion_id), own in sorted(by_criterion.items()):
        criterion = _criterion(rubrics, rubric_id, criterion_id)
        if criterion is not None:
            everywhere = [review for review in reviews if review.criterion_id == criterion_id]
            found.append(_calibrate_criterion(rubric_id, criterion, own, everywhere, features.get(rubric_id)))
    return found


def calibration_rows(
    found: Sequence[CriterionCalibration], reviews: Sequence[Reviewed], calibrated_at: datetime, *, is_applied: bool
) -> pa.Table:
    """Rows of raw.calibrations. Their calibration_id names reviews and scores, so repeating a run replaces it."""
    content = "\x1e".join(f"{r.review_id}\x1f{r.level}\x1f{r.machine_score}\x1f{r.machine_level}" for r in reviews)
    # What is learned follows from reviews, scores and the judge that gives features.
    criteria = "\x1e".join(
        item.criterion_sha256 + (item.learned.ranking.judged_by if item.learned else "") for item in found
    )
    identifier = hashlib.sha256(f"{content}\x1e{criteria}\x1e{is_applied}".encode()).hexdigest()[:12]
    key = {"calibration_id": identifier, "calibrated_at": calibrated_at, "is_applied": is_applied}
    rows = [{name: _known(value) for name, value in (_row(item) | key).items()} for item in found]
    return pa.Table.from_pylist(rows, schema=CALIBRATIONS)


def _calibrate_criterion(
    rubric_id: str, criterion: Criterion, own: list[Reviewed], everywhere: list[Reviewed], features: Features | None
) -> CriterionCalibration:
    rng = np.random.default_rng(_SEED)
    machine = _machine(own, criterion, rng)
    people, is_of_all = _people(own, everywhere, criterion, rng)
    start = CutPoints(criterion.average_from, criterion.good_from)
    labelled = _labelled(own, criterion, features)
    gain = cross_validate(labelled, start, rng)
    cut_points = fit_cut_points(labelled, start) if gain.is_kept else start
    learned = _learned(own, criterion, features, gain, rng) if features else None
    if learned and learned.is_kept:
        gain, cut_points = learned.gain, learned.cut_points
    reached = is_at_ceiling(machine, people)
    worth = labels_worth_collecting(machine, people)
    return CriterionCalibration(
        rubric_id=rubric_id,
        criterion_id=criterion.id,
        criterion_sha256=criterion.sha256,
        n_reviews=len(own),
        n_disputes=sum(review.is_dispute for review in own),
        machine=machine,
        people=people,
        is_ceiling_of_all_lines=is_of_all,
        cut_points=cut_points,
        gain=gain,
        is_at_ceiling=reached,
        labels_worth_collecting=worth,
        says=says(machine, people, gain, worth, learned),
        learned=learned,
    )


def _machine(own: list[Reviewed], criterion: Criterion, rng: np.random.Generator) -> Agreement:
    """Disputes are left out: somebody chose them because they disagree."""
    pairs = [
        (level, ORDER.index(review.machine_level), review.call_id)
        for review in own
        if review.machine_level and not review.is_dispute and (level := _level(review, criterion)) is not None
    ]
    human, machine, calls = zip(*pairs, strict=True) if pairs else ((), (), ())
    return agreement(human, machine, calls, rng)


def _people(
    own: list[Reviewed], everywhere: list[Reviewed], criterion: Criterion, rng: np.random.Generator
) -> tuple[Agreement | None, bool]:
    pairs = _double_reviewed(own, criterion)
    is_of_all = len(pairs) < _LEAST_DOUBLE
    if is_of_all:
        pairs = _double_reviewed(everywhere, criterion)
    if not pairs:
        return None, False
    # Both ways round: no reviewer is the first one.
    first, second, calls = zip(*[*pairs, *((b, a, call) for a, b, call in pairs)], strict=True)
    return agreement(first, second, calls, rng), is_of_all


def _double_reviewed(reviews: list[Reviewed], criterion: Criterion) -> list[tuple[int, int, str]]:
    by_call: dict[str, list[int]] = defaultdict(list)
    for review in reviews:
        level = _level(review, criterion)
        if level is not None and not review.is_dispute:
            by_call[review.call_id].append(level)
    return [(a, b, call) for call, levels in by_call.items() for a, b in combinations(levels, 2)]


def _labelled(own: list[Reviewed], criterion: Criterion, features: Features | None) -> Labelled:
    return labelled_of(
        [
            (score, level, review.call_id, not review.is_dispute)
            for review in own
            if (score := _own_score(review, features)) is not None and (level := _level(review, criterion)) is not None
        ]
    )


def _own_score(review: Reviewed, features: Features | None) -> float | None:
    """The anchors' own score: an earlier ranking may have given the one in the lake, and none learns from another."""
    row = features.rows.get((review.call_id, review.criterion_id)) if features else None
    return review.machine_score if row is None else float(100 * row[0])


def _learned(
    own: list[Reviewed], criterion: Criterion, features: Features, cut_only: Gain, rng: np.random.Generator
) -> Learned | None:
    rows = [
        (row, level, review)
        for review in own
        if (row := features.rows.get((review.call_id, criterion.id))) is not None
        and (level := _level(review, criterion)) is not None
    ]
    if not rows:
        return None
    reviews = Reviews(
        features=np.stack([row for row, _, _ in rows]),
        points=np.array([50.0 * level if review.score is None else review.score for _, level, review in rows]),
        reps=np.array([review.rep_id or "" for _, _, review in rows]),
        labelled=labelled_of(
            [(float(100 * row[0]), level, review.call_id, not review.is_dispute) for row, level, review in rows]
        ),
    )
    return learn(reviews, features.judged_by, CutPoints(criterion.average_from, criterion.good_from), cut_only, rng)


def _level(review: Reviewed, criterion: Criterion) -> int | None:
    level = review.level or (criterion.level_of(review.score) if review.score is not None else None)
    return ORDER.index(level) if level else None


def _criterion(rubrics: Mapping[str, Rubric], rubric_id: str, criterion_id: str) -> Criterion | None:
    rubric = rubrics.get(rubric_id)
    return next((c for c in rubric.criteria if c.id == criterion_id), None) if rubric else None


def _row(item: CriterionCalibration) -> dict[str, object]:
    machine, people, gain, learned = item.machine, item.people, item.gain, item.learned
    return {
        "rubric_id": item.rubric_id,
        "criterion_id": item.criterion_id,
        "criterion_sha256": item.criterion_sha256,
        "n_reviews": item.n_reviews,
        "n_disputes": item.n_disputes,
        "n_calls": machine.n,
        "n_double_reviewed": people.n if people else 0,
        "weighted_kappa": machine.weighted_kappa.value,
        "weighted_kappa_low": machine.weighted_kappa.low,
        "weighted_kappa_high": machine.weighted_kappa.high,
        "exact_agreement": machine.exact.value,
        "exact_agreement_low": machine.exact.low,
        "exact_agreement_high": machine.exact.high,
        "within_one_agreement": machine.within_one.value,
        "within_one_agreement_low": machine.within_one.low,
        "within_one_agreement_high": machine.within_one.high,
        "bias": machine.bias.value,
        "bias_low": machine.bias.low,
        "bias_high": machine.bias.high,
        "human_weighted_kappa": people.weighted_kappa.value if people else None,
        "human_weighted_kappa_low": people.weighted_kappa.low if people else None,
        "human_weighted_kappa_high": people.weighted_kappa.high if people else None,
        "is_at_ceiling": item.is_at_ceiling,
        "labels_worth_collecting": item.labels_worth_collecting,
        "average_from": item.cut_points.average_from,
        "good_from": item.cut_points.good_from,
        "unseen_weighted_kappa_before": gain.kappa_before,
        "unseen_weighted_kappa_after": gain.kappa_after,
        "unseen_gain_low": gain.low,
        "unseen_gain_high": gain.high,
        "n_rank_labels": learned.n_labels if learned else None,
        "unseen_rank_correlation_before": learned.before if learned else None,
        "unseen_rank_correlation_after": learned.after if learned else None,
        "unseen_rank_gain_low": learned.low if learned else None,
        "unseen_rank_gain_high": learned.high if learned else None,
        "still_disagree_share": learned.disagree_share if learned else None,
        "still_far_share": learned.far_share if learned else None,
        "is_ranking_kept": bool(learned and learned.is_kept),
        "ranking": learned.ranking.to_json() if learned and learned.is_kept else None,
        "is_mapping_kept": gain.is_kept,
        "says": item.says,
    }


def _known(value: object) -> object:
    return None if isinstance(value, float) and np.isnan(value) else value
