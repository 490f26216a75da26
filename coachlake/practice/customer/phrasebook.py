"""The customer's words: each pool shuffled once a session, so that nothing repeats until everything was said."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from coachlake.practice.customer.feelings import Mood
from coachlake.practice.scenarios.schema import Manner

_LEAD_RATE, _TAIL_RATE = 0.25, 0.3
# What a sentence may start with after "Well,".
_PLAIN_STARTS = frozenset(
    """
a after all and anything at but by every everything for from if in it its my no nobody not on one only our since so some
somebody something that the there they this those to two up we what when where you your
""".split()  # noqa: SIM905
)
_DAYS = ("third", "ninth", "fourteenth", "twenty-second")
_MONTHS = ("February", "May", "August", "November")
_YEARS = ("sixty-eight", "seventy-four", "eighty-one", "eighty-six")


class Phrasebook:
    """Draws wording for one session; the same seed draws the same."""

    def __init__(self, seed: int, manner: Manner, names: Sequence[str]) -> None:
        self._rng = np.random.default_rng(seed)
        self._manner = manner
        self._decks: dict[tuple[str, ...], list[str]] = {}
        self.name = names[int(self._rng.integers(len(names)))]
        self._slots = {
            "name": self.name,
            "number": " ".join(str(digit) for digit in self._rng.integers(0, 10, 6)),
            "day": self.draw(_DAYS),
            "month": self.draw(_MONTHS),
            "year": self.draw(_YEARS),
        }

    def draw(self, pool: Sequence[str]) -> str:
        """A line of `pool`, none twice until all were drawn."""
        key = tuple(pool)
        if not self._decks.get(key):
            self._decks[key] = [key[i] for i in self._rng.permutation(len(key))]
        return self._decks[key].pop()

    def phrase(self, move: str, mood: Mood) -> str:
        """A phrase for a move that any customer may make."""
        tiers = phrases_of()[move]
        pool = tiers.get("curt") if self._manner == "curt" and mood != "hot" else tiers.get(mood)
        return self.fill(self.draw(pool or tiers["calm"]))

    def told(self, pool: Sequence[str], mood: Mood) -> str:
        """A line of the scenario's own, now and then with a lead-in or an afterthought."""
        line = self.fill(self.draw(pool))
        if self._manner == "curt":
            return line
        if self._rng.random() < _LEAD_RATE and (lowered := _lowered(line)):
            line = f"{self.phrase('lead', mood)} {lowered}"
        if self._manner == "wordy" and self._rng.random() < _TAIL_RATE:
            line = f"{line} {self.phrase('tail', mood)}"
        return line

    def fill(self, text: str) -> str:
        """`text` with the session's name and numbers."""
        for slot, value in self._slots.items():
            text = text.replace("{" + slot + "}", value)
        return text[0].upper() + text[1:]

    def delay(self) -> int:
        """0 or 1: how much later than at the earliest something comes up."""
        return int(self._rng.integers(0, 2))


def _lowered(line: str) -> str | None:
    """`line` as it goes on after a lead-in; None where it starts with a name or an exclamation and cannot."""
    first = line.split()[0]
    if first == "I" or first.startswith("I'"):
        return line
    is_plain = first.split("'")[0].lower() in _PLAIN_STARTS
    return line[0].lower() + line[1:] if is_plain else None


@cache
def phrases_of() -> dict[str, dict[Mood | str, list[str]]]:
    """move → mood (or `curt`) → what any customer may say."""
    from ruamel.yaml import YAML

    text = Path(__file__).with_name("phrases.yaml").read_text(encoding="utf-8")
    document: dict[str, Any] = YAML(typ="safe").load(text)
    return document
