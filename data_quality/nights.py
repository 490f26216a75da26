"""The nights a suite is about, as SQL."""

from collections.abc import Sequence
from datetime import date
from typing import NewType

# A part of a statement that holds no text from outside.
Sql = NewType("Sql", str)


def listed(nights: Sequence[date]) -> Sql:
    """As a SQL list for `IN (…)`, constants so that only their files are read; without any, every night there is."""
    return Sql(", ".join(f"DATE '{night:%Y-%m-%d}'" for night in nights) or "SELECT batch_date FROM lake.raw.calls")
