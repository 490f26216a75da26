"""Two judges on the same held-out items, head by head: a worse one is not let in force."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coachlake.files import write_whole
from coachlake.language.acts.labels import HEADS
from coachlake.language.acts.model import ActModel
from coachlake.language.types import Utterance
from training.acts.read import Item
from training.acts.train import calibration_error, is_held_out

MOST_CALIBRATION_ERROR = 0.05
_DRAWS = 200
_COMPARED = "compared.json"
Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class HeadToHead:
    """A head of both judges: macro-F1 over the labels that occur, the standard error of their difference (bootstrap
    over items, both judges on the same draw; Efron & Tibshirani 1993), the candidate's expected calibration error."""

    head: str
    n: int
    before: float
    after: float
    standard_error: float
    calibration_error: float

    @property
    def fault(self) -> str | None:
        """What keeps the candidate from judging; None where nothing does."""
        if self.before - self.after > self.standard_error:
            fallen = f"macro-F1 fell from {self.before:.3f} to {self.after:.3f}"
            return f"{self.head}: {fallen}, more than its standard error of {self.standard_error:.3f}"
        if self.calibration_error > MOST_CALIBRATION_ERROR:
            return f"{self.head}: calibration error {self.calibration_error:.3f} is over {MOST_CALIBRATION_ERROR}"
        return None


def compare(before: ActModel, after: ActModel, items: Sequence[Item], seed: int = 0) -> list[HeadToHead]:
    """Each head that the held-out ones of `items` know, in the order of HEADS. Neither judge has learned from these:
    what is held out goes by the cue, whatever else is in the bank. Raises ValueError where none is held out."""
    unseen = [item for item in items if is_held_out(item)]
    if not unseen:
        raise ValueError("none of these items is held out: there is nothing to compare two judges on")
    pairs = [Utterance(item.reply, item.cue) for item in unseen]
    chances = [model.judge(pairs) for model in (before, after)]
    found = []
    for head in HEADS:
        rows = [i for i, item in enumerate(unseen) if head in item.labels]
        if rows:
            labels = np.array([unseen[i].labels[head] for i in rows])
            old, new = (np.array([acts[i].chances[head] for i in rows]) for acts in chances)
            found.append(_head_to_head(head, labels, old, new, seed))
    return found


def keep_comparison(folder: Path, against: ActModel, found: Sequence[HeadToHead]) -> None:
    """Write beside the candidate in `folder` how it compares with the judge `against`."""
    content = {"against": against.fingerprint, "heads": [asdict(head) for head in found], "faults": faults(found)}
    write_whole(folder / _COMPARED, (json.dumps(content, indent=1) + "\n").encode())


def has_passed(folder: Path, against: ActModel) -> bool:
    """Whether the candidate in `folder` was compared with the judge `against` and found no worse."""
    file = folder / _COMPARED
    kept = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return kept.get("against") == against.fingerprint and kept.get("faults") == []


def faults(found: Sequence[HeadToHead]) -> list[str]:
    """What keeps the candidate from judging, head by head."""
    return [fault for head in found if (fault := head.fault)]


def _head_to_head(
    head: str, labels: Labels, old: NDArray[np.float32], new: NDArray[np.float32], seed: int
) -> HeadToHead:
    before, after = old.argmax(1), new.argmax(1)
    rng, n = np.random.default_rng(seed), len(labels)
    fell = []
    for _ in range(_DRAWS):
        drawn = rng.integers(0, n, n)
        fell.append(macro_f1(labels[drawn], after[drawn]) - macro_f1(labels[drawn], before[drawn]))
    return HeadToHead(
        head,
        n,
        macro_f1(labels, before),
        macro_f1(labels, after),
        float(np.std(fell)),
        calibration_error(new, labels),
    )


def macro_f1(labels: Labels, best: Labels) -> float:
    """F1 of each label that occurs in `labels`, averaged."""
    names = np.unique(labels)
    hits = np.array([((labels == name) & (best == name)).sum() for name in names])
    each = np.array([(labels == name).sum() + (best == name).sum() for name in names])
    return float((2 * hits / each).mean())
