"""Learn which moments readers defend: `python -m training.defended [--to FILE]`.

Fits the head on all verdicts, prints what one that has seen other dialogues only does, and writes it. More moments to
read are drawn by `python -m evaluation.reading.verdicts`.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from coachlake.files import write_whole
from coachlake.scoring.defended import WEIGHTS_FILE
from coachlake.signals.kit import load_signal_kit
from training.defended.fit import chances_unseen, columns_of, figures, fitted
from training.defended.read import read_verdicts

# From here on a moment counts. Higher, more of what is shown is defended, and poor moments go first: scores would rise
# by what is left out. What each choice comes to is printed; docs/signals.md has what it does to scores.
_LEAST = 0.3


def fit(to: Path) -> None:
    """Fit on all verdicts, print the figures, write the head."""
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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=WEIGHTS_FILE)
    fit(parser.parse_args().to)
