"""What two readers say of the same rows: the share they defend, whether they agree, and what confidence was worth."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from evaluation.measure import calibration_error, classification, share
from evaluation.result import Interval, TaskResult
from evaluation.sets.find import NothingLabelledError

VERDICTS = ("yes", "doubtful", "no")
_Rows = Mapping[str, Mapping[str, str]]


class SheetError(ValueError):
    """A sheet that cannot be read as verdicts, saying where."""


def agreement(first: Path, second: Path, key: Path | None = None) -> TaskResult:
    """Two filled sheets (columns `number` and `verdict`) of the same rows; rows that either left empty are not counted.

    Defended is a row that a reader would stand by in front of the rep (yes); intervals are over calls where `key` names
    them, else over rows. Kappa is Cohen's over yes, doubtful, no. With `key` also the share by level and by criterion,
    and the calibration of the rows' confidence. Raises SheetError for another verdict or another set of rows,
    NothingLabelledError where no row has both.
    """
    sheets = [verdicts_of(sheet) for sheet in (first, second)]
    if sheets[0].keys() != sheets[1].keys():
        raise SheetError(f"{first} and {second} are not of the same rows")
    numbers = [number for number in sheets[0] if all(sheet[number] for sheet in sheets)]
    if not numbers:
        raise NothingLabelledError("rows with a verdict of both readers")
    one, other = ([sheet[number] for number in numbers] for sheet in sheets)
    known = rows_by_number(key) if key else {}
    groups = [known[number]["call_id"] if number in known else number for number in numbers]
    both = [a == b == "yes" for a, b in zip(one, other, strict=True)]
    figures: dict[str, float | Interval] = {
        "defended by the first": share([verdict == "yes" for verdict in one], groups=groups),
        "defended by the second": share([verdict == "yes" for verdict in other], groups=groups),
        "defended by both": share(both, groups=groups),
    }
    result = replace(
        classification("reading", first.parent.name, one, other, groups=groups),
        macro_f1=None,
        abstention_rate=None,
        per_class={},
        baselines={"kappa of chance": 0.0},
        figures=figures,
        reach_for="defended ≥ .90",
        note=f"{len(sheets[0]) - len(numbers)} rows without both verdicts" if len(numbers) < len(sheets[0]) else "",
    )
    return _with_key(result, numbers, both, groups, known) if known else result


def _with_key(
    result: TaskResult, numbers: Sequence[str], both: Sequence[bool], groups: Sequence[str], known: _Rows
) -> TaskResult:
    figures = dict(result.figures)
    for column in ("level", "criterion_id"):
        for value in sorted({known[number][column] for number in numbers}):
            held = [yes for number, yes in zip(numbers, both, strict=True) if known[number][column] == value]
            figures[f"{value}, defended by both (n = {len(held)})"] = share(held)
    sure = [float(known[number]["confidence"]) for number in numbers]
    figures["ECE of confidence"], curve = calibration_error(both, sure, groups=groups)
    return replace(result, figures=figures, per_class=curve)


def verdicts_of(sheet: Path) -> dict[str, str]:
    """Number → verdict of a filled sheet, "" where there is none yet. Raises SheetError for what is no verdict."""
    said = {number: row.get("verdict", "").strip().lower() for number, row in rows_by_number(sheet).items()}
    for number, verdict in said.items():
        if verdict and verdict not in VERDICTS:
            raise SheetError(f"{sheet}, row {number}: “{verdict}” is none of {', '.join(VERDICTS)}")
    return said


def rows_by_number(file: Path) -> dict[str, dict[str, str]]:
    """Number → row of a sheet or a key. Raises SheetError where there is no such column."""
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    if not rows or "number" not in rows[0]:
        raise SheetError(f"{file} has no column `number`, or no rows")
    return {row["number"]: {name: value or "" for name, value in row.items() if name} for row in rows}
