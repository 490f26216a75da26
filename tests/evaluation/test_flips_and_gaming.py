"""Robustness on dialogues: what changes with the form alone, and what one phrase adds."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from coachlake.conversations.conversation import Conversation, conversation_from_lines
from coachlake.rubrics.schema import Level
from coachlake.scoring.evidence import Score, ScoreCard
from evaluation.dialogues import sample
from evaluation.kit import EvaluationKit
from evaluation.result import Interval
from evaluation.sets.find import NothingLabelledError
from evaluation.tasks import flips, gaming


def _value(figure: float | Interval) -> float:
    return figure.value if isinstance(figure, Interval) else figure


def _scores_by(level_of: Callable[[Conversation], Level]) -> Callable[[EvaluationKit, Conversation, str], ScoreCard]:
    """A judge of one criterion by a rule, to see that the figures count what they say."""
    points: dict[Level, float] = {"good": 100.0, "average": 50.0, "poor": 0.0}

    def try_score(_: EvaluationKit, call: Conversation, rubric_id: str) -> ScoreCard:
        level = level_of(call)
        score = Score("one", points[level], level, 0.9, 1)
        return ScoreCard(
            rubric_id, "1", "", "", points[level], (score, replace(score, criterion_id="two", level=None)), ()
        )

    return try_score


def test_a_sample_is_the_same_in_every_run_and_needs_a_set(chats: Path) -> None:
    assert [call.call_id for call in sample(chats)["stc3"]] == [call.call_id for call in sample(chats)["stc3"]]
    assert len(sample(chats, {"stc3": 2})["stc3"]) == 2
    with pytest.raises(NothingLabelledError):
        sample(chats / "stc3")


def test_a_judge_of_capitals_flips_in_lower_case_only(
    chats: Path, kit: EvaluationKit, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = _scores_by(lambda call: "poor" if call.turns[0].text.islower() else "good")
    monkeypatch.setattr(EvaluationKit, "try_score", rule)
    results = {result.data: result for result in flips.flips(chats, kit)}
    assert {name for name, result in results.items() if _value(result.figures["levels that change"]) == 1.0} == {
        "lower case", "no punctuation, lower case",
    }  # fmt: skip
    assert _value(results["fillers"].figures["levels that change"]) == 0.0
    assert results["lower case"].n == 3, "one scored level a dialogue"
    assert results["lower case"].figures["one (n = 3)"] == 1.0
    assert results["lower case"].figures["turns whose text changes"] == 1.0
    assert _value(results["lower case"].figures["points the overall moves"]) == 100.0


def test_a_judge_of_one_phrase_is_gamed_by_it(chats: Path, kit: EvaluationKit, monkeypatch: pytest.MonkeyPatch) -> None:
    phrase = gaming.PHRASES[0]
    rule = _scores_by(lambda call: "good" if any(phrase in turn.text for turn in call.by("rep")) else "poor")
    monkeypatch.setattr(EvaluationKit, "try_score", rule)
    first, *others = gaming.gaming(chats, kit)
    assert len(others) == len(gaming.PHRASES)
    assert (_value(first.figures["points added"]), _value(first.figures["bad levels deleted"])) == (100.0, 1.0)
    assert all(_value(result.figures["points added"]) == 0.0 for result in others)
    assert first.figures["of bad levels"] == 3


def test_the_phrase_stands_before_what_the_rep_says_and_nowhere_else() -> None:
    lines = [
        ("customer", "It broke."),
        ("rep", "Let me look."),
        ("customer", "The screen went dark, too."),
        ("rep", "Mm-hmm."),
    ]
    game = gaming.before_every_turn(conversation_from_lines("one", lines), "Well then.")  # type: ignore[arg-type]
    assert [turn.text for turn in game.turns] == [
        "It broke.", "Well then. Let me look.", "The screen went dark, too.", "Mm-hmm.",
    ]  # fmt: skip


def test_a_dialogue_that_cannot_be_scored_is_counted(
    chats: Path, kit: EvaluationKit, monkeypatch: pytest.MonkeyPatch
) -> None:
    score = EvaluationKit.score

    def failing(self: EvaluationKit, call: Conversation, rubric_id: str) -> ScoreCard:
        if call.call_id == "1":
            raise ValueError("blank")
        return score(self, call, rubric_id)

    monkeypatch.setattr(EvaluationKit, "score", failing)
    results = flips.flips(chats, kit)
    assert all("2 dialogues" in result.note and "1 more end in an error" in result.note for result in results)
    assert all(0 < result.baselines["chance"] < 1 for result in results)
