from collections import Counter
from pathlib import Path

import pytest

from coachlake.conversations.conversation import Turn, conversation_from_lines
from coachlake.conversations.dialogue import dialogue_of
from coachlake.conversations.sentences import sentences_of
from coachlake.practice.customer.phrasebook import phrases_of
from coachlake.practice.customer.reading import Reader
from coachlake.practice.scenarios.load import SHIPPED, ScenarioError, load_scenario, load_scenarios, save_scenario
from coachlake.practice.scenarios.schema import Scenario
from coachlake.rubrics.schema import Rubric
from coachlake.signals.kit import SignalKit

CUES = {
    "trouble": ("empathy_cue", "cue", 0.6),
    "heated": ("escalation", "heated", 0.65),
    "rejection": ("rejection", "rejection", 0.55),
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


def test_every_moment_calls_for_its_skill(scenarios: dict[str, Scenario], kit: SignalKit) -> None:
    """A moment nobody's signals notice would score nothing, however well it is answered."""
    unheard = []
    for scenario in scenarios.values():
        for moment in scenario.moments:
            question, label, least = CUES[moment.kind]
            for line in (*moment.says, *moment.otherwise):
                pieces = [sentence.text for sentence in sentences_of(Turn(0, "customer", 0.0, 1.0, line))]
                if max(kit.probability(question, label, pieces)) < least:
                    unheard.append(line)
    assert unheard == []


def test_a_contented_customer_calls_for_nothing(kit: SignalKit) -> None:
    """Else a thank-you would be scored as trouble that was passed over."""
    friendly = [
        phrase
        for move in ("soothed", "confirm", "accept", "wait", "when", "carry_on")
        for mood, phrases in phrases_of()[move].items()
        for phrase in phrases
        if mood != "hot"
    ]
    for question, label, least in CUES.values():
        likely = kit.probability(question, label, friendly)
        heard = [phrase for phrase, probability in zip(friendly, likely, strict=True) if probability >= least]
        assert heard == [], question


def test_no_good_fix_is_turned_down(scenarios: dict[str, Scenario], kit: SignalKit) -> None:
    for scenario in scenarios.values():
        for issue in scenario.issues:
            for fix in issue.good_fixes if issue.turns_down == "unfit" else ():
                said = dialogue_of(conversation_from_lines("x", [("rep", fix)]))
                reading = Reader(scenario, kit).read(said, [issue.id])
                assert (reading.is_proposal, reading.refused, reading.is_fitting) == (True, None, True), fix


def test_a_rejection_must_say_what_it_turns_down(tmp_path: Path) -> None:
    message = broken(tmp_path, "    refuses: [courier,", "    after: 1\n    otherwise_not: [courier,")
    assert "remove it or correct its spelling" in message
    message = broken(tmp_path, "kind: heated\n    after: 1", "kind: rejection\n    after: 1")
    assert "a rejection needs `refuses`" in message


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
