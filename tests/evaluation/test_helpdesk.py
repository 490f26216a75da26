"""Scores against the satisfaction that raters put down."""

from pathlib import Path

import pytest

from evaluation.kit import EvaluationKit
from evaluation.result import Interval
from evaluation.sets import stc3
from evaluation.tasks import helpdesk


def test_each_dialogue_carries_every_rating(chats: Path) -> None:
    assert [chat.satisfaction for chat in stc3.rated(chats)] == [(2, 2, 1), (-2, -1, -2), (0, 1, 0)]
    assert stc3.chats(chats)[0].turns[1].speaker == "rep"


def test_the_correlation_stands_beside_that_of_raters(chats: Path, kit: EvaluationKit) -> None:
    [result] = helpdesk.helpdesk(chats, kit)
    assert result.n == 3
    assert isinstance(result.figures["Spearman overall"], Interval)
    # Ranks of the raters' columns against the mean of the other two, by hand: each orders the three alike.
    assert result.references["one rater against the others"] == pytest.approx(1.0)
    assert result.references["half against half"] == pytest.approx(1.0)
    assert {"chance", "Spearman of the helpdesk's words"} == result.baselines.keys()
