"""Train the head that tells a rep's sentences from a customer's, and write it beside the encoder it reads.

    python -m training.role_head DIR

`DIR` holds `bank/*.jsonl` ((cue, reply) pairs written for this project) and `p4g/persuader_sentences.csv` (Persuasion
for Good, Apache-2.0). A sentence is a customer's where it is in a cue or what the persuader answers, a rep's where it
is in a reply or the persuader's. How sure a difference between two speakers is, is fitted on dialogues drawn from
pairs that the sentence head has not seen.
"""

import csv
import json
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from coachlake.conversations.rep_likeness import rep_likeness
from coachlake.language.encoder import load_encoder
from coachlake.language.role_head import ROLE_HEAD_FILE, sentences_of_text

Pair = tuple[str, str]  # what the customer said, what the rep said
Vectors = dict[str, NDArray[np.float32]]
_FOLDS, _DIALOGUES, _P4G_PAIRS = 5, 3000, 1500
_LONGEST = 12  # pairs in a drawn dialogue


def read_pairs(folder: Path) -> list[tuple[str, Pair]]:
    """(source, pair) from the bank and from Persuasion for Good, the same every time."""
    found: list[tuple[str, Pair]] = []
    for file in sorted((folder / "bank").glob("*.jsonl")):
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        found += [(file.stem, (row["cue"], row["reply"])) for row in rows]
    with (folder / "p4g" / "persuader_sentences.csv").open(encoding="utf-8") as sentences:
        said = [row for row in csv.DictReader(sentences) if row["history"] != "<Start>"]
    random.Random(0).shuffle(said)
    return found + [("p4g", (row["history"], row["sentence"])) for row in said[:_P4G_PAIRS]]


def train(folder: Path) -> dict[str, Any]:
    """The head as it is kept: weights and bias over a sentence's vector, slopes of the two differences."""
    pairs, encoder = read_pairs(folder), load_encoder("embedded")
    texts = sorted({s for _, pair in pairs for side in pair for s in sentences_of_text(side)})
    vectors: Vectors = dict(zip(texts, encoder.encode(texts), strict=True))
    order = np.random.default_rng(0).permutation(len(pairs))
    features = np.concatenate([_held_out(pairs, order, held, vectors) for held in np.array_split(order, _FOLDS)])
    # Whichever of the two is named first must not matter: both orders, no intercept.
    both, labels = np.concatenate([features, -features]), np.repeat([1, 0], len(features))
    slopes = LogisticRegression(fit_intercept=False, C=10).fit(both, labels).coef_[0]
    head = _fit([pair for _, pair in pairs], vectors)
    return {
        "weights": [round(float(w), 5) for w in head.coef_[0]],
        "bias": round(float(head.intercept_[0]), 5),
        "slope_sentences": round(float(slopes[0]), 4),
        "slope_manner": round(float(slopes[1]), 4),
        "trained_on": f"{len(pairs)} pairs: bank (own), Persuasion for Good (Apache-2.0)",
    }


def _held_out(
    pairs: list[tuple[str, Pair]], order: NDArray[np.int64], held: NDArray[np.int64], vectors: Vectors
) -> NDArray[np.float64]:
    seen = _fit([pairs[i][1] for i in sorted(set(order) - set(held))], vectors)
    return _differences([pairs[i] for i in held], seen, vectors)


def _fit(pairs: list[Pair], vectors: Vectors) -> LogisticRegression:
    sides = [(label, said) for pair in pairs for label, said in enumerate(pair)]
    known = [(vectors[sentence], label) for label, said in sides for sentence in sentences_of_text(said)]
    x, y = np.array([vector for vector, _ in known]), np.array([label for _, label in known])
    return LogisticRegression(C=3, max_iter=3000, class_weight="balanced").fit(x, y)


def _differences(pairs: list[tuple[str, Pair]], head: LogisticRegression, vectors: Vectors) -> NDArray[np.float64]:
    """Dialogues drawn from pairs of one source: rep minus customer, by their sentences and by their manner."""
    rng, by_source = random.Random(1), dict[str, list[Pair]]()
    for source, pair in pairs:
        by_source.setdefault(source, []).append(pair)
    found = []
    for _ in range(_DIALOGUES // _FOLDS):
        of = by_source[rng.choice(sorted(by_source))]
        dialogue = rng.sample(of, min(len(of), rng.randint(2, _LONGEST)))
        customer, rep = ([pair[side] for pair in dialogue] for side in (0, 1))
        means = _mean(customer, head, vectors), _mean(rep, head, vectors)
        manner = rep_likeness(rep, None).score - rep_likeness(customer, None).score
        if means[0] is not None and means[1] is not None:
            found.append((means[1] - means[0], manner))
    return np.array(found)


def _mean(said: list[str], head: LogisticRegression, vectors: Vectors) -> float | None:
    found = [vectors[s] for text in said for s in sentences_of_text(text)]
    return float(head.decision_function(np.array(found)).mean()) if found else None


if __name__ == "__main__":
    ROLE_HEAD_FILE.write_text(json.dumps(train(Path(sys.argv[1]))) + "\n", encoding="utf-8")
    print(f"written: {ROLE_HEAD_FILE}")
