"""Writes to the lake: whole or not at all, safe to repeat, and nothing lost between writers."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import duckdb
import pyarrow as pa
import pytest

from coachlake.lake.connection import create_raw_tables, lake
from coachlake.lake.publish import publish
from coachlake.lake.tables import OUTCOMES, RAW_TABLES
from coachlake.lake.writer import refuse_calls, replace_calls, upsert
from coachlake.settings import REPOSITORY, Settings
from tests.reading import one

NIGHT = date(2026, 11, 20)


def _tables(call_id: str, turns: int, night: date = NIGHT) -> dict[str, pa.Table]:
    call = {"call_id": call_id, "rep_id": "r1", "status": "scored", "source": "live", "batch_date": night}
    said = [
        {"call_id": call_id, "turn_index": i, "speaker": "rep", "text": "Hello.", "batch_date": night}
        for i in range(turns)
    ]
    rows = {"calls": [call], "turns": said}
    return {name: pa.Table.from_pylist(listed, schema=RAW_TABLES[name]) for name, listed in rows.items()}


def test_a_call_processed_again_is_replaced_whole_and_others_are_not_touched(empty_settings: Settings) -> None:
    replace_calls(empty_settings, _tables("a", 5))
    replace_calls(empty_settings, _tables("b", 2))
    replace_calls(empty_settings, _tables("a", 3, NIGHT + timedelta(days=9)))  # delivered again with a later night
    with lake(empty_settings, read_only=True) as connection:
        counted = connection.execute("SELECT call_id, count(*) FROM lake.raw.turns GROUP BY 1 ORDER BY 1").fetchall()
    assert counted == [("a", 3), ("b", 2)]
    assert one(empty_settings, "SELECT count(*) FROM lake.raw.calls") == 2


def test_a_call_refused_in_the_lake_keeps_its_row_alone_and_another_night_keeps_all(empty_settings: Settings) -> None:
    replace_calls(empty_settings, _tables("a", 5))
    replace_calls(empty_settings, _tables("b", 2))
    replace_calls(empty_settings, _tables("c", 4, NIGHT + timedelta(days=1)))
    refuse_calls(empty_settings, {"a": "its quote is nobody's", "c": "of another night", "none": "no call"}, [NIGHT])
    with lake(empty_settings, read_only=True) as connection:
        turns = connection.execute("SELECT call_id, count(*) FROM lake.raw.turns GROUP BY 1 ORDER BY 1").fetchall()
        calls = connection.execute("SELECT call_id, status, reason FROM lake.raw.calls ORDER BY 1").fetchall()
    assert turns == [("b", 2), ("c", 4)]
    assert calls == [("a", "quarantined", "its quote is nobody's"), ("b", "scored", None), ("c", "scored", None)]


def test_a_write_that_fails_leaves_nothing_behind(empty_settings: Settings) -> None:
    replace_calls(empty_settings, _tables("a", 5))
    broken = _tables("a", 1) | {"turns": pa.table({"nonsense": [1]})}
    with pytest.raises(duckdb.Error):
        replace_calls(empty_settings, broken)
    assert one(empty_settings, "SELECT count(*) FROM lake.raw.turns") == 5


def test_writers_in_several_processes_lose_nothing(empty_settings: Settings) -> None:
    with lake(empty_settings) as connection:
        create_raw_tables(connection)
    code = """
import sys
from datetime import UTC, datetime
import pyarrow as pa
from coachlake.lake.tables import OUTCOMES
from coachlake.lake.writer import upsert
from coachlake.settings import load_settings
for number in range(6):
    row = {"call_id": f"{sys.argv[1]}-{number}", "csat": 3.0, "received_at": datetime.now(UTC)}
    upsert(load_settings(), "outcomes", pa.Table.from_pylist([row], schema=OUTCOMES))
"""
    writers = [subprocess.Popen([sys.executable, "-c", code, name], cwd=REPOSITORY) for name in ("a", "b", "c")]
    assert [writer.wait(timeout=300) for writer in writers] == [0, 0, 0]
    assert one(empty_settings, "SELECT count(DISTINCT call_id) FROM lake.raw.outcomes") == 18


def test_upsert_replaces_by_key(empty_settings: Settings) -> None:
    for csat in (2.0, 5.0):
        row = {"call_id": "a", "csat": csat, "received_at": datetime.now(UTC)}
        upsert(empty_settings, "outcomes", pa.Table.from_pylist([row], schema=OUTCOMES))
    assert one(empty_settings, "SELECT list(csat) FROM lake.raw.outcomes") == [5.0]


def test_readers_see_a_mart_only_when_it_is_published(empty_settings: Settings) -> None:
    with lake(empty_settings) as connection:
        connection.execute("CREATE SCHEMA lake.marts")
        connection.execute("CREATE TABLE lake.marts.calls AS SELECT 1 AS n")
    publish(empty_settings, ["calls"])
    with lake(empty_settings) as connection:
        connection.execute("INSERT INTO lake.marts.calls VALUES (2)")
    assert one(empty_settings, "SELECT count(*) FROM lake.published.calls") == 1
    publish(empty_settings, ["calls"])
    assert one(empty_settings, "SELECT count(*) FROM lake.published.calls") == 2
