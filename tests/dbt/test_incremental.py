"""One more night, built by itself, leaves every mart as a full build would: late outcomes and withdrawn calls too."""

import json
from datetime import date, timedelta

import pytest

from benchmarks.scale_lake import add_nights, generate
from coachlake.lake.connection import lake
from coachlake.settings import Settings
from tests.dbt.project import dbt, manifest

_CALLS_A_NIGHT, _NIGHTS = 12, 40
_LAST = date(2026, 11, 22)
_NEXT = _LAST + timedelta(days=1)
# Floating point differs in the last digits with the order of a sum; the nudge keeps values that end in 5 at the 7th
# digit (seeded quantiles have six) from being rounded up in one build and down in the other.
_DIGITS, _NUDGE = 6, 3.14159e-8
# Weeks before those of the nights keep the shrinkage estimated when they were built; a full build estimates it anew.
_COMPARED = {"rep_weekly_scores": "week_start_on >= DATE '2026-11-16'"}


def _marts() -> list[str]:
    nodes = manifest()["nodes"].values()
    return sorted(n["name"] for n in nodes if n["resource_type"] == "model" and n["schema"] == "marts")


def _contents(settings: Settings) -> dict[str, list[str]]:
    with lake(settings, read_only=True) as connection:
        return {mart: sorted(_plain(row) for row in connection.execute(_rows(mart)).fetchall()) for mart in _marts()}


def _rows(mart: str) -> str:
    return f"SELECT * FROM lake.marts.{mart} WHERE {_COMPARED.get(mart, 'true')}"


def _plain(value: object) -> str:
    if isinstance(value, float):
        return f"{round(value + _NUDGE, _DIGITS) + 0.0}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(_plain, value)) + "]"
    return _plain(list(value.items())) if isinstance(value, dict) else str(value)


@pytest.fixture
def history(empty_settings: Settings) -> Settings:
    """A built lake of 40 nights, then one more night in raw: new calls, late outcomes, and the calls of one night gone
    with a re-delivery."""
    generate(empty_settings, _NIGHTS * _CALLS_A_NIGHT, _CALLS_A_NIGHT)
    dbt(empty_settings, "seed")
    dbt(empty_settings, "run")
    with lake(empty_settings) as connection:
        add_nights(connection, _NEXT, 1, _CALLS_A_NIGHT)
        connection.execute(
            "UPDATE lake.raw.outcomes SET csat = 6 - csat, received_at = TIMESTAMPTZ '2026-11-23 12:00:00+00' "
            "WHERE call_id IN (SELECT call_id FROM lake.raw.calls WHERE batch_date = DATE '2026-10-30')"
        )
        gone = "SELECT min(call_id) FROM lake.raw.calls WHERE batch_date = DATE '2026-11-22'"
        (call,) = connection.execute(gone).fetchone() or (None,)
        for table in ("calls", "turns", "signals", "scores", "evidence"):
            connection.execute(f"DELETE FROM lake.raw.{table} WHERE call_id = ?", [call])
    return empty_settings


def test_a_night_built_by_itself_is_as_a_full_build(history: Settings) -> None:
    before = _contents(history)
    nights = json.dumps({"nights": [_LAST.isoformat(), _NEXT.isoformat()]})
    dbt(history, "run", "--vars", nights)
    night = _contents(history)
    dbt(history, "run", "--full-refresh")
    full = _contents(history)
    assert night["calls"] != before["calls"]
    assert night["outcome_correlations"] != before["outcome_correlations"]
    different = {mart: (set(night[mart]) ^ set(full[mart])) for mart in full if night[mart] != full[mart]}
    assert not different, {mart: sorted(rows)[:2] for mart, rows in different.items()}


def test_marts_build_empty(empty_settings: Settings) -> None:
    dbt(empty_settings, "seed")
    dbt(empty_settings, "run")
    contents = _contents(empty_settings)
    assert {mart for mart, rows in contents.items() if rows} == {"programme_diagnosis"}
