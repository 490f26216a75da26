"""One more night, built by itself, leaves every mart as a full build would: late outcomes and withdrawn calls too."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest

from benchmarks.scale_lake import add_nights, generate
from coachlake.lake.connection import lake
from coachlake.settings import Settings
from evaluation.faults.campaign.tables import plain
from tests.dbt.project import dbt, manifest


@dataclass(frozen=True)
class _History:
    """Nights up to `last`, then one more; each built with its own number of DuckDB's threads."""

    last: date
    nights: int
    calls_a_night: int
    night_threads: int
    full_threads: int
    night_zone: str = "UTC"  # where the machine stands that builds the night; the full build is made in UTC

    @property
    def next(self) -> date:
        return self.last + timedelta(days=1)


# A busy month; a year's end after more weeks than the lookback, where most reps have weeks without a call; and days on
# which a calendar trips.
_HISTORIES = {
    "40 nights": _History(date(2026, 11, 22), nights=40, calls_a_night=12, night_threads=4, full_threads=4),
    "new year": _History(date(2026, 12, 31), nights=250, calls_a_night=3, night_threads=1, full_threads=4),
    "29 February": _History(date(2024, 2, 28), nights=9, calls_a_night=4, night_threads=4, full_threads=1),
    "clocks forward": _History(date(2026, 3, 28), 9, 4, night_threads=1, full_threads=4, night_zone="Europe/Berlin"),
    "clocks back and a month's end": _History(
        date(2026, 10, 31), 9, 4, night_threads=4, full_threads=1, night_zone="America/New_York"
    ),
}


def _marts() -> list[str]:
    nodes = manifest()["nodes"].values()
    return sorted(n["name"] for n in nodes if n["resource_type"] == "model" and n["schema"] == "marts")


def _contents(settings: Settings) -> dict[str, list[str]]:
    with lake(settings, read_only=True) as connection:
        return {
            mart: sorted(plain(row) for row in connection.execute(f"SELECT * FROM lake.marts.{mart}").fetchall())
            for mart in _marts()
        }


def _write(settings: Settings, history: _History) -> None:
    """A built lake, then one more night in raw: new calls, late outcomes, and the calls of one night gone with a
    re-delivery."""
    generate(settings, history.nights * history.calls_a_night, history.calls_a_night, history.last)
    dbt(settings, "build", "--exclude-resource-types", "test", "unit_test")
    with lake(settings) as connection:
        add_nights(connection, history.next, 1, history.calls_a_night)
        connection.execute(
            "UPDATE lake.raw.outcomes SET csat = 6 - csat, received_at = $1 "
            "WHERE call_id IN (SELECT call_id FROM lake.raw.calls WHERE batch_date = $2)",
            [datetime.combine(history.next, time(12), UTC), history.last - timedelta(days=23)],
        )
        gone = "SELECT min(call_id) FROM lake.raw.calls WHERE batch_date = $1"
        (call,) = connection.execute(gone, [history.last]).fetchone() or (None,)
        for table in ("calls", "turns", "signals", "scores", "evidence", "stage_timings"):
            connection.execute(f"DELETE FROM lake.raw.{table} WHERE call_id = ?", [call])


@pytest.mark.parametrize("name", _HISTORIES)
def test_a_night_built_by_itself_is_as_a_full_build(
    name: str, empty_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = _HISTORIES[name]
    _write(empty_settings, history)
    before = _contents(empty_settings)
    today = {"today": history.next.isoformat()}
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", history.night_zone)
        elsewhere.setenv("COACHLAKE_DBT_NIGHTS", f"{history.last} {history.next}")
        dbt(empty_settings, "run", "--vars", json.dumps(today), threads=history.night_threads)
    night = _contents(empty_settings)
    dbt(empty_settings, "run", "--full-refresh", "--vars", json.dumps(today), threads=history.full_threads)
    full = _contents(empty_settings)
    assert night["calls"] != before["calls"]
    assert night["outcome_correlations"] != before["outcome_correlations"]
    different = {mart: (set(night[mart]) ^ set(full[mart])) for mart in full if night[mart] != full[mart]}
    assert not different, {mart: sorted(rows)[:2] for mart, rows in different.items()}


def test_marts_build_empty(empty_settings: Settings) -> None:
    dbt(empty_settings, "seed")
    dbt(empty_settings, "run")
    contents = _contents(empty_settings)
    assert {mart for mart, rows in contents.items() if rows} == {"programme_diagnosis"}
