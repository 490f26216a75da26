"""Scores follow what the anchors say, with the real models: change an anchor and the calls it is about move."""

from pathlib import Path

import pytest

from coachlake.calibration.in_force import Mapping
from coachlake.conversations.conversation import Speaker, conversation_from_lines
from coachlake.conversations.dialogue import Dialogue, dialogue_of
from coachlake.rubrics.load import load_rubric
from coachlake.rubrics.schema import Rubric
from coachlake.scoring.evidence import Score
from coachlake.scoring.ranking import Ranking
from coachlake.scoring.scorer import build_scorer
from coachlake.signals.extract import extract_signals
from coachlake.signals.kit import SignalKit, load_signal_kit
from tests.rubrics import RUBRIC

DAY = ("We put the new boiler in on the fourteenth of March at nine.", "I'll phone you tomorrow before noon.")
NO_DAY = ("We put the new boiler in for you.", "Somebody is going to phone you about it.")

REWARDS_DAY = """
  - id: closing_step
    name: Closing step
    observes: How the call ends.
    opportunity: whole_call
    weight: 1
    target: 60
    anchors:
      good:
        description: Says what happens next with a day or time.
        examples: [The fitter comes on Tuesday at eight., You get the papers by the third of June.,
          I'll ring you tonight at seven.]
      average:
        description: Says what happens next without a time.
        examples: [The fitter is going to come., You'll get the papers., Someone rings you.]
      poor:
        description: Leaves it open.
        examples: [We'll see., Just call us again.]
"""
# The same line of business, but its team wants no promise of a day.
FORBIDS_DAY = REWARDS_DAY.replace("good:", "SWAP:").replace("poor:", "good:").replace("SWAP:", "poor:")


@pytest.fixture(scope="module")
def kit() -> SignalKit:
    return load_signal_kit()


def rubric(tmp_path: Path, criteria: str) -> Rubric:
    file = tmp_path / "heating.yaml"
    file.write_text(f'id: heating\nversion: "1"\nname: Heating\ncriteria:{criteria}')
    return load_rubric(file)


def call(answer: str, name: str = "call") -> Dialogue:
    lines: list[tuple[Speaker, str]] = [
        ("rep", "Northern Heating, good morning, this is Paul."),
        ("customer", "Good morning, our boiler broke down and the plumber said that it can't be repaired any more."),
        ("rep", "Okay, which boiler do you have?"),
        ("customer", "The small one from ninety-eight."),
        ("rep", answer),
        ("customer", "All right."),
        ("rep", "Thanks for calling."),
    ]
    return dialogue_of(conversation_from_lines(name, lines))


def score(of: Rubric, kit: SignalKit, dialogue: Dialogue, criterion_id: str | None = None) -> Score:
    card = build_scorer(of, kit).score(dialogue, extract_signals(dialogue, kit))
    return next(s for s in card.scores if criterion_id in (None, s.criterion_id))


def points(of: Rubric, kit: SignalKit, answer: str) -> float:
    found = score(of, kit, call(answer)).score
    assert found is not None
    return found


def test_anchor_that_rewards_a_date_raises_calls_that_name_one_and_no_others(tmp_path: Path, kit: SignalKit) -> None:
    plain = rubric(tmp_path, REWARDS_DAY.replace(" on Tuesday at eight", "").replace(" by the third of June", "")
                   .replace(" tonight at seven", "").replace("with a day or time", ""))  # fmt: skip
    dated = rubric(tmp_path, REWARDS_DAY)
    rise = {answer: points(dated, kit, answer) - points(plain, kit, answer) for answer in (*DAY, *NO_DAY)}
    assert min(rise[answer] for answer in DAY) > 15, rise
    assert max(rise[answer] for answer in NO_DAY) < 5, rise


def test_swapped_anchors_swap_the_order_of_calls(tmp_path: Path, kit: SignalKit) -> None:
    rewarding, forbidding = rubric(tmp_path, REWARDS_DAY), rubric(tmp_path, FORBIDS_DAY)
    assert points(rewarding, kit, DAY[0]) - points(rewarding, kit, NO_DAY[1]) > 30
    assert points(forbidding, kit, NO_DAY[1]) - points(forbidding, kit, DAY[0]) > 30


