"""Whose words an unnamed cue holds, where other cues carry names in front of their text.

Captions write a name where the speaker changes and leave it out while the same person goes on. Others write one on
every cue, and a cue without one is then somebody whom the tool did not know. Which convention a file follows shows in
its names: if the same name never stands on two named cues in a row, names mark changes, and an unnamed cue goes on.
Otherwise it goes on only where the sentence before it was left open. (WebVTT voice tags are a third convention: a
voice holds for its own cue alone; see formats/webvtt.py.)
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from coachlake.conversations.endings import has_marks
from coachlake.conversations.transcripts.piece import Piece

_CLOSES = (".", "?", "!", "…", '."', '?"', '!"', "。", "？", "！")


def with_continuations(pieces: Sequence[Piece], new: Sequence[bool]) -> list[Piece]:
    """Pieces in order, the unnamed ones that go on given to the speaker before them.

    `new[i]`: a sign in front of piece i says that another person begins to speak (`>>`).
    """
    names = [piece.label for piece in pieces if piece.label is not None]
    marks_changes = len(set(names)) > 1 and all(a != b for a, b in pairwise(names))
    is_marked = has_marks([piece.text for piece in pieces])
    made: list[Piece] = []
    for piece, is_new in zip(pieces, new, strict=True):
        before = made[-1] if made else None
        if piece.label is None and before is not None and not is_new and before.label is not None:
            is_open = is_marked and not before.text.rstrip().endswith(_CLOSES)
            if marks_changes or is_open or not before.text.strip():
                piece = replace(piece, label=before.label)
        made.append(piece)
    return made
