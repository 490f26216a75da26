"""What `rubric check` advises, with the real encoder."""

from pathlib import Path

import pytest

from coachlake.language.encoder import load_encoder
from coachlake.rubrics.check import Encode, check_rubric, is_generic
from coachlake.rubrics.document import Problem
from coachlake.rubrics.load import load_rubric
from coachlake.rubrics.schema import Rubric
from coachlake.settings import REPOSITORY
from tests.rubrics import RUBRIC

SHIPPED = sorted((REPOSITORY / "rubrics").glob("*.yaml"))


@pytest.fixture(scope="module")
def encode() -> Encode:
    return load_encoder().encode


@pytest.fixture(scope="module")
def shipped() -> list[Rubric]:
    return [load_rubric(path) for path in SHIPPED]


def advice(tmp_path: Path, text: str, encode: Encode, originals: list[Rubric]) -> list[Problem]:
    file = tmp_path / "desk.yaml"
    file.write_text(text)
    return check_rubric(file, encode, originals)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_rubrics_follow_their_own_advice(path: Path, encode: Encode, shipped: list[Rubric]) -> None:
    assert check_rubric(path, encode, shipped) == []


def test_good_rubric_gets_no_advice(tmp_path: Path, encode: Encode, shipped: list[Rubric]) -> None:
    assert advice(tmp_path, RUBRIC, encode, shipped) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("Names what the delay means for this customer.", "Shows empathy.", 14, "names a quality"),
        (
            '        hard_negatives:\n          - {says: "I understand it\'s the dress, what\'s the tracking number?", '
            "is_really: poor}\n", "", 12, "no hard negatives",
        ),
        ("- Check the website for the status.", "- I am sorry about this.", 29, "say almost the same"),
        ("- Check the website for the status.", "- I'm sorry about that!", 29, "decide for one"),
        ('version: "1"', 'version: "1"\nbased_on: parcels', 3, "there is no rubric 'parcels'"),
    ],
    ids=["generic", "no hard negative", "too close", "same sentence", "unknown origin"],
)  # fmt: skip
def test_advice_names_line_and_remedy(
    old: str, new: str, line: int, told: str, tmp_path: Path, encode: Encode, shipped: list[Rubric]
) -> None:
    assert old in RUBRIC
    found = advice(tmp_path, RUBRIC.replace(old, new), encode, shipped)
    assert [problem.line for problem in found] == [line], found
    assert told in found[0].message


def test_renamed_copy_is_noticed_until_its_examples_are_the_teams_own(
    tmp_path: Path, encode: Encode, shipped: list[Rubric]
) -> None:
    text = SHIPPED[0].read_text().replace("id: insurance_service", "id: travel_insurance", 1)
    found = advice(tmp_path, text, encode, shipped)
    assert len(found) == 1
    assert "word for word those of insurance_service" in found[0].message
    changed = (
        text.replace("for it.\n", "for it, my dear.\n")
        .replace("policy number", "booking code")
        .replace("I'm sorry", "I am so sorry")
        .replace("claim", "trip")
        .replace("\nid: travel_insurance", "\nid: travel_insurance\nbased_on: insurance_service")
    )
    found = advice(tmp_path, changed, encode, shipped)
    assert [problem.message.split(":")[0] for problem in found] == ["still word for word from insurance_service"]
    assert "empathy" not in found[0].message


@pytest.mark.parametrize(
    ("description", "generic"),
    [
        ("Shows empathy", True),
        ("Is polite and professional throughout the call.", True),
        ("Demonstrates excellent active listening skills with the customer", True),
        ("Lacks a positive attitude", True),
        ("Repeats the order number back to the customer", False),
        ("Asks what the customer has tried so far", False),
    ],
)
def test_generic_means_nothing_to_point_at(description: str, generic: bool) -> None:
    assert is_generic(description) is generic
