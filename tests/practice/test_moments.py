import re

import pytest

from coachlake.conversations.conversation import Speaker
from coachlake.practice.moments.anonymise import Anonymiser
from coachlake.practice.moments.make import EvidenceInCall, scenario_of_moment
from coachlake.practice.moments.second_person import given_back, second_person
from coachlake.practice.session import Session
from coachlake.rubrics.schema import Rubric
from coachlake.signals.kit import SignalKit
from tests.practice.reps import play, rep
from tests.practice.test_session import leaks

CALL: tuple[tuple[Speaker, str], ...] = (
    ("rep", "Harbour Insurance, this is Priya, how can I help?"),
    ("customer", "Hi, this is Wendy Okafor-Smith, a lorry backed into our garden wall in Chesterfield on Tuesday and "
     "the whole thing is lying on the lawn."),
    ("rep", "Okay. Can I have your policy number?"),
    ("customer", "It's HB 204 771, and my email is wendy.okafor@gmail.com, or zero seven nine one two four four."),
    ("rep", "And your date of birth?"),
    ("customer", "The ninth of June nineteen seventy-one."),
    ("rep", "What happened when the lorry came, Mrs Okafor?"),
    ("customer", "The driver from Brannigan Haulage reversed without looking, and my son Tobias had to jump aside."),
    ("rep", "Right, and what's the postcode?"),
    ("customer", "S40 1AA. Honestly I'm still shaking, Tobias is only six and it missed him by a hand, I can't sleep."),
    ("rep", "Okay, and the excess on that is 250 pounds."),
    ("customer", "Is that all you have to say, Priya?"),
    ("rep", "I'll send a surveyor round on Friday at nine."),
    ("customer", "No, that doesn't work for me, I'm at the hospital on Friday with my mother."),
    ("rep", "Then he comes on Monday."),
    ("customer", "Fine. Thank you."),
)  # fmt: skip
PRIVATE = (
    "wendy",
    "okafor",
    "smith",
    "priya",
    "chesterfield",
    "brannigan",
    "tobias",
    "gmail",
    "june",
    "seventy",
    "harbour",
)


def evidence(criterion_id: str, cue: int) -> EvidenceInCall:
    return EvidenceInCall("abc123", criterion_id, CALL, cue, ("Priya",))


def words_of(scenario_text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", scenario_text.lower()))


def test_no_name_or_number_of_the_call_survives(kit: SignalKit, rubrics: dict[str, Rubric]) -> None:
    scenario = scenario_of_moment(evidence("empathy", 9), rubrics["insurance_service"], kit)
    text = scenario.model_dump_json(exclude={"from_evidence_id", "id", "good_answers", "version", "pass_threshold"})
    assert words_of(text).isdisjoint(PRIVATE)
    for number in ("204", "771", "250", "S40", "1AA"):
        assert number not in text
    assert "zero seven nine" not in text


def test_the_situation_is_kept(kit: SignalKit, rubrics: dict[str, Rubric]) -> None:
    scenario = scenario_of_moment(evidence("empathy", 9), rubrics["insurance_service"], kit)
    assert all("lorry" in line and "garden wall" in line for line in scenario.opening)
    trouble = scenario.of_kind("trouble")
    assert any("still shaking" in line for one in trouble for line in one.says)
    assert scenario.of_kind("rejection")
    assert any("reversed without looking" in line for fact in scenario.facts for line in fact.answers)
    assert scenario.focus == "empathy"


def test_a_live_moment_can_be_played(kit: SignalKit, rubrics: dict[str, Rubric]) -> None:
    scenario = scenario_of_moment(evidence("empathy", 9), rubrics["insurance_service"], kit)
    for kind in ("silent", "injecting", "magic"):
        session = play(Session(scenario, 1, kit, "practice-x"), rep(kind, "", 1))
        assert leaks(session) == []
        assert session.ended_by != "resolved"


def test_a_call_without_a_concern_is_refused(kit: SignalKit, rubrics: dict[str, Rubric]) -> None:
    empty = EvidenceInCall("x", "empathy", (("rep", "Hello?"), ("customer", "Wrong number.")), 1)
    with pytest.raises(ValueError, match="too little"):
        scenario_of_moment(empty, rubrics["insurance_service"], kit)


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ("My card is 4929 1234 5678 9012.", ("4929", "1234", "5678", "9012")),
        ("Ring me on oh seven seven double four nine.", ("oh seven seven",)),
        ("It's anna at brightmail dot com.", ("anna", "brightmail")),
        ("Born on the 3rd of May 1969.", ("1969", "May")),
        ("I'm Zbigniew, and Zbigniew is hard to spell.", ("Zbigniew",)),
        ("My wife Xochitl has the contract.", ("Xochitl",)),
        ("Mister Zbigniew here. We spoke to Dr. Vandersloot.", ("Zbigniew", "Vandersloot")),
    ],
)
def test_identifiers_go(said: str, gone: tuple[str, ...]) -> None:
    anonymiser = Anonymiser()
    anonymiser.learn([said])
    replaced = anonymiser.replace(said)
    assert not [one for one in gone if one in replaced]


def test_facts_stay() -> None:
    said = "The leak started on Monday, two rooms are wet and the ceiling came down."
    anonymiser = Anonymiser()
    anonymiser.learn([said])
    assert anonymiser.replace(said) == said


def test_the_other_side() -> None:
    assert second_person("my mother is with us and I can't sleep") == "your mother is with you and you can't sleep"
    assert given_back("Hi, my name is Ann Lee, we lost our keys.") == "you lost your keys"
