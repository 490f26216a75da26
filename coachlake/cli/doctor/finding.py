"""What a check says."""

from dataclasses import dataclass
from typing import Literal

State = Literal["good", "note", "bad"]


@dataclass(frozen=True, slots=True)
class Finding:
    """`state`: good, worth knowing, or bad (the command then fails). `says`: what was seen, and what to do about it."""

    state: State
    says: str
