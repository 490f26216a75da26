"""What a lake holds, so that two can be compared: every row, but for when and by which run it was made."""

from collections import Counter
from dataclasses import dataclass

from coachlake.lake.connection import lake
from coachlake.lake.sql import identifier, listed
from coachlake.settings import Settings

# Differs between two runs of the same calls and says nothing of them.
_TIMES = {
    "processed_at",
    "built_at",
    "loaded_at",
    "checked_at",
    "upgraded_at",
    "calibrated_at",
    "run_id",
    "calibration_id",
}
_ABOUT_RUNS = {
    "raw.check_results",
    "raw.mart_builds",
    "raw.lake_files",
    "raw.stage_timings",
    "marts.data_checks",
    "marts.nightly_stages",
    "published.data_checks",
    "published.nightly_stages",
}
# Floating point differs in the last digits with the order of a sum; the nudge keeps values that end in 5 at the 7th
# digit (seeded quantiles have six) from being rounded up in one build and down in the other.
_DIGITS, _NUDGE = 6, 3.14159e-8


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows of a table that only one of two lakes holds."""

    table: str
    missing: int
    strange: int

    def __str__(self) -> str:
        return f"{self.table}: {self.missing} rows missing, {self.strange} strange"


def contents(settings: Settings, *schemas: str) -> dict[str, list[str]]:
    """schema.table → its rows as text, sorted."""
    with lake(settings, read_only=True) as connection:
        found = connection.execute(
            "SELECT table_schema, table_name FROM information_schema.tables "
            "WHERE table_catalog = 'lake' AND list_contains(?, table_schema)",
            [list(schemas)],
        ).fetchall()
        rows = {}
        for schema, table in found:
            if f"{schema}.{table}" in _ABOUT_RUNS:
                continue
            source = identifier("lake", schema, table)
            query = f"SELECT COLUMNS(c -> c NOT IN ({listed(sorted(_TIMES))})) FROM {source}"
            rows[f"{schema}.{table}"] = sorted(plain(row) for row in connection.execute(query).fetchall())
    return rows


def differences(wanted: dict[str, list[str]], found: dict[str, list[str]]) -> list[Difference]:
    """Tables whose rows are not the same, each row as often."""
    different = []
    for table in sorted({*wanted, *found}):
        want, have = Counter(wanted.get(table, [])), Counter(found.get(table, []))
        if want != have:
            different.append(Difference(table, (want - have).total(), (have - want).total()))
    return different


def plain(value: object) -> str:
    """A value of a row as text, floats to six digits, that is the same whatever the order of sums."""
    if isinstance(value, float):
        return f"{round(value + _NUDGE, _DIGITS) + 0.0}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(plain, value)) + "]"
    return plain(list(value.items())) if isinstance(value, dict) else str(value)
