"""Cues of captions (WebVTT, SRT, SBV) into pieces."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from coachlake.conversations.transcripts.names import said_in
from coachlake.conversations.transcripts.piece import Piece
from coachlake.conversations.transcripts.unnamed import with_continuations

# Tags of WebVTT and SRT: <i>, <c.yellow>, <00:00:01.000>, <font color="…">, {\an8}. A "<" before a blank is text.
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<\d+(?::\d+)+(?:\.\d+)?>|\{\\an?\d+\}")


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue: its number in the file, times in seconds (None: cannot be read), text with tags, identifier."""

    number: int
    start_s: float | None
    end_s: float | None
    text: str
    identifier: str = ""

    def shared(self, spans: Sequence[tuple[str | None, str]]) -> list[Piece]:
        """The cue's time shared by length among (label, text) spans in order."""
        spans = [(label, text) for label, text in spans if text.strip()]
        start, end = self.start_s, self.end_s
        if len(spans) <= 1 or start is None or end is None or end <= start:
            return [Piece(f"cue {self.number}", label, text, start, end) for label, text in spans]
        whole = sum(len(text) for _, text in spans)
        pieces, clock = [], start
        for label, text in spans:
            until = clock + (end - start) * len(text) / whole
            pieces.append(Piece(f"cue {self.number}", label, text, clock, until))
            clock = until
        return pieces


def without_tags(text: str) -> str:
    """A cue's text with tags taken out and character references resolved."""
    return html.unescape(_TAG.sub("", text))


def named_in_front(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces of which some carry names otherwise: those without one are read for a name in front of their text."""
    known = {piece.label for piece in pieces if piece.label is not None}
    said = iter(said_in([piece.text for piece in pieces if piece.label is None], known))
    made: list[Piece] = []
    for piece in pieces:
        parts = [part for part in next(said) if part.text] if piece.label is None else []
        if len(parts) == 1:
            piece = replace(piece, label=parts[0].label, text=parts[0].text)
        made.append(piece)
    return made


def pieces_of_cues(cues: Sequence[Cue]) -> list[Piece]:
    """Pieces of cues that carry names in front of their text, or none."""
    plain = [without_tags(cue.text) for cue in cues]
    pieces: list[Piece] = []
    new: list[bool] = []
    for cue, said in zip(cues, said_in(plain), strict=True):
        made = cue.shared([(part.label, part.text) for part in said if part.text])
        if not made and said and said[-1].label:
            # A name on a cue of its own: whoever it names speaks in the next.
            made = [Piece(f"cue {cue.number}", said[-1].label, "", cue.start_s, cue.end_s)]
            new.append(True)
        else:
            new += [part.is_new for part in said if part.text]
        pieces += made
    return with_continuations(pieces, new)
