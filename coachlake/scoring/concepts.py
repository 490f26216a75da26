"""What a sentence does, as columns for a criterion's head.

A team writes five or ten examples a level. That is enough to say which acts a level is made of, but not to learn what
a paraphrase or a hedge is from scratch: the act model has learned that, on pairs of every line of business.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coachlake.language.acts.model import ActModel
from coachlake.language.times import names_a_time
from coachlake.language.types import Utterance

# A certain act counts as much as a clear difference in meaning (unit vectors differ by about 1); so does a time named.
_ACT, _TIME, _VECTOR = 1.0, 0.6, 1.0


class ActFeatures:
    """n moments as n × (labels + 1 + 384) columns: the chance of every act, whether a time is named, the act vector."""

    def __init__(self, acts: ActModel) -> None:
        self._acts = acts

    def __call__(self, moments: Sequence[Utterance]) -> NDArray[np.float32]:
        """The columns of each moment."""
        judged = self._acts.judge(moments)
        times = np.array([[names_a_time(moment.response)] for moment in moments], np.float32)
        profiles = np.stack([acts.profile for acts in judged])
        vectors = np.stack([acts.vector for acts in judged])
        return np.concatenate([profiles * _ACT, times * _TIME, vectors * _VECTOR], axis=1).astype(np.float32)
