"""What became of a fault or a bad input, and the table of many."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal, get_args

from rich.table import Table

# right: afterwards everything is as if nothing had happened, or what was bad is told with its reason.
# lost: a row is missing, doubled or silently other than it should be.
# blocked: something else than what was hit did not come through, or a run waited for ever.
# raw: a person was shown a stack trace or an exception's own words.
Verdict = Literal["right", "lost", "blocked", "raw"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
_HEADERS: dict[Verdict, str] = {"right": "right", "lost": "lost", "blocked": "blocked others", "raw": "raw exceptions"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case: its `kind` (a row of the table), which one it was, what became of it, and a word on it if not right."""

    kind: str
    case: str
    outcome: Verdict
    note: str = ""


def table(outcomes: Sequence[Outcome], title: str = "What becomes of faults and bad input") -> Table:
    """Tried and each verdict, a row a kind and their sums below."""
    shown = Table(title=title, show_footer=True)
    shown.add_column("kind", footer="all")
    shown.add_column("tried", justify="right", footer=str(len(outcomes)))
    sums = Counter(outcome.outcome for outcome in outcomes)
    for verdict in VERDICTS:
        shown.add_column(_HEADERS[verdict], justify="right", footer=str(sums[verdict]))
    for kind in dict.fromkeys(outcome.kind for outcome in outcomes):
        counts = Counter(outcome.outcome for outcome in outcomes if outcome.kind == kind)
        shown.add_row(kind, str(counts.total()), *(str(counts[verdict]) for verdict in VERDICTS))
    return shown


def write(file: Path, outcomes: Iterable[Outcome]) -> None:
    """A JSON list of {kind, case, outcome, note}."""
    text = json.dumps([asdict(outcome) for outcome in outcomes], indent=2, ensure_ascii=False)
    file.write_text(text + "\n", encoding="utf-8")


def read(file: Path) -> list[Outcome]:
    """What `write` wrote."""
    return [Outcome(**row) for row in json.loads(file.read_text(encoding="utf-8"))]
