"""The excerpts, read from their files: turns, and which tokens of them are identifiers."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coachlake.conversations.transcript import Segment, Transcript

Half = Literal["development", "held_out"]
KINDS = {
    "card": "CARD", "nid": "NATIONAL_ID", "bank": "BANK_ACCOUNT", "phone": "PHONE", "email": "EMAIL",
    "addr": "ADDRESS", "dob": "DATE_OF_BIRTH", "name": "NAME", "?": "",
}  # fmt: skip
# As a company would list its customers: full names, and each part of them.
NAMES = (
    "Sandra Hollingbury", "Sandra", "Hollingbury", "Cathal Devaney", "Cathal", "Devaney", "Terrence Ogletree",
    "Terrence", "Ogletree", "Marisol Quintanar", "Marisol", "Quintanar", "Venkatesan Iyengar", "Venkatesan", "Iyengar",
    "Rukhsana",
)  # fmt: skip
# Written before the patterns were read, and halved; another lot was written to be looked at.
FIRST_LOT = ("america.txt", "britain_and_ireland.txt", "india.txt", "mixed.txt", "more.txt", "none.txt")
_MARKED = re.compile(r"\[([a-z]+|\?)\|([^]]+)\]")
_TURN_S = 6.0


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier: its kind (empty: may stay or go), its turn, its tokens there, and what is said."""

    kind: str
    turn: int
    tokens: range
    text: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Turns of (speaker, text) and the identifiers in them."""

    source: str
    accent: str
    turns: tuple[tuple[str, str], ...]
    identifiers: tuple[Identifier, ...]

    @property
    def half(self) -> Half:
        """The half it is in, by a hash of its text; what was written after the first look is development."""
        if self.source not in FIRST_LOT:
            return "development"
        said = "\n".join(text for _, text in self.turns)
        return "development" if hashlib.sha256(said.encode()).digest()[0] % 2 else "held_out"

    def transcript(self) -> Transcript:
        """As a transcript of six seconds a turn, without word times."""
        segments = tuple(
            Segment({"R": "rep", "C": "customer"}[who], _TURN_S * at, _TURN_S * at + 5, text)
            for at, (who, text) in enumerate(self.turns)
        )
        return Transcript(segments, (), "written", duration_s=_TURN_S * len(segments))


def excerpts(half: Half | None = None) -> list[Excerpt]:
    """All excerpts, or those of one half."""
    files = sorted(Path(__file__).parent.glob("*.txt"))
    every = [_read(file.name, block) for file in files for block in file.read_text(encoding="utf-8").split("\n\n")]
    return [excerpt for excerpt in every if half in (None, excerpt.half)]


def _read(source: str, block: str) -> Excerpt:
    head, *lines = block.strip().splitlines()
    turns, found = [], list[Identifier]()
    for at, line in enumerate(lines):
        who, _, marked = line.partition(": ")
        turns.append((who, _MARKED.sub(r"\2", marked)))
        found += _identifiers(at, marked)
    return Excerpt(source, head.removeprefix("# ").strip(), tuple(turns), tuple(found))


def _identifiers(turn: int, marked: str) -> Iterator[Identifier]:
    for match in _MARKED.finditer(marked):
        first = len(_MARKED.sub(r"\2", marked[: match.start()]).split())
        yield Identifier(KINDS[match[1]], turn, range(first, first + len(match[2].split())), match[2])
