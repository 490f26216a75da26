from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from coachlake.conversations.conversation import Turn, conversation_from_lines
from coachlake.conversations.dialogue import dialogue_of
from coachlake.conversations.sentences import sentences_of
from coachlake.language.types import Utterance
from coachlake.practice.customer.acts import CustomerFunction, Offer, find
from coachlake.practice.customer.responses import general_responses
from coachlake.practice.customer.understanding.understand import Understanding
from coachlake.practice.scenarios.load import SHIPPED, ScenarioError, load_scenario, load_scenarios, save_scenario
from coachlake.practice.scenarios.schema import Scenario
from coachlake.rubrics.schema import Rubric
from coachlake.signals.adaptability import REJECTED_FROM
from coachlake.signals.empathy import CUE_FROM
from coachlake.signals.kit import SignalKit
from coachlake.signals.regulation import HEATED_FROM

CUES = {
    "trouble": ("empathy_cue", "cue", CUE_FROM),
    "escalation": ("escalation", "heated", HEATED_FROM),
    "rejection": ("rejection", "rejection", REJECTED_FROM),
}


def broken(tmp_path: Path, old: str, new: str) -> str:
    """What the author of a scenario with one change in it is told."""
    text = (SHIPPED / "hostile_outage.yaml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    return str(caught.value)


def test_two_scenarios_for_each_rubric(scenarios: dict[str, Scenario], rubrics: dict[str, Rubric]) -> None:
    counts = Counter(scenario.rubric_id for scenario in scenarios.values())
    assert set(counts) == set(rubrics)
    assert min(counts.values()) >= 2


def test_every_challenge_calls_for_its_skill(scenarios: dict[str, Scenario], kit: SignalKit) -> None:
    """A challenge nobody's signals notice would score nothing, however well it is answered."""
    unnoticed = []
    for scenario in scenarios.values():
        for challenge in scenario.challenges:
            question, label, least = CUES[challenge.kind]
            for line in (*challenge.says, *challenge.says_otherwise):
                pieces = [sentence.text for sentence in sentences_of(Turn(0, "customer", 0.0, 1.0, line))]
                if max(kit.probability(question, label, pieces)) < least:
                    unnoticed.append(line)
    assert unnoticed == []


def test_a_contented_customer_calls_for_nothing(kit: SignalKit) -> None:
    """Else a thank-you would be scored as trouble that was passed over."""
    friendly = [
        Utterance(phrase, "Do you have a minute?" if act == "give_permission" else None)
        for act in ("appreciate", "confirm", "accept", "backchannel", "ask_when", "give_permission")
        for tone, phrases in general_responses()[act].items()
        for phrase in phrases
        if tone != "angry"
    ]
    for question, label, least in CUES.values():
        likely = kit.likely(question, label, friendly)
        noticed = [said.response for said, probability in zip(friendly, likely, strict=True) if probability >= least]
        assert noticed == [], question


def test_every_act_has_words() -> None:
    """An act without words would raise in the middle of a call; words without an act are never said."""
    literals = [get_args(kind) for kind in get_args(CustomerFunction)]
    from_scenario = {"opening", "closing", "fact", "issue", "brings_back", "reject_other", *CUES}
    acts = {name for names in literals for name in names} - from_scenario
    assert set(general_responses()) == acts | {"lead_in", "afterthought"}


def test_no_good_fix_is_turned_down(scenarios: dict[str, Scenario], kit: SignalKit) -> None:
    for scenario in scenarios.values():
        for issue in scenario.issues:
            for fix in issue.good_fixes if issue.rejects == "unfit" else ():
                said = dialogue_of(conversation_from_lines("x", [("rep", fix)]))
                offer = find(Understanding(scenario, kit).acts(said, [issue.id]), Offer)
                assert offer is not None, fix
                assert (offer.rejection, offer.is_fitting) == (None, True), fix


def test_a_rejection_must_say_what_it_turns_down(tmp_path: Path) -> None:
    message = broken(tmp_path, "    rejected_words: [courier,", "    after: 1\n    rejected_words_not: [courier,")
    assert "remove it or correct its spelling" in message
    message = broken(tmp_path, "kind: escalation\n    after: 1", "kind: rejection\n    after: 1")
    assert "a rejection needs `rejected_words`" in message


def test_the_author_is_told_file_line_and_what_to_write(tmp_path: Path) -> None:
    message = broken(tmp_path, "focus: emotional_regulation", "focuss: emotional_regulation")
    assert "mine.yaml, line 1: focus: Field required; add it" in message
    assert "line 7: focuss" in message
    assert "remove it or correct its spelling" in message


def test_a_fact_that_another_line_gives_away_is_refused(tmp_path: Path) -> None:
    message = broken(tmp_path, "That doesn't get me any orders, does it?", "And the orange light?")
    assert "gives away the fact light (orange)" in message


def test_a_fix_cannot_wait_for_a_fact_that_is_not_there(tmp_path: Path) -> None:
    assert "facts that are not there: lamp" in broken(tmp_path, "needs: [light]", "needs: [lamp]")


def test_yaml_that_is_none_is_named(tmp_path: Path) -> None:
    assert "check the indentation" in broken(tmp_path, 'version: "1"', 'version: "1')


def test_focus_must_be_a_criterion_of_the_rubric(tmp_path: Path, rubrics: dict[str, Rubric]) -> None:
    text = (SHIPPED / "hostile_outage.yaml").read_text(encoding="utf-8")
    (tmp_path / "a.yaml").write_text(text.replace("focus: emotional_regulation", "focus: charm"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(text, encoding="utf-8")
    found = load_scenarios([tmp_path], rubrics)
    assert list(found.scenarios) == ["hostile_outage"]
    assert "line 7: focus: charm is none of empathy" in str(found.problems[0])


def test_a_saved_scenario_reads_back_the_same(tmp_path: Path, scenarios: dict[str, Scenario]) -> None:
    scenario = scenarios["silent_customer"]
    assert load_scenario(save_scenario(scenario, tmp_path)).sha256 == scenario.sha256
