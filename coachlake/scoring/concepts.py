"""What the project's own heads say about a sentence, as columns for a criterion's head.

A team writes five or ten examples a level. That is enough to say which of these well-founded concepts a level is
made of, but not to learn what a paraphrase or a hedge is from scratch.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coachlake.language.structure import structure
from coachlake.language.types import Utterance
from coachlake.signals.kit import SignalKit

CONCEPTS = (
    ("acknowledgement", "specific"),
    ("acknowledgement", "generic"),
    ("paraphrase", "paraphrase"),
    ("hedge", "undermining"),
    ("solution", "solution"),
    ("tension", "tense"),
)

# As for structure: a certain concept counts somewhat less than a clear difference in meaning, so anchors keep the say.
_SCALE = 0.7


class ConceptFeatures:
    """n moments as n × 12 columns: six of structure (0–0.6), six probabilities of concepts (0–0.7)."""

    def __init__(self, kit: SignalKit) -> None:
        self._kit = kit

    def __call__(self, moments: Sequence[Utterance]) -> NDArray[np.float32]:
        """The columns of each moment."""
        likely = [self._kit.likely(question, label, moments) for question, label in CONCEPTS]
        return np.concatenate([structure(moments), np.array(likely, np.float32).T * _SCALE], axis=1)
