"""Whether two ways of writing a person's name mean the same person."""

import re
import unicodedata
from collections.abc import Sequence

_INTRODUCING = r"(?:this is|my name is|my name's|i am|i'm|it's|speaking with|you're through to)\s+"
_OPENING_TURNS = 4
# Letters that no decomposition takes apart.
_WHOLE_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})
# Only what is written as a name: "this is about" and "I'm sorry" introduce nobody.
_NAMED_SELF = re.compile(
    r"(?i:my name is|my name's|this is|you're speaking with|you're through to)\s+([A-Z][a-z]+)"
    r"|\b([A-Z][a-z]+) speaking\b"
)


def same_person(known: str, label: str) -> bool:
    """Whether a label ("RUIZ, Ana", "ana.ruiz@example.com", "Ana R.") can be the person known as ("Ana Ruiz").

    Letters only, without accents or case. Every part of the shorter name must be a part of the longer one, or its
    initial; a label that is a single initial is nobody.
    """
    first, second = _parts(known), _parts(label)
    if not first or not second:
        return False
    shorter, longer = sorted((first, second), key=len)
    if all(len(part) == 1 for part in shorter):
        return False
    return all(any(_same_part(part, other) for other in longer) for part in shorter)


def introduces_as(spoken: Sequence[str], name: str) -> bool:
    """Whether somebody introduces themself by (the first part of) `name` in their first turns."""
    parts = _parts(name)
    if not parts:
        return False
    start = _plain(" ".join(spoken[:_OPENING_TURNS]))
    return bool(re.search(rf"{_INTRODUCING}{re.escape(parts[0])}\b|\b{re.escape(parts[0])} (?:speaking|here)\b", start))


def introductions(spoken: Sequence[str]) -> list[str]:
    """The first names somebody gives themself in their first turns ("this is Ana", "Ana speaking"), as written."""
    start = " ".join(spoken[:_OPENING_TURNS])
    return [first or second for first, second in _NAMED_SELF.findall(start)]


def _same_part(part: str, other: str) -> bool:
    return part == other or (min(len(part), len(other)) == 1 and part[0] == other[0])


def _parts(name: str) -> list[str]:
    without = re.sub(r"[(\[].*?[)\]]|@.*$", " ", name)
    return re.findall(r"[^\W\d_]+", _plain(without))


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return plain.translate(_WHOLE_LETTERS)
