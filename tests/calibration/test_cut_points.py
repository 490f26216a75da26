"""Cut-points move where reviewers and rubric differ, stay where they do not, and are judged on unseen calls."""

import numpy as np
import pytest

from coachlake.calibration.cut_points import CutPoints, Labelled, cross_validate, fit_cut_points, labelled_of

RUBRICS_OWN = CutPoints(100 / 3, 200 / 3)


def reviewed(n: int, truth: CutPoints, error: float, seed: int, noise: float = 4.0) -> Labelled:
    """`n` calls whose reviewer sees levels by `truth` and is one level off in a share `error` of calls."""
    draw = np.random.default_rng(seed)
    scores = draw.uniform(0, 100, n)
    levels = truth.levels(scores + draw.normal(0, noise, n))
    off = draw.random(n) < error
    levels = np.clip(levels + np.where(off, draw.choice([-1, 1], n), 0), 0, 2)
    return labelled_of(
        [(float(s), int(k), f"call-{i}", True) for i, (s, k) in enumerate(zip(scores, levels, strict=True))]
    )


def test_fit_finds_where_reviewers_see_the_levels_begin() -> None:
    truth = CutPoints(60, 85)
    found = fit_cut_points(reviewed(200, truth, 0.1, seed=1), RUBRICS_OWN)
    assert found.average_from == pytest.approx(truth.average_from, abs=5)
    assert found.good_from == pytest.approx(truth.good_from, abs=5)


def test_gain_holds_on_calls_never_seen() -> None:
    truth = CutPoints(60, 85)
    fitted = fit_cut_points(reviewed(50, truth, 0.15, seed=2), RUBRICS_OWN)
    unseen = reviewed(1000, truth, 0.15, seed=3)
    exact = {cut: float((cut.levels(unseen.scores) == unseen.levels).mean()) for cut in (RUBRICS_OWN, fitted)}
    assert exact[fitted] > exact[RUBRICS_OWN] + 0.2


def test_mapping_is_kept_where_it_helps_and_predicted_gain_is_honest() -> None:
    truth = CutPoints(60, 85)
    gain = cross_validate(reviewed(50, truth, 0.15, seed=2), RUBRICS_OWN, np.random.default_rng(0))
    assert gain.is_kept
    assert gain.low < gain.gain < gain.high
    fitted = fit_cut_points(reviewed(50, truth, 0.15, seed=2), RUBRICS_OWN)
    unseen = cross_validate(reviewed(400, truth, 0.15, seed=4), fitted, np.random.default_rng(0))
    assert unseen.kappa_before == pytest.approx(gain.kappa_after, abs=0.15)


def test_where_there_is_nothing_to_gain_a_mapping_is_seldom_kept_and_costs_little() -> None:
    kept, unseen = [], reviewed(2000, RUBRICS_OWN, 0.25, seed=99)
    for seed in range(30):
        calls = reviewed(40, RUBRICS_OWN, 0.25, seed=seed)
        if cross_validate(calls, RUBRICS_OWN, np.random.default_rng(seed)).is_kept:
            kept.append(fit_cut_points(calls, RUBRICS_OWN))
    exact = [float((cut.levels(unseen.scores) == unseen.levels).mean()) for cut in [RUBRICS_OWN, *kept]]
    assert len(kept) <= 7
    assert sum(exact[0] - reached for reached in exact[1:]) / 30 < 0.02


def test_too_few_calls_keep_the_rubrics_cut_points() -> None:
    few = reviewed(14, CutPoints(60, 85), 0.0, seed=5)
    assert not cross_validate(few, RUBRICS_OWN, np.random.default_rng(0)).is_kept


def test_disputes_teach_but_do_not_measure() -> None:
    calm = reviewed(40, RUBRICS_OWN, 0.1, seed=6)
    disputes = Labelled(
        np.full(15, 90.0), np.zeros(15, np.int64), np.array([f"d{i}" for i in range(15)]), np.zeros(15, bool)
    )
    both = Labelled(*(np.concatenate([getattr(calm, f), getattr(disputes, f)]) for f in Labelled.__slots__))
    alone = cross_validate(calm, RUBRICS_OWN, np.random.default_rng(0))
    assert cross_validate(both, RUBRICS_OWN, np.random.default_rng(0)).kappa_before == alone.kappa_before
    assert fit_cut_points(both, RUBRICS_OWN).good_from > fit_cut_points(calm, RUBRICS_OWN).good_from
