"""Train what tells a rep's small words from a customer's, and write it beside the code that reads it.

    python -m training.rep_likeness DIR

`DIR` holds `bank/*.jsonl` ((cue, reply) pairs written for this project) and `p4g/persuader_sentences.csv` (Persuasion
for Good, Apache-2.0). A cue, or what the persuader answers, is a customer's; a reply, or the persuader's, is a rep's.
Dialogues are drawn from pairs of one source. How sure a difference between two speakers is, is fitted on each source
as it is found by a head that has seen the others only: calls are of kinds that nobody trained on.
"""

import csv
import json
import random
import sys
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from coachlake.conversations.rep_likeness import WEIGHTS_FILE, columns, sentences_of_text, weight_of

Pair = tuple[str, str]  # what the customer said, what the rep said
Columns = NDArray[np.float64]
_DIALOGUES, _LONGEST = 1500, 15  # drawn of each source; pairs in one
_STRENGTHS = (0.01, 0.03, 0.1, 0.3, 1.0)  # inverse of the penalty


def read_pairs(folder: Path) -> dict[str, list[Pair]]:
    """The pairs of each part of the bank and of Persuasion for Good, by source."""
    found: dict[str, list[Pair]] = {}
    for file in sorted((folder / "bank").glob("*.jsonl")):
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        found[file.stem] = [(row["cue"], row["reply"]) for row in rows]
    with (folder / "p4g" / "persuader_sentences.csv").open(encoding="utf-8") as sentences:
        said = [row for row in csv.DictReader(sentences) if row["history"] != "<Start>"]
    return found | {"p4g": [(row["history"], row["sentence"]) for row in said]}


def train(folder: Path) -> dict[str, Any]:
    """The head as it is kept: weights of the columns, the bias that puts 0 between the two sides, and the slope."""
    pairs = read_pairs(folder)
    drawn = {source: _dialogues(of, random.Random(source)) for source, of in pairs.items()}
    strength, (loss, slope, right) = min(((c, _on_others(drawn, c)) for c in _STRENGTHS), key=lambda found: found[1][0])
    weights = _weights(list(chain(*drawn.values())), strength)
    middle = np.mean(
        [(rep.mean(axis=0) + customer.mean(axis=0)) / 2 for rep, customer in chain(*drawn.values())], axis=0
    )
    print(f"penalty 1/{strength}, loss {loss:.4f} where the source is unseen; right by source: {right}")
    return {
        "weights": [round(float(weight), 4) for weight in weights],
        "bias": round(-float(weights @ middle), 4),
        "slope": round(slope, 4),
        "trained_on": f"{sum(map(len, pairs.values()))} pairs: bank (own), Persuasion for Good (Apache-2.0)",
    }


def _dialogues(pairs: list[Pair], rng: random.Random) -> list[tuple[Columns, Columns]]:
    """(rep's sentences, customer's sentences) of dialogues drawn from pairs, as columns."""
    found = []
    for _ in range(_DIALOGUES):
        dialogue = rng.sample(pairs, min(len(pairs), rng.randint(2, _LONGEST)))
        customer, rep = ([s for pair in dialogue for s in sentences_of_text(pair[side])] for side in (0, 1))
        if customer and rep:
            found.append((np.array([columns(s) for s in rep]), np.array([columns(s) for s in customer])))
    return found


def _apart(dialogue: tuple[Columns, Columns]) -> Columns:
    rep, customer = dialogue
    return np.asarray((rep.mean(axis=0) - customer.mean(axis=0)) * weight_of(min(len(rep), len(customer))))


def _weights(dialogues: list[tuple[Columns, Columns]], strength: float) -> Columns:
    return _fit(np.array([_apart(dialogue) for dialogue in dialogues]), strength)


def _fit(apart: Columns, strength: float) -> Columns:
    """Whichever of the two is named first must not matter: both orders, no intercept."""
    both, labels = np.concatenate([apart, -apart]), np.repeat([1, 0], len(apart))
    model = LogisticRegression(fit_intercept=False, C=strength, max_iter=3000).fit(both, labels)
    return np.asarray(model.coef_[0])


def _on_others(
    drawn: dict[str, list[tuple[Columns, Columns]]], strength: float
) -> tuple[float, float, dict[str, float]]:
    """(log loss, slope, share right by source), each source by weights that the others gave."""
    odds = {}
    for source, dialogues in drawn.items():
        weights = _weights([d for other, of in drawn.items() if other != source for d in of], strength)
        odds[source] = np.array([_apart(dialogue) for dialogue in dialogues]) @ weights
    every = np.concatenate(list(odds.values()))
    slope = float(_fit(every[:, None], 10.0)[0])
    right = {source: round(float((found > 0).mean()), 3) for source, found in odds.items()}
    return float(np.log1p(np.exp(-slope * every)).mean()), slope, right


if __name__ == "__main__":
    WEIGHTS_FILE.write_text(json.dumps(train(Path(sys.argv[1]))) + "\n", encoding="utf-8")
    print(f"written: {WEIGHTS_FILE}")
