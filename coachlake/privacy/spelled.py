"""Digits and letters as people say them, and as recognisers write what they say."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_UNITS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "naught": "0", "nil": "0", "one": "1", "two": "2", "three": "3",
    "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "niner": "9",
}  # fmt: skip
_TEENS = {
    word: str(number)
    for number, word in enumerate(
        re.findall(r"\S+", """ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"""),
        start=10,
    )
}
_TENS = {
    word: str(10 * number)
    for number, word in enumerate(
        re.findall(r"\S+", """twenty thirty forty fifty sixty seventy eighty ninety"""), start=2
    )
} | {"fourty": "40"}
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_NOUGHTS = {"hundred": "00", "thousand": "000"}
_ALPHABET = {
    word: word[0].upper()
    for word in re.findall(
        r"\S+",
        """alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november
oscar papa quebec romeo sierra tango uniform victor whiskey whisky xray yankee zulu""",
    )
} | {"x-ray": "X"}
NUMBER_WORDS = frozenset({*_UNITS, *_TEENS, *_TENS, *_TIMES, *_NOUGHTS}) - {"o", "oh"}
# Written numbers: a whole one with its separators, not an amount, a share, a time or a rank.
_WRITTEN = re.compile(r"\+?\(?\d[\d\-()/ ]*")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:,\d+)+")  # Whisper writes dictated digits with commas
_POINTED = re.compile(r"\d+(?:\.\d+){2,}|\d{1,4}\.\d{3,}")  # and with points
_FEWEST_POINTED = 6
_FEWEST_GROUPED = 9  # digits from which such a number is no amount
_CODE = re.compile(r"(?=[a-z\d-]*\d)(?=[a-z\d-]*[a-z])[a-z\d]+(?:-[a-z\d]+)*")
_RANK = re.compile(r"\d+(?:st|nd|rd|th)")
_AROUND = ".,;:!?\"'“”’…"


class Said(NamedTuple):
    """What a run of tokens says: its digits and capital letters, and how many tokens it takes."""

    text: str
    taken: int


def bare(token: str) -> str:
    """A token in lower case without the punctuation around it."""
    return token.strip(_AROUND).lower()


def said_at(tokens: Sequence[str], at: int) -> Said | None:
    """The digits or letters that the bare tokens say from position `at` on; None where they say none."""
    token = tokens[at]
    if token == "double" and at + 1 < len(tokens) and tokens[at + 1] == "u":
        return Said("W", 2)
    if is_hundred(tokens, at):
        return Said("1" + _NOUGHTS[tokens[at + 1]], 2)
    if token in _TIMES and at + 1 < len(tokens) and (after := said_at(tokens, at + 1)):
        return Said(after.text[0] * _TIMES[token] + after.text[1:], 1 + after.taken)
    if digits := _digits(token):
        return _with_noughts(tokens, at, Said(digits, 1))
    if token in _TENS:
        unit = _UNITS.get(tokens[at + 1]) if at + 1 < len(tokens) and tokens[at + 1] not in ("oh", "o") else None
        said = Said(_TENS[token][0] + unit, 2) if unit and unit != "0" else Said(_TENS[token], 1)
        return _with_noughts(tokens, at, said)
    if "-" in token and (parts := token.split("-")) and all(map(_is_part, parts)):
        return _with_noughts(tokens, at, Said(_joined(parts), 1))
    return _letters(tokens, at)


def _is_part(part: str) -> bool:
    """Whether it is one of what recognisers join with hyphens: `five-two`, `8-9-6`, `B-double-5`, `O-G-L`."""
    is_number = part in _UNITS or part in _TEENS or part in _TENS or part in _TIMES or part.isdigit()
    return is_number or (len(part) == 1 and part.isalpha())


def _joined(parts: Sequence[str]) -> str:
    text, at = "", 0
    while at < len(parts):
        said = said_at(parts, at)
        if said is None:
            return text
        text, at = text + said.text, at + said.taken
    return text


def _digits(token: str) -> str | None:
    if word := _UNITS.get(token) or _TEENS.get(token):
        return word if token != "o" else None
    if _WRITTEN.fullmatch(token):
        return re.sub(r"\D", "", token)
    if _POINTED.fullmatch(token) and len(digits := token.replace(".", "")) >= _FEWEST_POINTED:
        return digits
    if _GROUPED.fullmatch(token) and len(digits := token.replace(",", "")) >= _FEWEST_GROUPED:
        return digits
    return None


def _with_noughts(tokens: Sequence[str], at: int, said: Said) -> Said:
    after = at + said.taken
    if after < len(tokens) and tokens[after] in _NOUGHTS and said.text.strip("0"):
        return Said(said.text + _NOUGHTS[tokens[after]], said.taken + 1)
    return said


def _letters(tokens: Sequence[str], at: int) -> Said | None:
    token = tokens[at]
    if token in _ALPHABET:
        return Said(_ALPHABET[token], 1)
    if _CODE.fullmatch(token) and not _RANK.fullmatch(token):
        return Said(token.replace("-", "").upper(), 1)
    if len(token) == 1 and token.isascii() and token.isalpha():
        return Said(token.upper(), 1 + explained(tokens, at))
    return None


def is_hundred(tokens: Sequence[str], at: int) -> bool:
    """Whether "a hundred" or "a thousand" stands at a position."""
    return tokens[at] == "a" and at + 1 < len(tokens) and tokens[at + 1] in _NOUGHTS


def explained(tokens: Sequence[str], at: int) -> int:
    """How many tokens after the letter at `at` say which it is: two in "b for bravo", three in "b as in boy"."""
    for length in (2, 3):
        after = tokens[at + 1 : at + 1 + length]
        is_so = len(after) == length and tuple(after[:-1]) in (("for",), ("as",), ("as", "in"), ("like",))
        if is_so and len(after[-1]) > 1 and after[-1].startswith(tokens[at]):
            return length
    return 0
