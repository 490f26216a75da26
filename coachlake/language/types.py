"""What any judge takes and gives. Signals and scorers depend on these, never on a particular model."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Encoder(Protocol):
    """Sentences into unit vectors. Implementations compute each distinct sentence once and keep it."""

    fingerprint: str

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """`n` texts into an array of n × dimension, each row of length 1."""
        ...


HARD_NEGATIVE_WEIGHT = 2.0


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled utterance that a head learns from: the response, what it answered, its label and how much it weighs.

    A hard negative has the topic or the words of its neighbours but not the behaviour: it marks where the
    behaviour ends, and weighs HARD_NEGATIVE_WEIGHT.
    """

    response: str
    label: str
    cue: str | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing to judge: what was said and, where there is one, the customer's words it answers."""

    response: str
    cue: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judge's answer. `label` is None where it abstains; `confidence` and `probabilities` are 0–1."""

    label: str | None
    confidence: float
    probabilities: dict[str, float] = field(default_factory=dict)


class Judge(Protocol):
    """Labels utterances. Deterministic for a fingerprint: the same utterances give the same verdicts."""

    @property
    def fingerprint(self) -> str:
        """Names everything a verdict depends on."""
        ...

    def judge(self, utterances: Sequence[Utterance]) -> list[Verdict]:
        """One verdict an utterance, in order. Raises RuntimeError only where the model itself cannot run."""
        ...
