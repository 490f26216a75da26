"""From the bank to a judge: fitted, measured on what was held out, its confidence set right, written for use."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.metrics import f1_score

from coachlake.files import write_whole
from coachlake.language.acts.labels import HEADS
from coachlake.language.acts.model import ActModel
from coachlake.language.types import Utterance
from training.acts.export import export
from training.acts.fit import Plan, fit
from training.acts.read import Item

_HELD_OUT = 0.08  # of the cues; all replies to a cue stay on one side
_BINS = 10


def train(items: Sequence[Item], folder: Path, plan: Plan = Plan()) -> dict[str, Any]:
    """Fit on most of `items`, write the model to `folder`, and return its card: figures on the rest by head (macro-F1
    over labels, n, expected calibration error), the temperatures its confidence is divided by (Guo et al. 2017), what
    it learned from."""
    held = [is_held_out(item) for item in items]
    seen = [item for item, out in zip(items, held, strict=True) if not out]
    unseen = [item for item, out in zip(items, held, strict=True) if out]
    card: dict[str, Any] = {"temperature": {}, "figures": {}, "sources": _sources(items), "seed": plan.seed}
    card["sha256"] = export(fit(seen, plan), folder, card)
    card |= measured(ActModel(folder), unseen)
    write_whole(folder / "card.json", (json.dumps(card, indent=1) + "\n").encode())
    return card


def measured(model: ActModel, unseen: Sequence[Item]) -> dict[str, dict[str, Any]]:
    """Head → temperature and figures of `model`, whose own temperatures are all 1: of the quantised one that judges,
    which is as sure of itself as the network it was made from only by and large."""
    acts = model.judge([Utterance(item.reply, item.cue) for item in unseen])
    found: dict[str, dict[str, Any]] = {"temperature": {}, "figures": {}}
    for head in HEADS:
        rows = [i for i, item in enumerate(unseen) if head in item.labels]
        if rows:
            labels = np.array([unseen[i].labels[head] for i in rows])
            scores = np.log(np.array([acts[i].chances[head] for i in rows]) + 1e-12).astype(np.float32)
            found["temperature"][head] = temperature = _temperature(scores, labels)
            found["figures"][head] = figures(scores / temperature, labels)
    return found


def figures(scores: NDArray[np.float32], labels: NDArray[np.int64]) -> dict[str, float]:
    """n, macro-F1 over the labels that occur, expected calibration error (10 bins, Naeini et al. 2015)."""
    shares = _shares(scores)
    names = sorted(set(labels.tolist()))
    f1 = f1_score(labels, shares.argmax(1), labels=names, average="macro", zero_division=0.0)
    error = calibration_error(shares, labels)
    return {"n": len(labels), "macro_f1": round(float(f1), 3), "calibration_error": round(error, 3)}


def calibration_error(shares: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """How far a label's probability is from how often it is right: |difference| a bin of 10, weighed by its size."""
    best, sure = shares.argmax(1), shares.max(1)
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    return sum(
        abs(float((best == labels)[bins == b].mean()) - float(sure[bins == b].mean())) * float((bins == b).mean())
        for b in range(_BINS)
        if (bins == b).any()
    )


def _temperature(scores: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    def loss(temperature: float) -> float:
        return -float(np.log(_shares(scores / temperature)[np.arange(len(labels)), labels] + 1e-9).mean())

    return round(float(minimize_scalar(loss, bounds=(0.3, 5.0), method="bounded").x), 3)


def _shares(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    found: NDArray[np.float32] = raised / raised.sum(axis=1, keepdims=True)
    return found


def is_held_out(item: Item) -> bool:
    """Whether no judge learns from `item`: by its cue (its reply where there is none), in every training."""
    said = item.cue or item.reply
    return int(sha256(said.encode()).hexdigest()[:8], 16) / 0xFFFFFFFF < _HELD_OUT


def _sources(items: Sequence[Item]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for item in items:
        counts[item.source] = counts.get(item.source, 0) + 1
    return counts
