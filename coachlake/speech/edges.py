"""Word times from the recogniser, put right by where speech really starts and stops.

A recogniser's word times are good to about 0.2 s inside a phrase and worse at its edges: the first word starts in
the silence before it, the last one of a phrase is lost where the speaker breaks off. Who cut whom off is decided
exactly there.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from coachlake.conversations.conversation import Turn, Word
from coachlake.speech.activity import Span

# Speech this long past a turn's first or last recognised word belongs to the turn: words the recogniser lost.
# Longer is something else, a backchannel or a laugh it did not write down.
_LOST_S = 0.8
_SHORTEST_S = 0.02


def within_speech(words: Sequence[Word], spans: Sequence[Span]) -> list[Word]:
    """Each word trimmed to the stretch of speech it shares most time with; one that shares none stays as it is."""
    if not spans:
        return list(words)
    starts, ends = np.array([span.start_s for span in spans]), np.array([span.end_s for span in spans])
    return [_trimmed(word, starts, ends) for word in words]


def _trimmed(
    word: Word,
    starts: "np.ndarray[tuple[int], np.dtype[np.float64]]",
    ends: "np.ndarray[tuple[int], np.dtype[np.float64]]",
) -> Word:
    shared = np.minimum(ends, word.end_s) - np.maximum(starts, word.start_s)
    best = int(shared.argmax())
    if float(shared[best]) <= 0:
        return word
    start = max(word.start_s, float(starts[best]))
    return replace(word, start_s=start, end_s=max(start + _SHORTEST_S, min(word.end_s, float(ends[best]))))


def to_speech_edges(turns: Sequence[Turn], spans: Sequence[Span]) -> list[Turn]:
    """Turns of one speaker, in time order, reaching to the edges of that speaker's speech (`spans`, in time order)."""
    edged = []
    for position, turn in enumerate(turns):
        before = turns[position - 1].end_s if position else 0.0
        after = turns[position + 1].start_s if position + 1 < len(turns) else float("inf")
        own = [span for span in spans if span.end_s > turn.start_s and span.start_s < turn.end_s]
        start = max(before, min([turn.start_s, *(s.start_s for s in own if turn.start_s - s.start_s <= _LOST_S)]))
        end = min(after, max([turn.end_s, *(s.end_s for s in own if s.end_s - turn.end_s <= _LOST_S)]))
        edged.append(replace(turn, start_s=min(start, turn.start_s), end_s=max(end, turn.end_s)))
    return edged
