"""A part of the gauntlet, and whether it would notice what it is there for."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.gauntlet.build import EXPECTED, Case, build, cases
from evaluation.gauntlet.outcome import Expected, Outcome, verdict
from evaluation.gauntlet.pipeline import Pipeline
from evaluation.gauntlet.run import Result, case_folders, run_case

# One or two a kind; all of them are run by `coachlake gauntlet`.
_PART = (
    "facts-name-the-rep-zoom",
    "outbound-answerer-greets-teams",
    "transfer-to-a-colleague-plain",
    "transfer-nobody-named-whisperx",
    "guids-with-roles-contact_lens",
    "menu-as-a-participant-contact_lens",
    "voicemail-whisperx",
    "inaudible-on-both-sides-plain",
    "looping-srt",
    "spanish-text-contact_lens",
    "changes-to-spanish-for-a-moment-zoom",
    "two-voices-in-a-cue",
    "format-genesys-json",
    "same-file-name-in-two-deliveries",
    "one-file-for-two-reps",
)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    return Pipeline(tmp_path_factory.mktemp("gauntlet"))


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("delivered")
    assert build([case for case in cases() if case.name in _PART], folder) == 0
    return folder


def _run(folder: Path, pipeline: Pipeline) -> Iterator[Result]:
    for case in case_folders(folder):
        yield from run_case(case, pipeline, "a kind")


def test_nothing_is_silently_wrong(delivered: Path, pipeline: Pipeline) -> None:
    results = list(_run(delivered, pipeline))
    assert {result.case for result in results} == set(_PART)
    assert [result for result in results if result.verdict not in ("right", "asked", "refused")] == []


def test_another_persons_words_are_silently_wrong(delivered: Path, tmp_path: Path, pipeline: Pipeline) -> None:
    case = next(case for case in cases() if case.name == "facts-name-the-rep-zoom")
    swapped = case.calls[0] | {"facts": {"rep_name": "Leo Brandt"}}
    build([Case(case.kind, "swapped", (swapped,))], tmp_path)
    [result] = run_case(tmp_path / "swapped", pipeline, "a kind")
    assert (result.verdict, result.status) == ("silently wrong", "scored")


def test_without_an_expectation_the_outcome_is_listed(delivered: Path, tmp_path: Path, pipeline: Pipeline) -> None:
    case = next(case for case in cases() if case.name == "voicemail-whisperx")
    build([case], tmp_path)
    (tmp_path / case.name / EXPECTED).unlink()
    [result] = run_case(tmp_path / case.name, pipeline, "a kind")
    assert (result.verdict, result.status) == ("unjudged", "refused")


@pytest.mark.parametrize(
    ("expected", "outcome", "judged"),
    [
        (Expected(("scored",), rep="Good day."), Outcome("c", "scored", rep="good day"), "right"),
        (Expected(("scored",), rep="Good day."), Outcome("c", "scored", rep="Good day. Hello."), "silently wrong"),
        (Expected(("scored",), customer="Hello."), Outcome("c", "scored", customer="Hello. Hello."), "silently wrong"),
        (Expected(("scored",)), Outcome("c", "asked", "who?"), "withheld"),
        (Expected(("scored", "asked")), Outcome("c", "asked", "who?"), "asked"),
        (Expected(("asked",)), Outcome("c", "scored"), "silently wrong"),
        (Expected(("refused",), "Spanish"), Outcome("c", "refused", "SPANISH in 90%"), "refused"),
        (Expected(("refused",), "Spanish"), Outcome("c", "refused", "few words"), "wrong reason"),
        (Expected(("scored",), row={"queue": "a"}), Outcome("c", "scored", row={"queue": "b"}), "silently wrong"),
        (Expected(("refused",)), None, "silently wrong"),
        (None, Outcome("c", "scored"), "silently wrong"),
    ],
)  # fmt: skip
def test_verdicts(expected: Expected | None, outcome: Outcome | None, judged: str) -> None:
    assert verdict(expected, outcome)[0] == judged


def test_a_recogniser_may_err_but_not_hear_the_other_side() -> None:
    rep, customer = "one two three four five six seven eight", "nine ten eleven twelve"
    expected = Expected(("scored",), rep=rep, is_heard=True)
    assert verdict(expected, Outcome("c", "scored", rep="one two tree four five six seven eight"))[0] == "right"
    assert verdict(expected, Outcome("c", "scored", rep=f"{rep} {customer}"))[0] == "silently wrong"
    assert verdict(expected, Outcome("c", "scored", rep="one two three"))[0] == "silently wrong"
