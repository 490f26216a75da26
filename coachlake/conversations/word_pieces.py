"""Words as pieces of a vocabulary, the longest first (WordPiece, Wu et al. 2016)."""

import re
from collections.abc import Sequence

_PARTS = re.compile(r"[^\W_]+|[^\w\s]")
_LONGEST_WORD = 40  # characters; longer is no word


class WordPieces:
    """A vocabulary of pieces: those that begin a word, and those that go on ("##ing")."""

    def __init__(self, pieces: Sequence[str], unknown: str = "[UNK]") -> None:
        """`pieces`: the vocabulary; a piece's number is its place. Raises ValueError without `unknown` among them."""
        self.pieces = tuple(pieces)
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        if unknown not in self._numbers:
            raise ValueError(f"a vocabulary needs a piece for what it does not know, {unknown!r}")
        self._unknown = self._numbers[unknown]
        self._known: dict[str, list[int]] = {}

    def of(self, word: str) -> list[int]:
        """The numbers of a word's pieces, one at least."""
        if word not in self._known:
            self._known[word] = [n for part in _PARTS.findall(word) for n in self._split(part)] or [self._unknown]
        return self._known[word]

    def _split(self, part: str) -> list[int]:
        found, start = list[int](), 0
        while start < len(part) <= _LONGEST_WORD:
            before = "##" if start else ""
            ends = range(len(part), start, -1)
            end = next((end for end in ends if before + part[start:end] in self._numbers), None)
            if end is None:
                return [self._unknown]
            found.append(self._numbers[before + part[start:end]])
            start = end
        return found or [self._unknown]
