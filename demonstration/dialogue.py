"""What is said in a demonstration call, with the level each rep answer was written to show."""

from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

import numpy as np

from coachlake.conversations.conversation import Speaker
from coachlake.rubrics.schema import Level
from coachlake.yaml_files import read_yaml

Kind = Literal["say", "backchannel", "cut"]
_CUSTOMERS = (
    "Rosa Lindt",
    "Tom Adair",
    "Maya Ferris",
    "Karl Boone",
    "Nora Walsh",
    "Imran Sayed",
    "Lucy Tran",
    "Otto Berg",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_MONTHS = ("January", "February", "March")
# How far a single answer strays from the rep's latent skill, and where levels begin on that scale.
_NOISE, _GOOD_FROM, _AVERAGE_FROM = 0.2, 0.6, 0.38
# Share of long customer statements that the least skilled rep cuts off; and how much of one is heard by then.
_CUT_RATE, _CUT_AT = 0.6, (0.7, 0.85)
_LONG_WORDS = 9


@dataclass(frozen=True, slots=True)
class Line:
    """One stretch of speech. `criterion`/`level`: what the rep's answer was written to show. A `cut` line starts
    before the line before it has ended, which breaks off; a `backchannel` lies inside the line before it."""

    speaker: Speaker
    text: str
    kind: Kind = "say"
    criterion: str | None = None
    level: Level | None = None
    is_heated: bool = False
    is_broken_off: bool = False
    names_day: bool = False


@dataclass
class _Writer:
    """Writes one call, line after line."""

    rng: np.random.Generator
    content: dict[str, Any]
    scenario: dict[str, Any]
    skills: dict[str, float]
    slots: dict[str, str]
    lines: list[Line] = field(default_factory=list)

    def customer(self, text: str, *, is_heated: bool = False) -> None:
        self.lines.append(Line("customer", self._fill(text), is_heated=is_heated))
        if len(text.split()) >= _LONG_WORDS and self.rng.random() < 0.25:
            self.lines.append(Line("rep", self._pick(["Mm-hm.", "Right.", "I see."]), "backchannel"))

    def rep(self, text: str, criterion: str | None = None, level: Level | None = None) -> None:
        names_day = "{day}" in text
        self.lines.append(Line("rep", self._fill(text), self._kind(), criterion, level, names_day=names_day))

    def draw(self, skill: str) -> Level:
        value = self.rng.normal(self.skills[skill], _NOISE)
        return "good" if value > _GOOD_FROM else "average" if value > _AVERAGE_FROM else "poor"

    def answer(self, skill: str, good: list[str], key: str) -> Level:
        level = self.draw(skill)
        pool = good if level == "good" else self.content[level][key]
        self.rep(self._pick(pool), skill, level)
        return level

    def _kind(self) -> Kind:
        """Whether the rep cuts in: only on a long statement, the less often the better the rep lets people finish."""
        before = self.lines[-1] if self.lines else None
        if before is None or before.speaker == "rep" or len(before.text.split()) < _LONG_WORDS:
            return "say"
        if self.rng.random() > _CUT_RATE * (1 - self.skills["interruptions"]):
            return "say"
        words = before.text.split()
        heard = max(5, int(len(words) * self.rng.uniform(*_CUT_AT)))
        self.lines[-1] = replace(before, text=" ".join(words[:heard]).rstrip(".,!?"), is_broken_off=True)
        return "cut"

    def _pick(self, pool: list[Any]) -> Any:
        return pool[int(self.rng.integers(len(pool)))]

    def _fill(self, text: str) -> str:
        return text.format(**self.slots)

    def opening(self) -> None:
        self.rep(self._pick(self.content["greeting"]))
        self.customer(self.scenario["concern"])
        self.answer("active_listening", self.scenario["paraphrase"], "listening")
        self.customer(self._pick(["Yes, that's it.", "Exactly.", "Yes, that is right."]))

    def discovery(self) -> None:
        open_pool, fact_pool = list(self.scenario["open_questions"]), list(self.scenario["facts"])
        for _ in range(2):
            level = self.draw("open_questions")
            pool = open_pool if level == "good" else fact_pool
            if level == "poor" or not pool:
                question, reply = self._pick(self.content["data"])
                level = "poor"
            else:
                question, reply = pool.pop(int(self.rng.integers(len(pool))))
            self.rep(question, "open_questions", level)
            self.customer(reply)

    def trouble(self, *, is_heated: bool) -> None:
        self.customer(self.scenario["trouble"])
        self.answer("empathy", self.scenario["empathy"], "empathy")
        if is_heated:
            self.customer(self.scenario["heated"], is_heated=True)
            self.answer("emotional_regulation", self.content["good"]["regulation"], "regulation")

    def resolution(self, *, is_rejected: bool) -> None:
        self.customer(self._pick(["So what happens now?", "And what can you do about it?", "Okay, so what now?"]))
        self._solution(self.scenario["solution"], self.scenario["hedged"])
        if is_rejected:
            self.customer(self.scenario["rejection"])
            level = self.draw("adaptability")
            pool = {"good": self.scenario["other"], "poor": self.scenario["repeat"]}
            self.rep(self._pick(pool.get(level, self.content["average"]["adaptability"])), "adaptability", level)
        self.customer(self._pick(self.content["thanks"]))

    def _solution(self, firm: list[str], hedged: list[str]) -> None:
        firm, hedged = list(firm), list(hedged)
        for _ in range(2):
            level: Level = "poor" if self.draw("resolution_confidence") == "poor" else "good"
            pool = hedged if level == "poor" else firm
            self.rep(pool.pop(int(self.rng.integers(len(pool)))), "resolution_confidence", level)

    def closing(self) -> None:
        self.answer("next_step", self.content["good"]["next_step"], "next_step")
        self.customer(self._pick(self.content["thanks"]))
        self.rep(self._pick(self.content["bye"]))
        self.customer("Bye.")


def write_dialogue(
    rng: np.random.Generator, rubric_id: str, rep_name: str, skills: dict[str, float]
) -> tuple[list[Line], str]:
    """One call's lines and its queue. `skills` are the rep's latent skills (0–1) that week."""
    content = demo_content(rubric_id)
    scenario = content["scenarios"][int(rng.integers(len(content["scenarios"])))]
    slots = {
        "rep": rep_name,
        "customer": _CUSTOMERS[int(rng.integers(len(_CUSTOMERS)))],
        "day": _DAYS[int(rng.integers(len(_DAYS)))],
        "month": _MONTHS[int(rng.integers(len(_MONTHS)))],
        "amount": str(int(rng.integers(4, 30)) * 10),
    }
    is_hard = scenario["queue"] == content["hard_queue"]
    writer = _Writer(rng, content, scenario, skills, slots)
    writer.opening()
    writer.discovery()
    writer.trouble(is_heated=bool(rng.random() < (0.6 if is_hard else 0.25)))
    writer.resolution(is_rejected=bool(rng.random() < 0.6))
    writer.closing()
    return writer.lines, str(scenario["queue"])


@cache
def demo_content(rubric_id: str) -> dict[str, Any]:
    """What is said on one line of business."""
    path = Path(__file__).with_name("content") / f"{rubric_id}.yaml"
    content: dict[str, Any] = read_yaml(path)
    return content
