"""MiniLM sentence vectors from ONNX: no torch, one thread, each sentence computed once."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coachlake.models.profiles import load_profile, load_weight
from coachlake.models.weights import verified_weight

_MAX_TOKENS = 256  # the model's own training length


class MiniLmEncoder:
    """all-MiniLM-L6-v2, int8. Sentences go through one by one: with dynamic quantisation a vector would otherwise
    depend on what else is in its batch, and a score on what else was in its call."""

    dimension = 384

    def __init__(self, weight: str) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(verified_weight(weight)), sess_options=options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {item.name for item in self._session.get_inputs()}
        self._tokenizer: Any = Tokenizer.from_file(str(_tokenizer_file()))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(_MAX_TOKENS)
        self._known: dict[str, NDArray[np.float32]] = {}
        self.fingerprint = f"minilm-{load_weight(weight).sha256[:12]}"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """`n` texts into n × 384 rows of length 1; a text seen before costs nothing."""
        for text in texts:
            if text not in self._known:
                self._known[text] = self._vector(text)
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        return np.stack([self._known[text] for text in texts])

    def remember(self, vectors: Mapping[str, NDArray[np.float32]]) -> None:
        """Take in vectors computed by an earlier run of the same model."""
        self._known.update(vectors)

    def forget_all(self) -> dict[str, NDArray[np.float32]]:
        """Everything known so far, which is forgotten: memory stays that of one call."""
        known, self._known = self._known, {}
        return known

    def _vector(self, text: str) -> NDArray[np.float32]:
        encoding = self._tokenizer.encode(text or " ")
        fields = {
            "input_ids": encoding.ids,
            "attention_mask": encoding.attention_mask,
            "token_type_ids": encoding.type_ids,
        }
        feed = {name: np.array([values], np.int64) for name, values in fields.items() if name in self._inputs}
        output: NDArray[np.float32] = self._session.run(None, feed)[0]
        pooled = output[0].mean(axis=0) if output.ndim == 3 else output[0]
        unit: NDArray[np.float32] = (pooled / max(float(np.linalg.norm(pooled)), 1e-9)).astype(np.float32)
        return unit


def load_encoder(profile: str = "embedded") -> MiniLmEncoder:
    """The sentence encoder of a model profile. Raises WeightsError where its weights are missing or wrong."""
    return MiniLmEncoder(load_profile(profile).encoder)


def _tokenizer_file() -> Path:
    # The int8 package carries the graph alone; the vocabulary is that of the fp32 package.
    return verified_weight("minilm").with_name("tokenizer.json")
