"""Confidence against being right."""

from pathlib import Path

import pytest

from evaluation.kit import EvaluationKit
from evaluation.measure import calibration_error, share, spearman
from evaluation.sets.find import NothingLabelledError
from evaluation.tasks import confidence


def test_the_error_is_the_gap_a_bin_weighted_by_its_size() -> None:
    right, sure = [True] * 8 + [False] * 2 + [True, False], [0.85] * 10 + [0.3, 0.3]
    error, curve = calibration_error(right, sure)
    assert error.value == pytest.approx((10 * abs(0.8 - 0.85) + 2 * abs(0.5 - 0.3)) / 12)
    line = curve["confidence 0.8–0.9"]
    assert (line.precision, line.recall, line.n) == (pytest.approx(0.85), 0.8, 10)
    assert calibration_error([True] * 4, [1.0] * 4)[0].value == 0.0
    with pytest.raises(NothingLabelledError):
        calibration_error([], [])


def test_ranks_and_shares() -> None:
    assert spearman([1, 2, 3, 4, 5], [1, 3, 2, 5, 9]).value == pytest.approx(0.9)
    assert spearman([1, 2, 3], [5, 5, 5]).value == 0.0
    wide, narrow = share([True, False] * 4), share([True, False] * 200)
    assert wide.value == narrow.value == 0.5
    assert (wide.high or 0) - (wide.low or 0) > (narrow.high or 0) - (narrow.low or 0)
    assert share([True] * 5).high == 1.0
    with pytest.raises(NothingLabelledError):
        share([])


def test_signals_of_the_blind_list_have_a_curve_without_any_set(tmp_path: Path, kit: EvaluationKit) -> None:
    [result] = confidence.confidence(tmp_path, kit)
    assert result.n == sum(line.n for line in result.per_class.values())
    assert result.n > 50
    assert "ECE" in result.figures
