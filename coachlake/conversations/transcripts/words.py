"""Words with a speaker each into stretches of one speaker."""

import math
from collections.abc import Iterable
from dataclasses import replace

from coachlake.conversations.conversation import Word
from coachlake.conversations.transcripts.piece import Piece

# A pause longer than this inside one speaker's words starts a new stretch (seconds).
PAUSE_S = 0.8


def stretches(words: Iterable[tuple[str | None, Word]], noun: str = "stretch", pause_s: float = PAUSE_S) -> list[Piece]:
    """(speaker label, word) pairs in order as pieces, split where the speaker changes or pauses.

    A word without a label stays with its neighbours: a recogniser that cannot place a word gives it none.
    """
    runs: list[tuple[str | None, list[Word]]] = []
    for label, word in words:
        if (
            runs
            and (label is None or runs[-1][0] is None or label == runs[-1][0])
            and not _is_pause(runs[-1][1], word, pause_s)
        ):
            speaker, run = runs[-1]
            runs[-1] = (speaker if label is None else label, run)
            run.append(word)
        else:
            runs.append((label, [word]))
    return [
        Piece(f"{noun} {number}", label, " ".join(w.text for w in run), run[0].start_s, run[-1].end_s, tuple(run))
        for number, (label, run) in enumerate(runs, start=1)
    ]


def with_mark(word: Word, mark: str) -> Word:
    """A word with the punctuation that follows it."""
    return replace(word, text=word.text + mark.strip())


def _is_pause(run: list[Word], word: Word, pause_s: float) -> bool:
    gap = word.start_s - run[-1].end_s
    return math.isfinite(gap) and gap > pause_s
