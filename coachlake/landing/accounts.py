"""What became of everything delivered for a night: each file and each row without a file of its own, once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

import pyarrow as pa

from coachlake.lake.tables import DELIVERED_ENTRIES
from coachlake.landing.entries import printable

# call: it is a row of raw.calls, whose status says the rest. facts, outcomes: read as such. ignored: see the reason.
UsedAs = Literal["call", "facts", "outcomes", "ignored"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing delivered: a file by its name in the night's folder, or a row by its place ("calls.csv row 3")."""

    entry: str
    used_as: UsedAs
    call_id: str | None = None
    reason: str | None = None
    bytes: int | None = None


def account_rows(nights: Sequence[tuple[date, Sequence[Entry]]]) -> pa.Table:
    """Entries of nights as rows of raw.delivered_entries."""
    rows = []
    for night, entries in nights:
        seen: Counter[str] = Counter()
        for entry in entries:
            name = printable(entry.entry)
            seen[name] += 1
            told_apart = name if seen[name] == 1 else f"{name} ({seen[name]})"
            rows.append(asdict(entry) | {"entry": told_apart, "batch_date": night})
    return pa.Table.from_pylist(rows, schema=DELIVERED_ENTRIES)
