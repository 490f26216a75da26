"""Whether what is left of an identifier's words still tells it."""

import re
from collections.abc import Sequence

from coachlake.privacy.spelled import bare, said_at

_TELLING_DIGITS, _TELLING_LETTERS, _TELLING_WORD = 3, 4, 4
# Words of many identifiers, which tell none.
_COMMON = frozenset(
    re.findall(
        r"\S+",
        """double triple treble underscore hyphen dash gmail yahoo hotmail outlook icloud street road avenue lane drive
court close terrace crescent gardens flat apartment unit number nineteen twenty thousand hundred plus that this with
charlie delta papa lima pause""",
    )
)


def is_readable(left: Sequence[str], text: str) -> bool:
    """Whether the tokens `left` hold three digits in a row of an identifier (all, if it has fewer), four of its spelled
    letters in a row, or a word of it."""
    said, there = _signs(text.split()), _signs(left)
    digits, heard = _only(said, str.isdigit), _only(there, str.isdigit)
    if digits and _share(digits, heard) >= min(_TELLING_DIGITS, len(digits)):
        return True
    letters, spelled = _only(said, str.isalpha), _only(there, str.isalpha)
    if len(letters) >= _TELLING_LETTERS and _share(letters, spelled) >= _TELLING_LETTERS:
        return True
    return bool(_words(text.split()) & _words(left))


def _words(tokens: Sequence[str]) -> set[str]:
    words = {word for token in tokens for word in re.findall(r"[a-z]+", token.lower())}
    return {w for w in words if len(w) >= _TELLING_WORD and w not in _COMMON and said_at([w], 0) is None}


def _signs(tokens: Sequence[str]) -> str:
    """Digits and letters that the tokens say, whatever hyphens or commas stand between."""
    parts = [part for token in tokens for part in re.split(r"[-,./@]+", bare(token)) if part]
    signs, at = "", 0
    while at < len(parts):
        said = said_at(parts, at)
        signs, at = (signs + said.text, at + said.taken) if said else (signs + " ", at + 1)
    return signs


def _only(signs: str, is_one: object) -> str:
    return "".join(sign for sign in signs if is_one(sign))  # type: ignore[operator]


def _share(whole: str, part: str) -> int:
    """Length of the longest stretch that both have."""
    return max(
        (n for n in range(1, len(whole) + 1) if any(whole[i : i + n] in part for i in range(len(whole) - n + 1))),
        default=0,
    )
