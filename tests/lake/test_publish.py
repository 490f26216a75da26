"""Publishing switches every table at once, with its documentation; exports rewrite only what changed."""

from datetime import date
from pathlib import Path

import duckdb
import pytest

from coachlake.lake.connection import lake
from coachlake.lake.publish import Documented, export_parquet, publish
from coachlake.settings import Settings
from tests.reading import rows

_MARTS = {
    "calls": Documented(
        "One row a call.", {"call_id": ("varchar", "The call's id."), "batch_date": ("date", "Night.")}
    ),
    "reps": Documented("One row a rep.", {"rep_id": ("varchar", "The rep.")}),
}


@pytest.fixture
def marts(empty_settings: Settings) -> Settings:
    """Two marts: calls of two months, and reps."""
    with lake(empty_settings) as connection:
        connection.execute("CREATE SCHEMA lake.marts")
        connection.execute(
            "CREATE TABLE lake.marts.calls AS SELECT 'old' AS call_id, DATE '2026-09-15' AS batch_date "
            "UNION ALL SELECT 'new', DATE '2026-11-15'"
        )
        connection.execute("CREATE TABLE lake.marts.reps AS SELECT 'a' AS rep_id")
    return empty_settings


def test_readers_see_a_build_only_when_it_is_published(marts: Settings) -> None:
    publish(marts, _MARTS)
    with lake(marts) as connection:
        connection.execute("DELETE FROM lake.marts.calls")
    assert rows(marts, "SELECT count(*) FROM lake.published.calls") == [(2,)]
    publish(marts, _MARTS)
    assert rows(marts, "SELECT count(*) FROM lake.published.calls") == [(0,)]


def test_nothing_is_published_where_a_mart_is_missing(marts: Settings) -> None:
    publish(marts, _MARTS)
    with pytest.raises(duckdb.CatalogException):
        publish(marts, {"reps": Documented(), "missing": Documented()})
    tables = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'published' ORDER BY 1"
    assert rows(marts, tables) == [("calls",), ("data_dictionary",), ("reps",)]


def test_a_mart_held_back_before_it_was_ever_published_shows_no_rows(marts: Settings) -> None:
    publish(marts, _MARTS, held={"reps": "a check failed"})
    assert rows(marts, "FROM lake.published.reps") == []
    assert rows(marts, "FROM lake.published.held_back") == [("reps", "a check failed")]
    publish(marts, _MARTS)
    publish(marts, _MARTS, held={"reps": "a check failed"})
    assert rows(marts, "FROM lake.published.reps") == [("a",)]


def test_documentation_travels(marts: Settings) -> None:
    publish(marts, _MARTS)
    comment = "SELECT comment FROM duckdb_views() WHERE schema_name = 'published' AND view_name = 'calls'"
    assert rows(marts, comment) == [("One row a call.",)]
    described = "SELECT column_description FROM lake.published.data_dictionary WHERE column_name = 'call_id'"
    assert rows(marts, described) == [("The call's id.",)]


def test_export_writes_months_and_only_those_that_may_have_changed(marts: Settings, tmp_path: Path) -> None:
    publish(marts, _MARTS)
    (tmp_path / "withdrawn.parquet").touch()
    written = export_parquet(marts, tmp_path, _MARTS, since=date(2026, 11, 1))
    assert not (tmp_path / "withdrawn.parquet").exists(), "what is published no longer is not read by mistake"
    assert written == {"calls": 2, "data_dictionary": 3, "reps": 1}
    months = sorted(path.name for path in (tmp_path / "calls").iterdir())
    assert months == ["2026-09.parquet", "2026-10.parquet", "2026-11.parquet"]
    untouched = (tmp_path / "calls" / "2026-09.parquet").stat().st_mtime_ns
    assert export_parquet(marts, tmp_path, _MARTS, since=date(2026, 11, 20))["calls"] == 1
    assert (tmp_path / "calls" / "2026-09.parquet").stat().st_mtime_ns == untouched
    found = duckdb.sql(f"SELECT call_id FROM '{tmp_path}/calls/*.parquet' ORDER BY 1").fetchall()
    assert found == [("new",), ("old",)]
    metadata = duckdb.sql(f"SELECT value FROM parquet_kv_metadata('{tmp_path}/reps.parquet') WHERE key = 'description'")
    assert metadata.fetchall() == [(b"One row a rep.",)]
