"""Evidence that people struck: it does not count towards its criterion until the strike is taken back."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from coachlake.lake.connection import create_raw_tables, lake
from coachlake.lake.tables import STRIKES
from coachlake.lake.writer import upsert
from coachlake.scoring.evidence import Struck
from coachlake.settings import Settings

# Of each moment what was said last, where that is a strike; of one call, or of all where $1 is NULL.
IN_FORCE = """
    SELECT call_id, criterion_id, turn_index, quote, arg_max(why, row(struck_at, strike_id)) AS why,
        arg_max(struck_by, row(struck_at, strike_id)) AS struck_by
    FROM lake.raw.strikes WHERE call_id = $1 OR $1::VARCHAR IS NULL
    GROUP BY ALL HAVING arg_max(is_struck, row(struck_at, strike_id))
    ORDER BY call_id, criterion_id, turn_index, quote
"""


@dataclass(frozen=True, slots=True)
class Strikes:
    """`calls`: call_id → the moments of it that do not count, in order."""

    calls: dict[str, list[Struck]] = field(default_factory=dict)

    def of(self, call_id: str) -> list[Struck]:
        """The struck moments of a call; empty where there are none."""
        return self.calls.get(call_id, [])


def strikes(settings: Settings) -> Strikes:
    """Every strike in force: of each moment what was said last."""
    with lake(settings) as connection:
        create_raw_tables(connection)
        rows: list[Any] = connection.execute(IN_FORCE, [None]).fetchall()
    found: dict[str, list[Struck]] = {}
    for call_id, criterion_id, turn_index, quote, *_ in rows:
        found.setdefault(call_id, []).append(Struck(criterion_id, turn_index, quote))
    return Strikes(found)


def strike(
    settings: Settings, call_id: str, moment: Struck, *, why: str, struck_by: str, is_struck: bool = True
) -> str:
    """Keep that a moment does not count (with `is_struck` False: that it counts again), by whom and why; its id.

    The call is scored by it in the next run of its night; nothing is transcribed again.
    """
    row = {
        "strike_id": uuid.uuid4().hex[:16],
        "call_id": call_id,
        **moment._asdict(),
        "is_struck": is_struck,
        "why": why,
        "struck_by": struck_by,
        "struck_at": datetime.now(UTC),
    }
    upsert(settings, "strikes", pa.Table.from_pylist([row], schema=STRIKES))
    return str(row["strike_id"])
