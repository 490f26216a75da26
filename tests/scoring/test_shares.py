"""Criteria that are measured, not judged: how much of the rep's talk is of one kind, and how much of the talk."""

from pathlib import Path

import pytest

from coachlake.conversations.conversation import Conversation, Turn, conversation_from_lines, conversation_from_turns
from coachlake.conversations.dialogue import dialogue_of
from coachlake.rubrics.load import load_rubric
from coachlake.scoring.evidence import ScoreCard
from coachlake.scoring.scorer import build_scorer
from coachlake.signals.extract import extract_signals
from coachlake.signals.kit import SignalKit, load_signal_kit

_ANCHORS = """
    anchors:
      good: {description: Gives the concern back., examples: [You want it fixed by Friday., So it broke twice.]}
      average: {description: Asks about it., examples: [What happened?, How did it start?]}
      poor: {description: Advises at once., examples: [You should restart it., Just try again.]}
"""
_GIVING_BACK = """
  - id: giving_back
    name: Giving back
    observes: Sentences that give back what was said.
    opportunity: rep_sentence
    scale: {by: signal_share, signal: paraphrase, best: 0.5, worst: 0}
    weight: 1
    target: 0.4"""
_CLOSED = """
  - id: closed_questions
    name: Few closed questions
    observes: Questions that can be answered by yes or no.
    opportunity: rep_question
    scale: {by: signal_share, signal: closed_question, best: 0, worst: 1}
    weight: 1
    target: 0.4"""
_ROOM = """
  - id: room
    name: Room to speak
    observes: Who speaks for how long.
    opportunity: talk_time
    scale: {by: rep_share, best: 0.4, worst: 0.8}
    weight: 1
    target: 0.5"""
_CUE = "My oven went off in the middle of baking and now it won't heat at all."


@pytest.fixture(scope="module")
def kit() -> SignalKit:
    return load_signal_kit("fast")


def _score(tmp_path: Path, criterion: str, conversation: Conversation, kit: SignalKit) -> ScoreCard:
    file = tmp_path / "ovens.yaml"
    dialogue = dialogue_of(conversation)
    file.write_text(f'id: ovens\nversion: "1"\nname: Ovens\ncriteria:{criterion}{_ANCHORS}')
    return build_scorer(load_rubric(file), kit).score(dialogue, extract_signals(dialogue, kit))


def _answered(*answers: str) -> Conversation:
    return conversation_from_lines("call", [("customer", _CUE), ("rep", " ".join(answers)), ("customer", "Well.")])


def test_a_share_of_sentences_is_shown_by_those_that_carry_the_signal(tmp_path: Path, kit: SignalKit) -> None:
    back = "So your oven went off while you were baking and it won't heat any more."
    card = _score(tmp_path, _GIVING_BACK, _answered(back, "You should clean the filter.", "We open at nine.",
                  "The guarantee is two years."), kit)  # fmt: skip
    assert (card.scores[0].score, card.scores[0].opportunity_count) == (50.0, 4)
    assert [(row.level, row.quote, row.cue_quote) for row in card.evidence] == [("good", back, _CUE)]
    assert "1 of 4" in card.evidence[0].why


def test_a_wanted_signal_that_never_comes_is_shown_where_it_was_called_for(tmp_path: Path, kit: SignalKit) -> None:
    card = _score(tmp_path, _GIVING_BACK, _answered("You should clean the filter.", "We open at nine."), kit)
    assert card.scores[0].score == 0
    assert [(row.level, row.cue_quote) for row in card.evidence] == [("poor", _CUE)]


def test_an_unwanted_signal_lowers_the_score_and_is_poor_evidence(tmp_path: Path, kit: SignalKit) -> None:
    card = _score(tmp_path, _CLOSED, _answered("What were you baking?", "Is it a gas oven?"), kit)
    assert card.scores[0].score == 50.0
    assert [(row.level, row.quote) for row in card.evidence] == [("poor", "Is it a gas oven?")]


def test_no_sentence_to_count_is_null(tmp_path: Path, kit: SignalKit) -> None:
    card = _score(tmp_path, _CLOSED, _answered("We open at nine."), kit)
    assert (card.scores[0].score, card.scores[0].abstained_reason) == (None, "no_opportunity")


def test_talk_is_shared_by_the_clock_and_by_words_where_there_is_none(tmp_path: Path, kit: SignalKit) -> None:
    timed = conversation_from_turns("call", [Turn(-1, "customer", 0.0, 4.0, _CUE), Turn(-1, "rep", 4.5, 10.5, "Okay.")])
    assert _score(tmp_path, _ROOM, timed, kit).scores[0].score == pytest.approx(50.0)  # 6 of 10 seconds
    words = conversation_from_lines(
        "call", [("customer", "It is still broken."), ("rep", "Have you tried that again?")]
    )
    card = _score(tmp_path, _ROOM, words, kit)
    assert card.scores[0].score == pytest.approx(100 * (0.8 - 5 / 9) / 0.4)
    assert card.evidence[0].quote == "Have you tried that again?"
    alone = conversation_from_lines("call", [("rep", "Hello, is anybody there?")])
    assert _score(tmp_path, _ROOM, alone, kit).scores[0].abstained_reason == "no_opportunity"
