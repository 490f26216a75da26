"""What is found: its kind, and the tokens of one speaker's stream that say it."""

from typing import Literal, NamedTuple

Kind = Literal[
    "CARD", "NATIONAL_ID", "BANK_ACCOUNT", "PHONE", "EMAIL", "ADDRESS", "DATE_OF_BIRTH", "NAME", "NUMBER"
]  # fmt: skip


class Found(NamedTuple):
    """An identifier in the tokens `first` to `last` (positions in the stream, both included)."""

    kind: Kind
    first: int
    last: int
    signs: str = ""  # the digits and letters of the number it is of, empty for wording
