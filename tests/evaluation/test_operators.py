"""Questions without marks: reading operator calls, and figures of what is found in them."""

from pathlib import Path

import pytest

from evaluation.kit import EvaluationKit
from evaluation.run import run_tasks
from evaluation.sets import oasis
from evaluation.tasks import operators as task


def test_turns_come_in_order_with_their_words_and_acts(operators: Path) -> None:
    turns = oasis.calls(operators)["0000"]
    assert [(turn.speaker, turn.text.split()[0]) for turn in turns] == [
        ("rep", "exchange"), ("customer", "hello"), ("rep", "okay"), ("customer", "my"), ("rep", "i"), ("rep", "the"),
    ]  # fmt: skip
    assert turns[2].segments[1] == oasis.Segment("what number are you trying to reach", "q_wh", "reqInfo")


def test_a_turn_that_asks_in_another_form_is_left_out(operators: Path, kit: EvaluationKit) -> None:
    [result] = task.operator_questions(operators, kit)
    assert result.n == 3
    assert result.per_class["asks"].n == 1
    assert {"chance", "keywords"} <= result.baselines.keys()
    assert result.figures.keys() == {"F1 of questions", "precision", "recall"}


def test_commitments_count_where_intent_is_labelled(operators: Path, kit: EvaluationKit) -> None:
    [result] = task.operator_commitments(operators, kit)
    assert result.n == 1
    assert result.baselines["turns of intent among the operator's"] == pytest.approx(1 / 4)


def test_acts_without_their_words_are_named(operators: Path) -> None:
    for file in (operators / "bt_oasis").glob("*.unit.xml"):
        file.unlink()
    [result] = run_tasks(operators, ["operator_questions"])
    assert (result.n, result.data) == (0, "bt_oasis: acts without their words (*.unit.xml)")


def test_marks_are_off_before_a_question_is_looked_for(tmp_path: Path, kit: EvaluationKit) -> None:
    lines = ["# 1", "A|I went home.|sd", "B|What did you have for dinner?|qw", "A|We had fish.|sd", "B|Do you cook?|qy"]
    (tmp_path / "swda_dev.txt").write_text("\n".join([*lines, "A|I never do.|sd"]), encoding="utf-8")
    [result] = task.unmarked_questions(tmp_path, kit)
    assert (result.n, result.per_class["asks"].n) == (4, 2)
    assert result.baselines["keywords"] == 1.0
