"""Interruptions against a reader's labels of overlaps in primock57.

`labelled/primock57_overlaps.csv` names overlaps by consultation and times, and says whether each is an interruption by
our definition. `random`: 100 drawn (seed 57) from the 593 places where a doctor starts inside a patient's interval at
least 0.2 s before its end, labelled before the definition was final. `found`: all that the final definition finds in
the 28 consultations, for precision. Labelled by a single reader, a session of this project that also wrote the
definition, from the text and times of both parties around each, without the sound: agreement with the rule is not
independent proof of it.
"""

import csv
from importlib.resources import files
from pathlib import Path

from coachlake.conversations.dialogue import dialogue_of
from coachlake.signals.interruptions import interruptions
from evaluation.kit import EvaluationKit
from evaluation.measure import classification
from evaluation.result import TaskResult
from evaluation.sets import primock57

_SAME_S = 0.05


def interruption(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """Interruption or not, of the random overlaps; and precision over everything found."""
    known = {name: dialogue_of(call) for name, call in primock57.consultations(folder).items()}
    starts = {name: [signal.start_s or 0.0 for signal in interruptions(call)] for name, call in known.items()}
    rows = [row for row in _labelled() if row["consultation"] in known]
    drawn = [row for row in rows if row["sample"] == "random"]
    truth = ["interruption" if row["is_interruption"] == "1" else "other overlap" for row in drawn]
    said = ["interruption" if _is_found(row, starts) else "other overlap" for row in drawn]
    longest = [
        "interruption" if float(row["customer_end_s"]) - float(row["rep_start_s"]) > 1.0 else "other overlap"
        for row in drawn
    ]
    result = classification(
        "interruption",
        "primock57, 100 random overlaps",
        truth,
        said,
        groups=[row["consultation"] for row in drawn],
        keywords=longest,
    )
    found = [row["is_interruption"] == "1" for row in rows if row["sample"] == "found" and _is_found(row, starts)]
    return [
        result,
        TaskResult(
            "interruption",
            "primock57, all found",
            n=len(found),
            figures={"precision": sum(found) / len(found)} if found else {},
            reach_for="report",
            note="hand-timed without word times, so only words that break off count; one reader's labels",
        ),
    ]


def _labelled() -> list[dict[str, str]]:
    content = files("evaluation").joinpath("labelled/primock57_overlaps.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(content.splitlines()))


def _is_found(row: dict[str, str], starts: dict[str, list[float]]) -> bool:
    at = float(row["rep_start_s"])
    return any(abs(start - at) <= _SAME_S for start in starts[row["consultation"]])
