"""A side that is muted or lost before the call ends: its silence is then not a quiet person."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from coachlake.speech.activity import Span
from coachlake.speech.levels import FRAME_S, levels_db

# The side must have spoken for so long before, and the other one for so long after (s).
_SPOKEN_S, _ALONE_S = 3.0, 15.0
# Without any change of the line's noise a side counts as lost when the other one speaks for this long (s) and this
# share of the whole.
_LONG_ALONE_S, _LONG_ALONE_SHARE = 60.0, 0.4
# A muted or dropped line changes its noise by so much (dB).
_NOISE_CHANGE_DB = 10.0


def lost_after(own: NDArray[np.float32], spans: Sequence[Span], others: Sequence[Span]) -> float | None:
    """When (s) the side with samples `own` (16 kHz) and speech `spans` falls silent for good while the other side goes
    on (`others`); None where it does not."""
    if _length(spans) < _SPOKEN_S:
        return None
    last = max(span.end_s for span in spans)
    alone = sum(max(0.0, span.end_s - max(span.start_s, last)) for span in others)
    if alone < _ALONE_S:
        return None
    is_long = alone > _LONG_ALONE_S and alone > _LONG_ALONE_SHARE * _length(others)
    return last if is_long or _has_noise_changed(own, last) else None


def _length(spans: Sequence[Span]) -> float:
    return sum(span.end_s - span.start_s for span in spans)


def _has_noise_changed(own: NDArray[np.float32], at_s: float) -> bool:
    levels = levels_db(own)
    split = round((at_s + 1.0) / FRAME_S)
    before, after = levels[:split], levels[split:]
    if before.size < 100 or after.size < 100:
        return False
    return abs(float(np.percentile(before, 10)) - float(np.percentile(after, 50))) > _NOISE_CHANGE_DB
