"""What is not done where there was no room for it earns no score: not applicable, never 100."""

from pathlib import Path

import pytest

from coachlake.conversations.conversation import Turn, conversation_from_turns
from coachlake.conversations.dialogue import Dialogue, dialogue_of
from coachlake.rubrics.load import load_rubric
from coachlake.scoring.evidence import Score
from coachlake.scoring.scorer import build_scorer
from coachlake.signals.extract import extract_signals
from coachlake.signals.kit import SignalKit, load_signal_kit

_RUBRIC = """
id: bikes
version: "1"
name: Bikes
criteria:
  - id: measured
    name: Measured
    observes: What is measured.
    opportunity: {opportunity}
    scale: {scale}
    weight: 1
    target: 0.1
    anchors:
      good: {{description: Lets the rider finish., examples: [Go on., And then?]}}
      average: {{description: Waits a moment., examples: [Right., Okay so.]}}
      poor: {{description: Breaks in., examples: [You should have called., Wait wait wait.]}}
"""
_WORDS_S = 0.4


@pytest.fixture(scope="module")
def kit() -> SignalKit:
    return load_signal_kit("fast")


def _call(*lines: tuple[str, str]) -> Dialogue:
    turns, now = [], 0.0
    for speaker, text in lines:
        end = now + _WORDS_S * len(text.split())
        turns.append(Turn(-1, "rep" if speaker == "rep" else "customer", now, end, text))
        now = end + 1.0
    return dialogue_of(conversation_from_turns("call", turns))


def _score(folder: Path, kit: SignalKit, dialogue: Dialogue, opportunity: str, scale: str) -> Score:
    file = folder / "bikes.yaml"
    file.write_text(_RUBRIC.format(opportunity=opportunity, scale=scale))
    return build_scorer(load_rubric(file), kit).score(dialogue, extract_signals(dialogue, kit)).scores[0]


_INTERRUPTIONS = ("customer_statement", "{by: poor_share, best: 0, worst: 0.3}")
_HEDGES = ("rep_sentence", "{by: signal_share, signal: hedge, best: 0, worst: 0.5}")
_CLOSED = ("rep_question", "{by: signal_share, signal: closed_question, best: 0, worst: 1}")
_POOR = ("rep_sentence", "{by: poor_share, best: 0, worst: 0.5}")
_SHORT = (
    ("rep", "Wheelhouse, this is Ingrid, what can I do for you?"),
    ("customer", "The chain on my bike came off again this morning."),
    ("rep", "Bring it in before noon and we will fit a new one."),
    ("customer", "Okay."),
    ("customer", "Bye."),
)
_LONG = (
    *_SHORT,
    ("rep", "The chain costs twenty and the work is free for you. It takes about ten minutes today."),
    ("customer", "And do I need to book a slot for that?"),
    ("rep", "No booking is needed at all. Our door is open from eight every day."),
    ("customer", "Then I will come by at ten tomorrow."),
    ("rep", "I will tell the workshop to expect you."),
    ("customer", "That is very kind of you."),
)


@pytest.mark.parametrize("measure", [_INTERRUPTIONS, _HEDGES, _POOR], ids=["interruptions", "hedges", "poor_share"])
def test_nothing_found_where_hardly_anything_is_said_is_not_applicable(
    measure: tuple[str, str], tmp_path: Path, kit: SignalKit
) -> None:
    score = _score(tmp_path, kit, _call(*_SHORT), *measure)
    assert (score.score, score.level, score.abstained_reason) == (None, None, "no_opportunity")


@pytest.mark.parametrize("measure", [_INTERRUPTIONS, _HEDGES], ids=["interruptions", "hedges"])
def test_the_same_counts_where_there_was_room_for_it(measure: tuple[str, str], tmp_path: Path, kit: SignalKit) -> None:
    score = _score(tmp_path, kit, _call(*_LONG), *measure)
    assert score.score == 100.0
    assert score.opportunity_count >= 3


def test_one_question_is_no_habit(tmp_path: Path, kit: SignalKit) -> None:
    asked = _call(
        ("customer", "The gears slip when I go uphill."), ("rep", "Is it the back wheel?"), ("customer", "Yes.")
    )
    assert _score(tmp_path, kit, asked, *_CLOSED).score is None
