"""BT OASIS: calls to a telephone operator (Leech & Weisser 2003, SPAAC acts), written down without marks.

`bt_oasis/*.lturn.xml` holds the acts of one side (a: the operator, b: the caller) and points to its words, which lie
beside it in `*.unit.xml` (or `.xml` files of that name in any folder below). Names and numbers are codes there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from coachlake.conversations.conversation import Speaker
from evaluation.sets.find import NothingLabelledError, find

_CHILD = "{http://nite.sourceforge.net/}child"
_ID = re.compile(r"id\(([^)]+)\)")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a turn with its grammatical form (`q_wh`, `q_yn`, `decl`, …) and its act (`reqInfo`, `offer`, …)."""

    text: str
    form: str
    act: str


@dataclass(frozen=True, slots=True)
class OperatorTurn:
    """A turn of a call, as its segments."""

    speaker: Speaker
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """What was said, without marks or capitals."""
        return " ".join(segment.text for segment in self.segments if segment.text)


@cache
def calls(folder: Path) -> dict[str, tuple[OperatorTurn, ...]]:
    """Call → its turns in order, of the calls whose words are there for both sides. Raises NothingLabelledError where
    there are acts and no words."""
    place = find(folder, "bt_oasis")
    words = {path.name: path for path in place.rglob("*.unit.xml")}
    names = sorted(path.name.removesuffix(".a.lturn.xml") for path in place.glob("*.a.lturn.xml"))
    known = [name for name in names if all(f"{name}.{side}.unit.xml" in words for side in "ab")]
    if not known:
        raise NothingLabelledError("bt_oasis: acts without their words (*.unit.xml)")
    return {name: _call(place, name, words) for name in known}


def _call(place: Path, name: str, words: dict[str, Path]) -> tuple[OperatorTurn, ...]:
    numbered: list[tuple[tuple[int, ...], OperatorTurn]] = []
    sides: tuple[tuple[str, Speaker], ...] = (("a", "rep"), ("b", "customer"))
    for side, speaker in sides:
        file = place / f"{name}.{side}.lturn.xml"
        if file.exists():
            numbered += _turns(file, speaker, _words(words[f"{name}.{side}.unit.xml"]))
    return tuple(turn for _, turn in sorted(numbered, key=lambda one: one[0]) if turn.text)


def _turns(file: Path, speaker: Speaker, words: dict[str, str]) -> Iterator[tuple[tuple[int, ...], OperatorTurn]]:
    places = {name: at for at, name in enumerate(words)}
    said = list(words.values())
    for turn in ElementTree.parse(file).getroot().iter("lturn"):
        segments = tuple(
            Segment(_text(segment, places, said), segment.get("type", ""), segment.get("sp-act", ""))
            for segment in turn.iter("segment")
        )
        # "…lturn.7.1" was said within or after turn 7.
        number = tuple(int(part) for part in turn.get("id", "").split("lturn.")[-1].split("."))
        yield number, OperatorTurn(speaker, segments)


def _text(segment: ElementTree.Element, places: dict[str, int], said: list[str]) -> str:
    pieces = []
    for child in segment.iter(_CHILD):
        ends = [places[name] for name in _ID.findall(child.get("href", "")) if name in places]
        if ends:
            pieces += said[ends[0] : ends[-1] + 1]
    return " ".join(piece for piece in pieces if piece)


def _words(file: Path) -> dict[str, str]:
    """Id → word in order; a coded name or number as what it is a code for."""
    units = ElementTree.parse(file).getroot()
    return {unit.get("id", ""): (unit.text or unit.get("description") or "").strip() for unit in units}
