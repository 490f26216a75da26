"""Speech packed into windows for a recogniser that reads 30 s at a time, and its words put back where they were.

A recogniser that is cut in mid-word invents one; a long silence makes it invent a sentence. So a window holds whole
stretches of speech with a little of the silence around each, and no more (Bain et al. 2023, WhisperX: "VAD cut and
merge").
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from coachlake.conversations.conversation import Word
from coachlake.speech.activity import Span
from coachlake.speech.decode import SAMPLE_RATE_HZ

WINDOW_S = 29.5
# Kept before and after a stretch: the recogniser hears a weak onset, and that the sentence is over.
PAD_S = 0.5


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces of a recording, in order, that are heard as one; at most 30 s in all."""

    pieces: tuple[Span, ...]

    @property
    def duration_s(self) -> float:
        """Length of what is heard, in seconds."""
        return sum(end - start for start, end in self.pieces)

    def cut(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """The window's samples (16 kHz), taken from the recording's."""
        return np.concatenate([samples[_sample(start) : _sample(end)] for start, end in self.pieces])

    def placed(self, word: Word) -> Word:
        """A word timed within the window, timed within the recording; it stays inside its piece."""
        offset, middle = 0.0, (word.start_s + word.end_s) / 2
        for start, end in self.pieces:
            if middle <= offset + end - start or (start, end) == self.pieces[-1]:
                shift = start - offset
                first = min(max(word.start_s + shift, start), end)
                return Word(word.text, first, max(first, min(word.end_s + shift, end)), word.probability)
            offset += end - start
        return word


def windows(spans: Sequence[Span], duration_s: float) -> Iterator[Window]:
    """Windows over the speech of a recording, in time order."""
    pieces: list[Span] = []
    for piece in _pieces(spans, duration_s):
        if pieces and sum(end - start for start, end in pieces) + piece.end_s - piece.start_s > WINDOW_S:
            yield Window(tuple(pieces))
            pieces = []
        pieces.append(piece)
    if pieces:
        yield Window(tuple(pieces))


def _pieces(spans: Sequence[Span], duration_s: float) -> Iterator[Span]:
    """Stretches with the silence around them; close ones joined, ones longer than a window cut between spans."""
    current: Span | None = None
    for span in spans:
        padded = Span(max(0.0, span.start_s - PAD_S), min(duration_s, span.end_s + PAD_S))
        if current and padded.start_s <= current.end_s and padded.end_s - current.start_s <= WINDOW_S:
            current = Span(current.start_s, padded.end_s)
            continue
        if current:
            yield from _halved(current)
        current = Span(max(padded.start_s, current.end_s), padded.end_s) if current else padded
    if current:
        yield from _halved(current)


def _halved(piece: Span) -> Iterator[Span]:
    """A stretch without a pause that is longer than a window, in equal parts."""
    parts = int(np.ceil((piece.end_s - piece.start_s) / WINDOW_S))
    edges = np.linspace(piece.start_s, piece.end_s, parts + 1)
    for start, end in pairwise(edges):
        yield Span(float(start), float(end))


def _sample(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE_HZ)
