"""The figures of agreement, against ones worked out by hand or by scikit-learn."""

import pytest
from sklearn.metrics import cohen_kappa_score

from evaluation.measure import auc, chance_macro_f1, classification, macro_f1
from evaluation.result import Interval

LABELS = ["0", "0", "0", "1", "1", "2", "2", "0", "1", "0"]
SAID = ["0", "1", "0", "1", "2", "2", "0", "0", "1", "0"]


def _width(interval: Interval | None) -> float:
    assert interval is not None
    assert interval.low is not None
    assert interval.high is not None
    return interval.high - interval.low


def test_kappa_is_that_of_scikit_learn_weighted_or_not() -> None:
    plain = classification("t", "d", LABELS, SAID).kappa
    weighted = classification("t", "d", LABELS, SAID, weights="quadratic").kappa
    assert plain is not None
    assert weighted is not None
    assert plain.value == pytest.approx(cohen_kappa_score(LABELS, SAID))
    assert weighted.value == pytest.approx(cohen_kappa_score(LABELS, SAID, weights="quadratic"))


def test_precision_and_recall_are_counted_a_class() -> None:
    figures = classification("t", "d", LABELS, SAID).per_class
    assert (figures["0"].precision, figures["0"].recall, figures["0"].n) == (0.8, 0.8, 5)
    assert (figures["2"].precision, figures["2"].recall) == (0.5, 0.5)


def test_a_class_never_said_has_no_precision() -> None:
    figures = classification("t", "d", ["a", "a", "b"], ["a", "a", "a"]).per_class
    assert figures["b"].precision is None
    assert figures["b"].recall == 0


def test_chance_is_what_guessing_without_reading_gets() -> None:
    labels = ["a"] * 90 + ["b"] * 10
    always = macro_f1(labels, ["a"] * 100)
    assert chance_macro_f1(labels) == pytest.approx(max(always, 0.5))


def test_few_conversations_make_a_wider_interval_than_as_many_independent_items() -> None:
    labels, said = ["a", "b"] * 100, ["a", "b"] * 70 + ["b", "a"] * 30
    alone = classification("t", "d", labels, said).kappa
    together = classification("t", "d", labels, said, groups=[i // 20 for i in range(200)]).kappa
    assert _width(together) > _width(alone)


def test_auc_counts_pairs_in_the_right_order() -> None:
    found = auc([True, True, False, False, False], [0.9, 0.4, 0.5, 0.2, 0.1])
    assert found.value == pytest.approx(5 / 6)
