"""A small head over sentence vectors, fitted from written examples: no training by the user, under a second."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coachlake.language.types import Encoder, Example, Utterance, Verdict

Features = Callable[[Sequence[Utterance]], NDArray[np.float32]]
# Below this probability of its best label a head abstains. Two labels at .5 each say nothing; .55 is the least
# that still separates the project's own held-out examples (`coachlake eval`).
ABSTAIN_BELOW = 0.55


@dataclass(frozen=True, slots=True)
class ExemplarHead:
    """A fitted head; a Judge."""

    fingerprint: str
    _model: Any
    _encoder: Encoder
    _features: Features | None
    _uses_cue: bool
    _abstain_below: float

    def judge(self, utterances: Sequence[Utterance]) -> list[Verdict]:
        """One verdict an utterance; label None where the best label is less likely than the abstention threshold."""
        if not utterances:
            return []
        matrix = _matrix(utterances, self._encoder, self._features, uses_cue=self._uses_cue)
        labels = [str(label) for label in self._model.classes_]
        return [self._verdict(labels, row) for row in _probabilities(self._model, matrix)]

    def _verdict(self, labels: list[str], row: NDArray[np.floating[Any]]) -> Verdict:
        best = int(row.argmax())
        confidence = float(row[best])
        label = labels[best] if confidence >= self._abstain_below else None
        return Verdict(label, confidence, {name: float(p) for name, p in zip(labels, row, strict=True)})


def fit_head(
    examples: Sequence[Example],
    encoder: Encoder,
    *,
    features: Features | None = None,
    uses_cue: bool = False,
    abstain_below: float = ABSTAIN_BELOW,
) -> ExemplarHead:
    """Fit a head on labelled examples (at least two labels).

    A multinomial logistic regression on the response's vector; `uses_cue` adds the cue's vector and their product
    (does the response share meaning with what it answers?), `features` further columns an utterance. Classes weigh
    equally. Raises ValueError where fewer than two labels are given.
    """
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    labels = [example.label for example in examples]
    if len(set(labels)) < 2:
        raise ValueError(f"a head needs examples of at least two labels, not only {sorted(set(labels))}")
    utterances = [Utterance(example.response, example.cue) for example in examples]
    weights = [example.weight for example in examples]
    # C: unit vectors need weak regularisation; 10 was best of 1, 10, 100 by leave-one-out on the project's examples.
    model = LogisticRegression(C=10.0, class_weight="balanced", max_iter=2000)
    matrix = _matrix(utterances, encoder, features, uses_cue=uses_cue)
    with threadpool_limits(1):  # some hundred rows: threads would wait for each other longer than they work
        model.fit(matrix, labels, sample_weight=weights)
    return ExemplarHead(_fingerprint(examples, encoder), model, encoder, features, uses_cue, abstain_below)


def _matrix(
    utterances: Sequence[Utterance], encoder: Encoder, features: Features | None, *, uses_cue: bool
) -> NDArray[np.float32]:
    responses = encoder.encode([utterance.response for utterance in utterances])
    parts = [responses]
    if uses_cue:
        cues = encoder.encode([utterance.cue or "" for utterance in utterances])
        overlap = np.sum(responses * cues, axis=1, keepdims=True)
        parts += [responses * cues * 4.0, overlap * 2.0]
    if features:
        parts.append(features(utterances))
    return np.concatenate(parts, axis=1)


def _probabilities(model: Any, matrix: NDArray[np.float32]) -> NDArray[np.floating[Any]]:
    """n × labels: `model.predict_proba(matrix)` to the last bit, without its checks of the argument, which cost many
    times the arithmetic where a turn is a row or two."""
    from scipy.special import expit

    scores: NDArray[np.floating[Any]] = matrix @ model.coef_.T + model.intercept_
    if scores.shape[1] == 1:  # two labels: one score, the second's
        second = expit(scores[:, 0])
        return np.stack([1 - second, second], axis=1)
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: NDArray[np.floating[Any]] = raised / raised.sum(axis=1, keepdims=True)
    return shares


def _fingerprint(examples: Sequence[Example], encoder: Encoder) -> str:
    content = "\x1e".join(f"{e.cue}\x1f{e.response}\x1f{e.label}\x1f{e.weight}" for e in examples)
    return hashlib.sha256(f"{encoder.fingerprint}\x1e{content}".encode()).hexdigest()[:12]
