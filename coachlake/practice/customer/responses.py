"""The customer's acts as words: each pool shuffled once a session, so that nothing repeats until all was said."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np

from coachlake.practice.customer.acts import CustomerAct, CustomerFunction
from coachlake.practice.customer.affect import Tone
from coachlake.practice.scenarios.schema import Scenario
from coachlake.yaml_files import read_yaml

_LEAD_IN_RATE, _AFTERTHOUGHT_RATE = 0.25, 0.3
# What a sentence may start with after "Well,".
_PLAIN_STARTS = frozenset(
    """
a after all and anything at but by every everything for from if in it its my no nobody not on one only our since so some
somebody something that the there they this those to two up we what when where you your
""".split()  # noqa: SIM905
)
Framing = Literal["lead_in", "afterthought"]
_DAYS = ("third", "ninth", "fourteenth", "twenty-second")
_MONTHS = ("February", "May", "August", "November")
_YEARS = ("sixty-eight", "seventy-four", "eighty-one", "eighty-six")


class ResponseGenerator:
    """Words acts for one session; the same scenario and seed word them the same."""

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        self._scenario, self._manner = scenario, scenario.customer.manner
        self._decks: dict[tuple[str, ...], list[str]] = {}
        names = scenario.customer.names
        self.name = names[int(self._rng.integers(len(names)))]
        self._slots = {
            "name": self.name,
            "number": " ".join(str(digit) for digit in self._rng.integers(0, 10, 6)),
            "day": self._draw(_DAYS),
            "month": self._draw(_MONTHS),
            "year": self._draw(_YEARS),
        }
        # 0 or 1: how many rep turns later than at the earliest something comes up.
        self.delay = int(self._rng.integers(0, 2))

    def text(self, acts: Sequence[CustomerAct], tone: Tone) -> str:
        """All acts in words, in order; what two acts share is said once."""
        return " ".join(dict.fromkeys(self._worded(act, tone) for act in acts))

    def _worded(self, act: CustomerAct, tone: Tone) -> str:
        pool = _scenario_lines(self._scenario, act)
        if act.function in ("opening", "closing"):
            return self._filled(self._draw(pool))
        return self._from_scenario(pool, tone) if pool else self._general(act.function, tone)

    def _draw(self, pool: Sequence[str]) -> str:
        """A line of `pool`, none twice until all were drawn."""
        key = tuple(pool)
        if not self._decks.get(key):
            self._decks[key] = [key[i] for i in self._rng.permutation(len(key))]
        return self._decks[key].pop()

    def _general(self, key: CustomerFunction | Framing, tone: Tone) -> str:
        """A phrase any customer may say."""
        tones = general_responses()[key]
        pool = tones.get("curt") if self._manner == "curt" and tone != "angry" else tones.get(tone)
        return self._filled(self._draw(pool or tones["calm"]))

    def _from_scenario(self, pool: Sequence[str], tone: Tone) -> str:
        """A line of the scenario's own, now and then with a lead-in or an afterthought."""
        line = self._filled(self._draw(pool))
        if self._manner == "curt":
            return line
        if self._rng.random() < _LEAD_IN_RATE and (lowered := _lowered(line)):
            line = f"{self._general('lead_in', tone)} {lowered}"
        if self._manner == "wordy" and self._rng.random() < _AFTERTHOUGHT_RATE:
            line = f"{line} {self._general('afterthought', tone)}"
        return line

    def _filled(self, text: str) -> str:
        """`text` with the session's name and numbers."""
        for slot, value in self._slots.items():
            text = text.replace("{" + slot + "}", value)
        return text[0].upper() + text[1:]


def _scenario_lines(scenario: Scenario, act: CustomerAct) -> tuple[str, ...]:
    """The scenario's own lines for an act; empty where `responses.yaml` has them."""
    match act:
        case CustomerAct("opening"):
            return scenario.opening
        case CustomerAct("closing"):
            return scenario.closing
        case CustomerAct("fact", str(fact)):
            return scenario.fact(fact).answers
        case CustomerAct("issue", str(issue)):
            return scenario.issue(issue).says
        case CustomerAct("brings_back", str(issue)):
            return scenario.issue(issue).brings_back
        case CustomerAct("would_work", str(challenge)):
            return scenario.challenge(challenge).would_work
        case CustomerAct("reject_other", str(challenge)):
            return scenario.challenge(challenge).says_otherwise
        case CustomerAct("trouble" | "escalation" | "rejection", str(challenge)):
            return scenario.challenge(challenge).says
    return ()


def _lowered(line: str) -> str | None:
    """`line` as it goes on after a lead-in; None where it starts with a name or an exclamation and cannot."""
    first = line.split()[0]
    if first == "I" or first.startswith("I'"):
        return line
    is_plain = first.split("'")[0].lower() in _PLAIN_STARTS
    return line[0].lower() + line[1:] if is_plain else None


@cache
def general_responses() -> dict[str, dict[Tone | str, list[str]]]:
    """Act → tone (or `curt`) → what any customer may say."""
    document: dict[str, Any] = read_yaml(Path(__file__).with_name("responses.yaml"))
    return document
