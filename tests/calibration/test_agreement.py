"""Agreement against scikit-learn's kappa and against cases worked out by hand."""

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from coachlake.calibration.agreement import agreement, confusion, kappas


def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def test_kappa_is_scikit_learns() -> None:
    draw = rng()
    for _ in range(20):
        a, b = draw.integers(0, 3, 40), draw.integers(0, 3, 40)
        b = np.where(draw.random(40) < 0.5, a, b)
        expected = cohen_kappa_score(a, b, weights="quadratic", labels=[0, 1, 2])
        assert kappas(confusion(a, b)) == pytest.approx(expected)


def test_figures_worked_out_by_hand() -> None:
    human, machine = [0, 1, 2, 2], [0, 2, 2, 0]
    found = agreement(human, machine, ["a", "b", "c", "d"], rng())
    assert found.n == 4
    assert found.exact.value == 0.5
    assert found.within_one.value == 0.75
    assert found.bias.value == pytest.approx((1 - 2) / 4)


def test_interval_covers_the_truth_and_narrows_with_calls() -> None:
    covered, widths = 0, {}
    for seed in range(100):
        draw = np.random.default_rng(seed)
        for n in (40, 400):
            human = draw.integers(0, 3, n)
            machine = np.where(draw.random(n) < 0.7, human, draw.integers(0, 3, n))
            found = agreement(human.tolist(), machine.tolist(), [str(i) for i in range(n)], draw).weighted_kappa
            widths[n] = found.high - found.low
            covered += n == 40 and found.low <= 0.7 <= found.high
    assert covered >= 86, "close to a 95 % interval, even for 40 calls"
    assert widths[400] < widths[40] / 2


def test_two_reviewers_of_one_call_count_as_one_call() -> None:
    human, machine, calls = [0, 0, 2, 2, 1, 1] * 5, [0, 0, 2, 2, 2, 2] * 5, [str(i // 2) for i in range(30)]
    together = agreement(human, machine, calls, rng()).exact
    apart = agreement(human, machine, [str(i) for i in range(30)], rng()).exact
    assert together.value == apart.value
    assert together.high - together.low > 1.2 * (apart.high - apart.low)


def test_nothing_to_compare_is_no_figure() -> None:
    assert np.isnan(agreement([], [], [], rng()).weighted_kappa.value)
    assert np.isnan(agreement([1, 1], [1, 1], ["a", "b"], rng()).weighted_kappa.value)
