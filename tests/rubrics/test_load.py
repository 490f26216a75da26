"""Every way a rubric file can be wrong: what its author is told, and what stays in force."""

from pathlib import Path

import pytest

from coachlake.rubrics.document import RubricError
from coachlake.rubrics.load import load_rubric, load_rubrics
from coachlake.settings import REPOSITORY
from tests.rubrics import RUBRIC

WRONG = {
    "no YAML": ("name: Empathy\n", "name: Empathy: kind\n", 7, "", "this is no YAML"),
    "no rubric": (RUBRIC, "- empathy\n- listening\n", 1, "", "starts with `id:`"),
    "missing": ("    weight: 2\n", "", 6, "empathy weight", "add it"),
    "misspelt": ("    observes: When a", "    observe: When a", 8, "empathy observe", "perhaps to `observes`"),
    "id": ("  - id: empathy", "  - id: Empathy!", 6, "Empathy! id", "use lower-case letters, digits and underscores"),
    "id twice": ("  - id: date_promised", "  - id: empathy", 1, "", "criterion id used more than once: empathy"),
    "level": ("is_really: poor", "is_really: bad", 19, "is_really", "use one of the values named"),
    "no number": ("    weight: 2\n", "    weight: heavy\n", 10, "empathy weight", "write a number"),
    "weight": ("    weight: 2\n", "    weight: 0\n", 10, "empathy weight", "write a number greater than 0"),
    "version": ('version: "1"', "version: 1", 2, "version", "put numbers in quotes"),
    "empty text": ("name: Empathy", 'name: ""', 7, "empathy name", "write something here"),
    "one example": (
        "          - Check the website for the status.\n", "", 27, "empathy anchors poor examples", "at least two",
    ),
    "no level": (
        "      average:\n        description: Uses a phrase of sympathy that would fit any call.\n        examples:\n"
        "          - I'm sorry about that.\n          - I understand your frustration.\n",
        "", 12, "empathy anchors average", "add it",
    ),
    "opportunity": ("opportunity: customer_trouble", "opportunity: trouble", 9, "opportunity", "customer_heated"),
    "custom opportunity": (
        "opportunity: customer_trouble", "opportunity: {customer_says: [It is late.]}", 9, "customer_says",
        "at least three things a customer would say",
    ),
    "scale": ("    target: 60\n    anchors:", "    scale: {by: poor_count}\n    target: 3\n    anchors:", 11, "scale",
              "needs `worst`"),
    "signal share": (
        "    target: 60\n    anchors:",
        "    scale: {by: signal_share, signal: paraphrase, best: 0.4, worst: 0}\n    target: 0.3\n    anchors:",
        6, "empathy", "use rep_sentence, rep_question or rep_answer",
    ),
    "signal": ("    target: 60\n    anchors:", "    scale: {by: signal_share, worst: 1}\n    target: 0.3\n    anchors:",
               11, "scale", "`signal` belong together"),
    "talk share": (
        "    target: 60\n    anchors:", "    scale: {by: rep_share, worst: 0.8}\n    target: 0.5\n    anchors:",
        6, "empathy", "`talk_time` and",
    ),
    "cut-points": ("    weight: 2\n", "    weight: 2\n    good_from: 20\n", 6, "empathy", "greater than"),
    "target": ("    weight: 2\n    target: 60", "    weight: 2\n    target: 600", 6, "empathy", "score from 0 to 100"),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_wrong_file_is_told_by_line_and_what_to_write(kind: str, tmp_path: Path) -> None:
    old, new, line, place, advice = WRONG[kind]
    assert old in RUBRIC
    file = tmp_path / "desk.yaml"
    file.write_text(RUBRIC.replace(old, new, 1))
    with pytest.raises(RubricError) as raised:
        load_rubric(file)
    found = [problem for problem in raised.value.problems if advice in problem.message]
    assert found, raised.value
    assert (found[0].file, found[0].line) == ("desk.yaml", line), found[0]
    assert place in found[0].place
    assert len(raised.value.problems) <= 2, "one mistake is told once"


def test_all_problems_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "desk.yaml"
    file.write_text(RUBRIC.replace("weight: 2", "weight: -1").replace("is_really: none", "is_really: nothing"))
    with pytest.raises(RubricError) as raised:
        load_rubric(file)
    assert [problem.line for problem in raised.value.problems] == [10, 44]


def test_broken_file_leaves_its_last_good_version_in_force(tmp_path: Path) -> None:
    folder, kept = tmp_path / "rubrics", tmp_path / "kept"
    folder.mkdir()
    (folder / "desk.yaml").write_text(RUBRIC)
    before = load_rubrics(folder, kept).rubrics["parcel_desk"]
    (folder / "desk.yaml").write_text(RUBRIC.replace("weight: 2", "weight: many"))
    (folder / "new.yaml").write_text("id: [")
    found = load_rubrics(folder, kept)
    assert found.rubrics == {"parcel_desk": before}
    assert sorted(problem.file for problem in found.problems) == ["desk.yaml", "new.yaml"]


def test_last_good_version_that_no_longer_loads_is_left_out_not_raised(tmp_path: Path) -> None:
    folder, kept = tmp_path / "rubrics", tmp_path / "kept"
    folder.mkdir()
    kept.mkdir()
    (folder / "desk.yaml").write_text("id: [")
    (kept / "desk.yaml").write_text("id: of an older format\n")
    found = load_rubrics(folder, kept)
    assert not found.rubrics
    assert found.problems


def test_version_is_of_the_content_not_of_its_layout(tmp_path: Path) -> None:
    file = tmp_path / "desk.yaml"
    hashes = []
    for text in (RUBRIC, "# a note\n" + RUBRIC, RUBRIC.replace("any call", "every call")):
        file.write_text(text)
        hashes.append(load_rubric(file).sha256)
    assert hashes[0] == hashes[1] != hashes[2]


def test_a_criterion_names_the_signal_its_target_is_of() -> None:
    told: dict[str, str | None] = {}
    for path in sorted((REPOSITORY / "rubrics").glob("*.yaml")):
        rubric = load_rubric(path)
        told |= {c.id: c.told_signal for c in rubric.criteria}
        # What is told of a criterion does not change how it is scored.
        hedged = rubric.criterion("resolution_confidence")
        silent = hedged.model_copy(update={"scale": hedged.scale.model_copy(update={"signal": None})})
        assert silent.sha256 == hedged.sha256
        assert (hedged.told_signal, silent.told_signal) == ("hedges_per_call", None)
    assert told.pop("interruptions") == "interrupted_share"
    assert told.pop("resolution_confidence") == "hedges_per_call"
    assert set(told.values()) == {None}
