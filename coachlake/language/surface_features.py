"""Columns that tell how a sentence is built, whatever it is about: what sentence vectors hardly see."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from coachlake.language.types import Utterance
from coachlake.language.words import lowered


class SurfaceFeatures:
    """n utterances as n × `width` columns of 0–1, from the response alone."""

    def __init__(self, columns: Callable[[str], list[float]], width: int) -> None:
        """`columns`: a sentence in lower case with straight apostrophes → its `width` columns."""
        self._columns, self._width = columns, width

    def __call__(self, utterances: Sequence[Utterance]) -> NDArray[np.float32]:
        """The columns of each utterance; the cue is not looked at."""
        rows = [self._columns(lowered(utterance.response)) for utterance in utterances]
        return np.array(rows, np.float32).reshape(len(utterances), self._width)
