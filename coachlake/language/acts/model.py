"""The act model at work: int8 ONNX, one thread, each pair judged once."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coachlake.language.acts.labels import HEADS
from coachlake.language.acts.pairs import pair_tokens
from coachlake.language.types import Utterance
from coachlake.models.weights import WeightsError

SHIPPED = Path(__file__).with_name("shipped")
_MODEL, _CARD = "model.onnx", "card.json"


@dataclass(frozen=True)
class Acts:
    """What a sentence does: each head's labels with their probabilities (0–1, calibrated), and the vector under them
    (float32, 384, of length 1): equal acts on equal cues lie close, whatever they are about."""

    chances: Mapping[str, NDArray[np.float32]]
    vector: NDArray[np.float32]

    def chance(self, head: str, *labels: str) -> float:
        """How likely the sentence has one of `labels` under `head`, 0–1. Raises KeyError or ValueError for no such."""
        order = HEADS[head]
        return float(sum(self.chances[head][order.index(label)] for label in labels))

    def label(self, head: str) -> str:
        """The likeliest label of a head."""
        return HEADS[head][int(self.chances[head].argmax())]

    @cached_property
    def profile(self) -> NDArray[np.float32]:
        """All chances in one row, heads in their order."""
        return np.concatenate([self.chances[head] for head in HEADS]).astype(np.float32)


class ActModel:
    """Judges (cue, sentence) pairs. One at a time: with dynamic quantisation a result would otherwise depend on what
    else is in its batch."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        """`folder` holds model.onnx and card.json. Raises WeightsError where they are missing or do not belong
        together."""
        import onnxruntime

        self.card = checked_card(folder)
        self.fingerprint = f"acts-{self.card['sha256'][:12]}"
        self._temperature: dict[str, float] = self.card["temperature"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / _MODEL), sess_options=options, providers=["CPUExecutionProvider"]
        )
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._known: dict[tuple[str, str], Acts] = {}

    def judge(self, pairs: Sequence[Utterance]) -> list[Acts]:
        """The acts of each utterance against its cue, in order; a pair seen before costs nothing."""
        keys = [(pair.cue or "", pair.response) for pair in pairs]
        for key in keys:
            if key not in self._known:
                self._known[key] = self._acts(*key)
        return [self._known[key] for key in keys]

    def forget_all(self) -> None:
        """Memory stays that of one call."""
        self._known.clear()

    def _acts(self, cue: str, sentence: str) -> Acts:
        ids, segments = pair_tokens(cue, sentence)
        feed: dict[str, Any] = {"input_ids": np.array([ids], np.int64), "segments": np.array([segments], np.int64)}
        found = dict(zip(self._outputs, (output[0] for output in self._session.run(None, feed)), strict=True))
        vector = found.pop("vector")
        chances = {head: _softmax(found[head] / self._temperature.get(head, 1.0)) for head in HEADS}
        return Acts(chances, vector / max(float(np.linalg.norm(vector)), 1e-9))


def _softmax(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    raised = np.exp(scores - scores.max())
    shares: NDArray[np.float32] = raised / raised.sum()
    return shares


def checked_card(folder: Path) -> dict[str, Any]:
    """The card of the model in `folder`. Raises WeightsError where either is missing or they do not belong together."""
    try:
        card: dict[str, Any] = json.loads((folder / _CARD).read_text(encoding="utf-8"))
        content = (folder / _MODEL).read_bytes()
    except (OSError, ValueError) as error:
        raise WeightsError(f"no act model in {folder} ({error}): {_cure(folder)}") from error
    if hashlib.sha256(content).hexdigest() != card["sha256"]:
        raise WeightsError(f"{folder / _MODEL} is not the model that its card describes: {_cure(folder)}")
    return card


def _cure(folder: Path) -> str:
    return "reinstall coachlake" if folder == SHIPPED else "train it again, or judge by the shipped one (docs/judge.md)"
