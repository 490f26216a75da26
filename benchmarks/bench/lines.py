"""A line of the table: what was compared, what came out, and what it should be."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median

_PACKAGES = ("faster-whisper", "ctranslate2", "pyannote-audio", "torch", "ray", "duckdb", "dbt-core", "dagster")


@dataclass(frozen=True, slots=True)
class Line:
    """`figure` as it is shown, `goal` as it is set ("" where there is none), `is_met` where both can be compared;
    `of` says what it is made of."""

    what: str
    figure: str
    goal: str = ""
    is_met: bool | None = None
    of: str = ""


def ratio(what: str, above: Sequence[float], below: Sequence[float], goal: float, *, at_most: bool, of: str) -> Line:
    """The median over the repetitions of one measure divided by another of the same repetition."""
    found = median(a / b for a, b in zip(above, below, strict=True))
    sign, is_met = ("≤", found <= goal) if at_most else ("≥", found >= goal)
    return Line(what, f"{found:.2f}", f"{sign} {goal:g}", is_met, of)


def middle(values: Sequence[float], digits: int = 0) -> str:
    """The median, with what it lies between where there are several."""
    if len(values) == 1:
        return f"{values[0]:.{digits}f}"
    return f"{median(values):.{digits}f} [{min(values):.{digits}f}, {max(values):.{digits}f}]"


def machine() -> dict[str, str]:
    """What was measured on: cores, load, Python and packages."""
    found = {"cores": str(os.cpu_count()), "load (1, 5, 15 min)": load(), "Python": platform.python_version()}
    return found | {name: version(name) for name in _PACKAGES}


def load() -> str:
    """How busy the machine is: processes that run or wait for a core, over 1, 5 and 15 minutes."""
    return ", ".join(f"{one:.1f}" for one in os.getloadavg())


def as_table(lines: Sequence[Line]) -> str:
    """Markdown."""
    met = {True: "met", False: "missed", None: ""}
    rows = [f"| {line.what} | {line.figure} | {line.goal} | {met[line.is_met]} | {line.of} |" for line in lines]
    return "\n".join(["| measured | result | goal | | made of |", "|---|---|---|---|---|", *rows])
