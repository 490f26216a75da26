"""A ranking is learned where reviews teach one, and left alone where they do not; on features made for the purpose."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import spearmanr

from coachlake.calibration.calibrate import calibrate_reviews, calibration_rows
from coachlake.calibration.cut_points import CutPoints, cross_validate, labelled_of
from coachlake.calibration.features import Features
from coachlake.calibration.in_force import describe_mappings, mappings_in_force
from coachlake.calibration.rank import LEAST_CALLS, Learned, Reviews, learn
from coachlake.calibration.reviews import Reviewed
from coachlake.calibration.ridge import fit_ridge
from coachlake.lake.writer import upsert
from coachlake.rubrics.load import load_rubric
from coachlake.scoring.ranking import Ranking
from coachlake.settings import Settings
from tests.rubrics import RUBRIC

OWN = CutPoints(100 / 3, 200 / 3)
LEVELS = ("poor", "average", "good")
Rows = NDArray[np.float64]
Quality = Callable[[Rows, np.random.Generator], Rows]
PLANTED = 3


def planted(features: Rows, draw: np.random.Generator) -> Rows:
    """What reviewers go by is the fourth column, and a little the score."""
    return features[:, PLANTED] + 0.2 * features[:, 0] + draw.normal(0, 0.2, len(features))


def the_score_alone(features: Rows, draw: np.random.Generator) -> Rows:
    return features[:, 0] + draw.normal(0, 0.15, len(features))


def nothing(features: Rows, draw: np.random.Generator) -> Rows:
    return draw.uniform(0, 1, len(features))


def made(quality: Quality, n: int = 100, seed: int = 0, columns: int = 40) -> Reviews:
    """`n` calls of uniform features, reviewed once each: terciles of `quality` are the levels."""
    draw = np.random.default_rng(seed)
    features = draw.uniform(0, 1, (n, columns))
    true = quality(features, draw)
    levels = np.searchsorted(np.quantile(true, [1 / 3, 2 / 3]), true)
    rows = [
        (float(100 * row[0]), int(k), f"call-{i}", True)
        for i, (row, k) in enumerate(zip(features, levels, strict=True))
    ]
    return Reviews(features, 50.0 * levels, np.full(n, "", dtype="<U8"), labelled_of(rows))


def learned(reviews: Reviews) -> Learned:
    rng = np.random.default_rng(5)
    found = learn(reviews, "judge", OWN, cross_validate(reviews.labelled, OWN, rng), rng)
    assert found is not None
    return found


def test_what_reviewers_go_by_is_learned_and_orders_calls_never_seen() -> None:
    found = learned(made(planted, n=200))
    assert found.is_kept
    assert 0 < found.low < found.after - found.before < found.high
    assert int(np.argmax(np.abs(found.ranking.weights))) == PLANTED
    unseen = made(planted, n=400, seed=1)
    points = np.array([found.ranking.points(row) for row in unseen.features])
    now = spearmanr(points, unseen.points).statistic
    assert now > spearmanr(unseen.labelled.scores, unseen.points).statistic + 0.3
    assert found.after == pytest.approx(now, abs=0.12), "what is promised on unseen calls is kept"
    exact = (found.cut_points.levels(points) == unseen.labelled.levels).mean()
    assert 1 - found.disagree_share == pytest.approx(float(exact), abs=0.12)
    assert 0 <= points.min() < 20 < 80 < points.max() <= 100, "spread as reviewers' points are"


@pytest.mark.parametrize("seed", range(4))
def test_reviews_without_sense_leave_the_ranking_as_it_was(seed: int) -> None:
    assert not learned(made(nothing, seed=seed)).is_kept


@pytest.mark.parametrize("seed", range(4))
def test_where_the_score_says_it_all_what_is_learned_hardly_differs_from_it(seed: int) -> None:
    reviews = made(the_score_alone, seed=seed)
    found = learned(reviews)
    points = [found.ranking.points(row) for row in reviews.features]
    assert not found.is_kept or found.after > found.before
    assert spearmanr(points, reviews.labelled.scores).statistic > 0.85


def test_too_few_reviewed_calls_teach_no_ranking() -> None:
    reviews, rng = made(planted, n=LEAST_CALLS - 1), np.random.default_rng(0)
    assert learn(reviews, "judge", OWN, cross_validate(reviews.labelled, OWN, rng), rng) is None


def test_voice_of_a_rep_does_not_pass_for_the_skill() -> None:
    """Every rep has a level of their own and a column that gives the rep away: known reps only."""
    draw = np.random.default_rng(3)
    rep = np.repeat(np.arange(20), 6)
    levels = draw.permutation(np.arange(20) % 3)[rep]
    features = np.concatenate([draw.uniform(0, 1, (120, 1)), np.eye(20)[rep]], axis=1)
    rows = [
        (float(100 * row[0]), int(k), f"call-{i}", True)
        for i, (row, k) in enumerate(zip(features, levels, strict=True))
    ]
    by_call = Reviews(features, 50.0 * levels, np.full(120, "", dtype="<U8"), labelled_of(rows))
    assert learned(by_call).is_kept
    assert not learned(replace(by_call, reps=np.char.add("rep-", rep.astype(str)))).is_kept


def test_a_call_left_out_is_predicted_as_by_a_model_that_never_saw_it() -> None:
    reviews = made(planted, n=40, columns=4)
    inside = fit_ridge(reviews.features[1:], reviews.points[1:]).points(reviews.features[:1])[0]
    assert fit_ridge(reviews.features, reviews.points).held_out[0] == pytest.approx(inside, abs=4)


def test_ranking_is_stored_in_plain_numbers_and_is_in_force_where_applied(
    empty_settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "desk.yaml"
    file.write_text(RUBRIC)
    rubrics = {"parcel_desk": load_rubric(file)}
    source = made(planted)
    calls = source.labelled.calls.tolist()
    reviews = [
        Reviewed(
            f"{call}:ann", "parcel_desk", call, "empathy", "ann", LEVELS[level], None, None, False, True,
            score, rubrics["parcel_desk"].criterion("empathy").level_of(score), 0.8, None, None, None, None,
        )
        for call, level, score in zip(calls, source.labelled.levels, source.labelled.scores, strict=True)
    ]  # fmt: skip
    rows = {(call, "empathy"): row for call, row in zip(calls, source.features, strict=True)}
    [without] = calibrate_reviews(reviews, rubrics, {})
    [found] = calibrate_reviews(reviews, rubrics, {"parcel_desk": Features("judge", rows)})
    assert without.learned is None
    assert found.learned is not None
    assert found.gain.is_kept
    assert found.gain.kappa_after > max(without.gain.kappa_after, without.gain.kappa_before) + 0.2
    assert "A ranking learned from 100 reviews" in found.says
    table = calibration_rows([found], reviews, datetime(2026, 5, 4, tzinfo=UTC), is_applied=True)
    upsert(empty_settings, "calibrations", table)
    mapping = mappings_in_force(empty_settings, rubrics)["parcel_desk"]["empathy"]
    assert mapping.ranking == found.learned.ranking
    assert mapping.ranking.points(source.features[0]) == found.learned.ranking.points(source.features[0])
    other = replace(mapping, ranking=replace(mapping.ranking, intercept=1.0))
    assert describe_mappings({"empathy": mapping}) != describe_mappings({"empathy": other})


def test_features_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="3 features for 2 weights"):
        Ranking("judge", 0.0, (1.0, 2.0)).points(np.zeros(3))
