"""Runs case folders and judges what became of their calls."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from coachlake.yaml_files import read_yaml
from evaluation.gauntlet.build import EXPECTED
from evaluation.gauntlet.outcome import Expected, Outcome, Verdict, verdict


class Runs(Protocol):
    """What turns a case folder into outcomes (`pipeline.Pipeline`)."""

    def outcomes(self, case: Path) -> list[Outcome]:
        """What becomes of every call of a case."""


@dataclass(frozen=True, slots=True)
class Result:
    """The verdict on one call of a case."""

    kind: str
    case: str
    call_id: str
    status: str
    verdict: Verdict
    why: str


def run_case(case: Path, pipeline: Runs, kind: str) -> Iterator[Result]:
    """A verdict for every call that is expected or found; "unjudged" where no `expected.yaml` lies beside it."""
    found = {outcome.call_id: outcome for outcome in pipeline.outcomes(case)}
    if not (case / EXPECTED).exists():
        for outcome in found.values():
            yield Result(kind, case.name, outcome.call_id, outcome.status, "unjudged", outcome.reason)
        return
    expected = read_expected(case / EXPECTED)
    for call_id in dict.fromkeys([*expected, *found]):
        outcome_ = found.get(call_id)
        judged, why = verdict(expected.get(call_id), outcome_)
        yield Result(kind, case.name, call_id, outcome_.status if outcome_ else "lost", judged, why)


def case_folders(folder: Path) -> Sequence[Path]:
    """The cases of a folder: its sub-folders, by name."""
    return sorted(path for path in folder.iterdir() if path.is_dir())


def read_expected(file: Path) -> dict[str, Expected]:
    """call_id → what should become of it."""
    content = read_yaml(file)
    return {
        str(call_id): Expected(**given | {"statuses": tuple(given["statuses"])}) for call_id, given in content.items()
    }
