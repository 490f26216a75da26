"""After which words a sentence ends, by the words alone: marks, capitals and pauses have no part in it.

A small transformer: MiniLM's word vectors as they are, and its first layers fine-tuned on punctuated text whose marks
and capitals were taken away (`python -m training.boundaries.train`). Run in numpy, on one core.
"""

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

from coachlake.conversations.word_pieces import WordPieces
from coachlake.models.weights import WeightsError, verified_weight

WEIGHTS_FILE = Path(__file__).with_name("boundaries.npz")
WEIGHTS_SHA256 = "fdec6de3ab779667398b9013b9825b288fb7527aa20befdc64295efd9101d94a"
# The model sees this many pieces at once; of a longer text, windows that overlap by half.
_WINDOW = 160
_HEADS = 12
NOTHING, CLAUSE, SENTENCE = range(3)

Matrix = NDArray[np.float32]


class BoundaryModel:
    """How likely a clause or a sentence ends after each word."""

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        """`weights`: arrays by name, as `training.boundaries.export` writes them. Raises WeightsError where MiniLM is
        missing or wrong."""
        self._w = {name: _full(weights, name) for name in weights if not name.endswith("/scale")}
        minilm = verified_weight("minilm")
        self._pieces = WordPieces(minilm.with_name("vocab.txt").read_text(encoding="utf-8").splitlines())
        self._vectors = _Vectors(minilm)
        self._layers = 1 + max(int(name.split(".")[1]) for name in self._w if name.startswith("layers."))

    def chances(self, words: Sequence[str]) -> Matrix:
        """n words in their one form (`words_said`) into n × 3: nothing, a clause, a sentence ends after it, 0–1."""
        if not words:
            return np.zeros((0, 3), np.float32)
        pieces = [self._pieces.of(word) for word in words]
        last = np.array(list(accumulate(len(found) for found in pieces))) - 1
        numbers = np.array([number for found in pieces for number in found])
        scores = np.concatenate([self._scores(numbers[a:b])[c - a : d - a] for a, b, c, d in _windows(len(numbers))])
        odds = np.exp(scores[last] - scores[last].max(axis=1, keepdims=True))
        chances: Matrix = odds / odds.sum(axis=1, keepdims=True)
        return chances

    def _scores(self, numbers: NDArray[np.int64]) -> Matrix:
        w = self._w
        x = self._normed(self._linear(self._vectors.of(numbers), "turned") + w["places"][: len(numbers)], "norm")
        for layer in range(self._layers):
            at = f"layers.{layer}."
            x = self._normed(x + self._attended(x, at), f"{at}norm1")
            inner = _gelu(self._linear(x, f"{at}linear1"))
            x = self._normed(x + self._linear(inner, f"{at}linear2"), f"{at}norm2")
        return self._linear(x, "out")

    def _attended(self, x: Matrix, at: str) -> Matrix:
        length, width = x.shape
        parts = self._linear(x, f"{at}self_attn.in_proj").reshape(length, 3, _HEADS, width // _HEADS)
        query, key, value = parts.transpose(1, 2, 0, 3)
        near = query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(width // _HEADS))
        near = np.exp(near - near.max(axis=2, keepdims=True))
        near /= near.sum(axis=2, keepdims=True)
        return self._linear((near @ value).transpose(1, 0, 2).reshape(length, width), f"{at}self_attn.out_proj")

    def _linear(self, x: Matrix, name: str) -> Matrix:
        found: Matrix = x @ self._w[f"{name}.weight"].T + self._w[f"{name}.bias"]
        return found

    def _normed(self, x: Matrix, name: str) -> Matrix:
        x = x - x.mean(axis=1, keepdims=True)
        spread = np.sqrt(np.square(x).mean(axis=1, keepdims=True) + np.float32(1e-12))
        found: Matrix = x / spread * self._w[f"{name}.weight"] + self._w[f"{name}.bias"]
        return found


class _Vectors:
    """MiniLM's vectors of word pieces, read as they are asked for: a call has some hundreds of 30,522."""

    def __init__(self, minilm: Path) -> None:
        weights: Any = safe_open(str(minilm), framework="numpy")
        self._rows = weights.get_slice("embeddings.word_embeddings.weight")
        self._known: dict[int, Matrix] = {}

    def of(self, numbers: NDArray[np.int64]) -> Matrix:
        for number in set(numbers.tolist()).difference(self._known):
            self._known[number] = self._rows[number]
        return np.stack([self._known[number] for number in numbers.tolist()])


@cache
def load_boundary_model() -> BoundaryModel:
    """The shipped model, loaded once a process. Raises WeightsError where a file is missing or not the pinned one."""
    content = WEIGHTS_FILE.read_bytes()
    if hashlib.sha256(content).hexdigest() != WEIGHTS_SHA256:
        raise WeightsError(f"{WEIGHTS_FILE} is not the pinned one: pip install --force-reinstall coachlake")
    with np.load(io.BytesIO(content), allow_pickle=False) as weights:
        return BoundaryModel(dict(weights))


def _full(weights: Mapping[str, NDArray[np.generic]], name: str) -> Matrix:
    """A matrix kept as whole numbers from -127 to 127, one scale a row, as float32; another array as it is."""
    found = weights[name].astype(np.float32)
    return found * weights[f"{name}/scale"].astype(np.float32)[:, None] if f"{name}/scale" in weights else found


def _windows(length: int) -> Iterator[tuple[int, int, int, int]]:
    """(from, to) of each window and the (from, to) of it that is used: each piece from where it stands most amid."""
    step = _WINDOW // 2
    starts = list(range(0, max(1, length - _WINDOW + step), step))
    for start in starts:
        used_from = start if start == 0 else start + step // 2
        end = min(length, start + _WINDOW)
        used_to = length if start == starts[-1] else start + step + step // 2
        yield start, end, used_from, used_to


def _gelu(x: Matrix) -> Matrix:
    inner = np.float32(np.sqrt(2 / np.pi)) * (x + np.float32(0.044715) * x * x * x)
    found: Matrix = np.float32(0.5) * x * (1 + np.tanh(inner))
    return found
