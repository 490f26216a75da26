"""Verdicts on moments of the written conversations, from which `training.defended` learns.

python -m evaluation.reading.verdicts draw FOLDER [--seed N]     moments as a page, a sheet and a key
python -m evaluation.reading.verdicts add FOLDER SHEET           a filled sheet of them, beside those there are
"""

import json
from dataclasses import asdict
from pathlib import Path

import typer

from coachlake.files import write_whole
from evaluation.kit import EvaluationKit
from evaluation.reading.agreement import rows_by_number, verdicts_of
from evaluation.reading.moments import draw as drawn
from evaluation.reading.page import KEY, write_reading
from training.defended.read import VERDICTS, Verdict, read_dialogues, read_verdicts

app = typer.Typer(help=__doc__, add_completion=False)


@app.command()
def draw(folder: Path, seed: int = 1) -> None:
    """Write rows.html, rows.csv and key.csv of moments to read."""
    write_reading(drawn(read_dialogues(), EvaluationKit(), seed), folder)


@app.command()
def add(folder: Path, sheet: Path) -> None:
    """Add the verdicts of a filled sheet. Raises SheetError where it cannot be read as verdicts."""
    shown, said = rows_by_number(sheet), verdicts_of(sheet)
    found = [
        Verdict(
            dialogue=key["call_id"],
            rubric=key["rubric_id"],
            criterion=key["criterion_id"],
            level=key["level"],  # type: ignore[arg-type]
            confidence=float(key["confidence"]),
            cue=shown[number]["cue"] or None,
            quote=shown[number]["quote"],
            is_defended=said[number] == "yes",
        )
        for number, key in rows_by_number(folder / KEY).items()
        if said[number]
    ]
    lines = [json.dumps(asdict(one), ensure_ascii=False) for one in [*read_verdicts(), *found]]
    write_whole(VERDICTS, "".join(f"{line}\n" for line in lines).encode())


if __name__ == "__main__":
    app()
