from collections import Counter
from pathlib import Path

import pytest

from practice.scenarios import SHIPPED, Scenario, ScenarioError, load_scenario, load_scenarios, save_scenario
from ray_jobs.conversation import Turn
from ray_jobs.signals import SignalKit
from ray_jobs.turns import sentences_of
from rubrics import Rubric

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
    unheard, count = [], 0
    for scenario in scenarios.values():
        for moment in scenario.moments:
            question, label, least = CUES[moment.kind]
            for line in moment.says:
                pieces = [sentence.text for sentence in sentences_of(Turn(0, "customer", 0.0, 1.0, line))]
                count += 1
                if max(kit.probability(question, label, pieces)) < least:
                    unheard.append(line)
    # The signals miss some; a scenario keeps two wordings of each moment, so that most attempts are scored on it.
    assert len(unheard) <= 0.25 * count, unheard


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
