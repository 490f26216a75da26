"""A check on raw rows that fails names the calls it is about, and those alone."""

from datetime import date

import duckdb
import pytest

from coachlake.lake.tables import RAW_TABLES
from data_quality import check_raw_nights
from orchestration.defs.scoring.raw_checks import refusals

_NIGHT = date(2026, 11, 20)


@pytest.fixture
def raw() -> duckdb.DuckDBPyConnection:
    """Two scored calls of one turn, one score and one moment each, in a plain database named like the lake."""
    connection = duckdb.connect()
    connection.execute("ATTACH ':memory:' AS lake; CREATE SCHEMA lake.raw")
    for table in ("calls", "turns", "signals", "scores", "evidence", "stage_timings"):
        connection.register("empty", RAW_TABLES[table].empty_table())
        connection.execute(f"CREATE TABLE lake.raw.{table} AS FROM empty")
    for call_id in ("one", "two"):
        connection.execute(
            f"""
            INSERT INTO lake.raw.calls BY NAME SELECT '{call_id}' AS call_id, 'scored' AS status, 'live' AS source,
                9.0 AS duration_s, 's' AS rubric_sha256, 'm' AS model_fingerprint, DATE '{_NIGHT}' AS batch_date;
            INSERT INTO lake.raw.turns BY NAME SELECT '{call_id}' AS call_id, 0 AS turn_index, 1.0 AS start_s,
                4.0 AS end_s, 'How can I help you today?' AS text, DATE '{_NIGHT}' AS batch_date;
            INSERT INTO lake.raw.scores BY NAME SELECT '{call_id}' AS call_id, 'c' AS criterion_id, 50.0 AS score,
                'average' AS level, 0.5 AS confidence, 1 AS opportunity_count, DATE '{_NIGHT}' AS batch_date;
            INSERT INTO lake.raw.evidence BY NAME SELECT '{call_id}' AS call_id, 'c' AS criterion_id, 0 AS turn_index,
                'How can I help' AS quote, 1.0 AS start_s, 2.0 AS end_s, DATE '{_NIGHT}' AS batch_date;
            """
        )
    return connection


def test_sound_rows_refuse_nobody(raw: duckdb.DuckDBPyConnection) -> None:
    assert refusals(check_raw_nights(raw, [_NIGHT], 2)) == {}


def test_wrong_rows_name_their_call_and_a_row_without_call_its_id(raw: duckdb.DuckDBPyConnection) -> None:
    raw.execute(
        f"""
        UPDATE lake.raw.evidence SET quote = 'never said' WHERE call_id = 'two';
        UPDATE lake.raw.scores SET score = 130 WHERE call_id = 'two';
        INSERT INTO lake.raw.signals BY NAME SELECT 'gone' AS call_id, DATE '{_NIGHT}' AS batch_date;
        """
    )
    found = refusals(check_raw_nights(raw, [_NIGHT], 2))
    assert found.keys() == {"two", "gone"}
    assert "never said" in found["two"]
    assert "130" in found["two"]
    assert "without its call" in found["gone"]


def test_a_call_too_few_is_no_calls_fault(raw: duckdb.DuckDBPyConnection) -> None:
    results = check_raw_nights(raw, [_NIGHT], 3)
    assert [result.name for result in results if result.is_blocking and not result.is_success] == [
        "calls__rows__row_count_to_equal"
    ]
    assert refusals(results) == {}
