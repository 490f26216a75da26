"""What a struck moment takes with it: its own weight and nothing else."""

import pytest

from coachlake.conversations.conversation import Speaker, conversation_from_lines
from coachlake.conversations.dialogue import Dialogue, dialogue_of
from coachlake.rubrics.load import load_rubrics
from coachlake.scoring.evidence import ScoreCard, Struck
from coachlake.scoring.scorer import Scorer, build_scorer
from coachlake.settings import REPOSITORY
from coachlake.signals.extract import extract_signals
from coachlake.signals.kit import SignalKit, load_signal_kit

_LINES: list[tuple[Speaker, str]] = [
    ("rep", "Harbour Insurance, this is Ana, how can I help?"),
    ("customer", "Our kitchen burned on Sunday and my daughter has not slept since, I am at my wits' end."),
    ("rep", "What is your policy number?"),
    ("customer", "It is four seven one. My mother is here as well, she is so frightened of going back in there."),
    (
        "rep",
        "Your mother frightened and your girl not sleeping, that must be so hard on all of you. What burned first?",
    ),
    ("customer", "The curtain over the stove."),
    ("rep", "Do you have the receipts? Is the power off? Were you at home?"),
    ("customer", "Yes, I was at home."),
    ("rep", "I have booked the assessor for Tuesday at nine."),
]


@pytest.fixture(scope="module")
def kit() -> SignalKit:
    return load_signal_kit("fast")


@pytest.fixture(scope="module")
def call() -> Dialogue:
    return dialogue_of(conversation_from_lines("x", _LINES))


@pytest.fixture(scope="module")
def scorer(kit: SignalKit, tmp_path_factory: pytest.TempPathFactory) -> Scorer:
    rubrics = load_rubrics(REPOSITORY / "rubrics", tmp_path_factory.mktemp("last_good")).rubrics
    return build_scorer(rubrics["insurance_service"], kit)


def _moments(card: ScoreCard) -> list[Struck]:
    return [Struck(one.criterion_id, one.turn_index, one.quote) for one in card.evidence]


def test_a_poor_moment_struck_raises_its_score_and_leaves_the_others(
    call: Dialogue, scorer: Scorer, kit: SignalKit
) -> None:
    signals = extract_signals(call, kit)
    card = scorer.score(call, signals)
    poor = next(one for one in card.evidence if one.criterion_id == "empathy" and one.level == "poor")
    struck = Struck("empathy", poor.turn_index, poor.quote)
    after = scorer.score(call, signals, [struck])
    before, now = ({score.criterion_id: score for score in one.scores} for one in (card, after))
    assert before["empathy"].score is not None
    assert now["empathy"].score is not None
    assert now["empathy"].score > before["empathy"].score
    assert now["empathy"].opportunity_count == before["empathy"].opportunity_count - 1
    assert {name: score for name, score in now.items() if name != "empathy"} == {
        name: score for name, score in before.items() if name != "empathy"
    }
    assert struck not in _moments(after)


def test_where_every_moment_is_struck_nothing_is_left_to_score(call: Dialogue, scorer: Scorer, kit: SignalKit) -> None:
    signals = extract_signals(call, kit)
    struck: list[Struck] = []
    card = scorer.score(call, signals)
    while more := [one for one in _moments(card) if one.criterion_id == "empathy"]:
        struck += more
        card = scorer.score(call, signals, struck)
    (empathy,) = (score for score in card.scores if score.criterion_id == "empathy")
    assert (empathy.score, empathy.level) == (None, None)
    assert empathy.abstained_reason in ("no_opportunity", "low_confidence")  # what is left, no reader would defend


def test_a_moment_of_another_call_strikes_nothing(call: Dialogue, scorer: Scorer, kit: SignalKit) -> None:
    signals = extract_signals(call, kit)
    elsewhere = [
        Struck("empathy", 2, "What is your date of birth?"),
        Struck("nothing", 2, "What is your policy number?"),
    ]
    assert scorer.score(call, signals, elsewhere) == scorer.score(call, signals)