def test_custom_opportunity_is_found_by_meaning_and_judged_without_code(tmp_path: Path, kit: SignalKit) -> None:
    heating = rubric(tmp_path, """
  - id: gas_smell
    name: Smell of gas
    observes: When the customer smells gas, the rep sends them out of the house first.
    opportunity:
      customer_says: [It smells of gas in the kitchen., There is a strange smell at the stove since noon.,
        I think gas is leaking somewhere.]
      but_not: [How much is gas a month?, We cook with gas.]
    weight: 1
    target: 90
    anchors:
      good: {description: Sends the customer out before anything else.,
        examples: ["Please leave the house now and call us from outside.", Open the windows and go outside at once.]}
      average: {description: Gives one safety step only., examples: [Open a window please., Don't light anything.]}
      poor: {description: Asks for data first., examples: [What's your customer number?, Which street is that?]}
""")  # fmt: skip
    said = "Hello, there's a smell of gas all over our hallway."
    for answer, level in (
        ("Please go out of the house straight away, then we talk.", "good"),
        ("And what is your customer number?", "poor"),
    ):
        found = score(heating, kit, dialogue_of(conversation_from_lines("c", [("customer", said), ("rep", answer)])))
        assert (found.level, found.opportunity_count) == (level, 1)
    lines: list[tuple[Speaker, str]] = [("customer", "What do I pay for gas each month?"), ("rep", "Sixty euro.")]
    other = dialogue_of(conversation_from_lines("c", lines))
    assert score(heating, kit, other).abstained_reason == "no_opportunity"


def test_sentence_named_as_none_no_longer_earns_the_level_it_sounds_like(tmp_path: Path, kit: SignalKit) -> None:
    said = "Our office is open on Tuesday until eight."
    with_none = REWARDS_DAY.replace(
        "      average:",
        "        hard_negatives:\n          - {says: We're open on Monday until six., is_really: none}\n"
        "          - {says: The shop closes at noon on Saturday., is_really: none}\n      average:", 1
    )  # fmt: skip
    assert points(rubric(tmp_path, REWARDS_DAY), kit, said) > 60
    assert points(rubric(tmp_path, with_none), kit, said) < 40


def test_nothing_to_judge_is_null_not_zero(tmp_path: Path, kit: SignalKit) -> None:
    file = tmp_path / "desk.yaml"
    file.write_text(RUBRIC)
    quiet = dialogue_of(conversation_from_lines("c", [("customer", "Hi, one stamp."), ("rep", "Here you are.")]))
    card = build_scorer(load_rubric(file), kit).score(quiet, extract_signals(quiet, kit))
    assert [(s.score, s.level) for s in card.scores] == [(None, None)] * 2
    assert card.overall is None


def test_calibration_moves_levels_and_is_named_while_scores_stay(tmp_path: Path, kit: SignalKit) -> None:
    heating = rubric(tmp_path, REWARDS_DAY)
    dialogue = call(NO_DAY[1])
    signals = extract_signals(dialogue, kit)
    before = build_scorer(heating, kit).score(dialogue, signals).scores[0]
    mapping = {"closing_step": Mapping("c-1", 2.0, 4.0)}
    after = build_scorer(heating, kit, mapping).score(dialogue, signals).scores[0]
    assert before.score == after.score
    assert before.level != "good"
    assert before.calibration_id is None
    assert (after.level, after.calibration_id) == ("good", "c-1")


def test_learned_ranking_gives_the_score_of_its_own_judge_and_of_no_other(tmp_path: Path, kit: SignalKit) -> None:
    heating, dialogue = rubric(tmp_path, REWARDS_DAY), call(NO_DAY[1])
    signals = extract_signals(dialogue, kit)
    scorer = build_scorer(heating, kit)
    before = scorer.score(dialogue, signals).scores[0]
    row = scorer.features(dialogue, signals)["closing_step"]
    assert before.score == pytest.approx(100 * row[0])
    weights = (-50.0, *[0.0] * (len(row) - 1))
    mapping = Mapping("c-2", 20.0, 90.0, Ranking(scorer.judged_by, 80.0, weights))
    calibrated = build_scorer(heating, kit, {"closing_step": mapping})
    after = calibrated.score(dialogue, signals).scores[0]
    assert after.score == pytest.approx(80 - 50 * row[0])
    assert (after.level, after.calibration_id) == ("average", "c-2")
    assert calibrated.features(dialogue, signals)["closing_step"].tolist() == row.tolist(), "none learns from another"
    other = build_scorer(rubric(tmp_path, FORBIDS_DAY), kit, {"closing_step": mapping})
    assert other.judged_by != scorer.judged_by
    found = other.score(dialogue, signals).scores[0]
    assert found == build_scorer(rubric(tmp_path, FORBIDS_DAY), kit).score(dialogue, signals).scores[0]
