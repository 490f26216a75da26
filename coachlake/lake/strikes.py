"""Evidence that people struck: it does not count towards its criterion until the strike is taken back."""

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from coachlake.lake.connection import ALIAS, create_raw_tables, lake
from coachlake.lake.tables import STRIKES
from coachlake.lake.writer import upsert
from coachlake.scoring.evidence import Struck
from coachlake.settings import Settings


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
        rows: list[Any] = connection.execute(
            f"SELECT call_id, criterion_id, turn_index, quote FROM {ALIAS}.raw.strikes "
            "GROUP BY ALL HAVING arg_max(is_struck, row(struck_at, strike_id)) ORDER BY ALL"
        ).fetchall()
    found: dict[str, list[Struck]] = {}
    for call_id, *moment in rows:
        found.setdefault(call_id, []).append(Struck(*moment))
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
