"""Learn which moments readers defend.

python -m training.defended draw FOLDER [--seed N]     moments of the written conversations, as a page and a sheet
python -m training.defended add FOLDER SHEET           a filled sheet of them, beside the verdicts there are
python -m training.defended fit [--to FILE]            the head, with what it does on dialogues unseen
"""

import csv
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from coachlake.files import write_whole
from coachlake.scoring.defended import WEIGHTS_FILE
from coachlake.signals.kit import load_signal_kit
from training.defended.fit import chances_unseen, columns_of, figures, fitted
from training.defended.read import VERDICTS, Verdict, read_dialogues, read_verdicts

app = typer.Typer(help=__doc__, add_completion=False)
# From here on a moment counts. Higher, more of what is shown is defended, and poor moments go first: scores would rise
# by what is left out. `fit` prints what each choice comes to; docs/signals.md has what it does to scores.
_LEAST = 0.3


@app.command()
def draw(folder: Path, seed: int = 1) -> None:
    """Write rows.html, rows.csv and key.csv of moments to read."""
    from evaluation.kit import EvaluationKit
    from evaluation.reading.page import write_reading
    from training.defended.draw import draw as drawn

    write_reading(drawn(read_dialogues(), EvaluationKit(), seed), folder)


@app.command()
def add(folder: Path, sheet: Path) -> None:
    """Add the verdicts of a filled sheet."""
    keys, said = (
        {row["number"]: row for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines())}
        for file in (folder / "key.csv", sheet)
    )
    found = [
        Verdict(
            dialogue=key["call_id"],
            rubric=key["rubric_id"],
            criterion=key["criterion_id"],
            level=key["level"],  # type: ignore[arg-type]
            confidence=float(key["confidence"]),
            cue=said[number]["cue"] or None,
            quote=said[number]["quote"],
            is_defended=said[number]["verdict"].strip().lower() == "yes",
        )
        for number, key in keys.items()
        if said[number]["verdict"].strip()
    ]
    lines = [json.dumps(asdict(one), ensure_ascii=False) for one in [*read_verdicts(), *found]]
    write_whole(VERDICTS, "".join(f"{line}\n" for line in lines).encode())


@app.command()
def fit(to: Annotated[Path, typer.Option(help="Where the head goes.")] = WEIGHTS_FILE) -> None:
    """Fit the head on all verdicts, print what one that has seen other dialogues only does, and write it."""
    verdicts = read_verdicts()
    rows = columns_of(verdicts, load_signal_kit())
    defended = np.array([one.is_defended for one in verdicts])
    unseen = chances_unseen(rows, defended, [one.dialogue for one in verdicts])
    for least in (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6):
        print(least, {name: round(value, 3) for name, value in figures(unseen, defended, least).items()})
    head = fitted(rows, defended)
    kept = {
        "weights": [round(float(weight), 4) for weight in head.coef_[0]],
        "bias": round(float(head.intercept_[0]), 4),
        "least": _LEAST,
        "unseen": {name: round(value, 3) for name, value in figures(unseen, defended, _LEAST).items()},
    }
    write_whole(to, (json.dumps(kept) + "\n").encode())


if __name__ == "__main__":
    app()
