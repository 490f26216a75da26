"""One bad input, and what may become of it."""

from dataclasses import dataclass
from typing import Literal

# scored, asked, refused: of a call. told: a feed's row or a file is named with its reason. ignored: listed, no call.
Became = Literal["scored", "asked", "refused", "told", "ignored"]
ANY: tuple[Became, ...] = ("scored", "asked", "refused", "told", "ignored")


@dataclass(frozen=True, slots=True)
class BadInput:
    """`kind` and `name` say what it is; `found_as` by which id, entry or file name it must turn up; `may` what may
    become of it; `says` what its reason must hold (None: any reason in plain words)."""

    kind: str
    name: str
    found_as: str
    may: tuple[Became, ...] = ("refused",)
    says: str | None = None
