"""A reader's connection opens the lake and nothing else, and cannot be talked out of it."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from coachlake.lake.connection import create_raw_tables, lake, select
from coachlake.settings import Settings, load_settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    where = load_settings({"COACHLAKE_HOME": str(tmp_path / "home of O'Hare")})
    with lake(where) as connection:
        create_raw_tables(connection)
        connection.execute("INSERT INTO lake.raw.outcomes VALUES ('call-1', 4, true, now())")
    return where


@pytest.fixture
def reader(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    with lake(settings, read_only=True) as connection:
        yield connection


def test_it_reads_the_lake_also_what_is_written_meanwhile(
    settings: Settings, reader: duckdb.DuckDBPyConnection
) -> None:
    assert reader.execute("SELECT count(*) FROM lake.raw.outcomes").fetchone() == (1,)
    with lake(settings) as writer:
        writer.execute("INSERT INTO lake.raw.outcomes VALUES ('call-2', 4, true, now())")
    assert reader.execute("SELECT count(*) FROM lake.raw.outcomes").fetchone() == (2,)
    with reader.cursor() as own:
        assert own.execute("SELECT count(*) FROM lake.raw.outcomes").fetchone() == (2,)


def test_it_spills_what_memory_does_not_hold(settings: Settings) -> None:
    from dataclasses import replace

    with lake(replace(settings, duckdb_memory="60MB"), read_only=True) as reader:
        query = "SELECT count(*) FROM (SELECT i, repeat(md5(i::VARCHAR), 4) t FROM range(1000000) r(i) ORDER BY t, i)"
        assert reader.execute(query).fetchone() == (1_000_000,)


@pytest.mark.parametrize(
    "statement",
    [
        "COPY (SELECT 1) TO '{there}/x.csv'",
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('{there}/secret.txt')",
        "FROM '{there}/secret.txt'",
        "FROM glob('/etc/*')",
        "ATTACH '{there}/other.db' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET allowed_directories = ['/']",
        "FROM secret",
        "DELETE FROM lake.raw.outcomes",
    ],
)
def test_it_opens_nothing_else(reader: duckdb.DuckDBPyConnection, tmp_path: Path, statement: str) -> None:
    (tmp_path / "secret.txt").write_text("not for readers")
    secret = [{"of": "this process"}]  # noqa: F841 - a Python variable that SQL must not see
    with pytest.raises(duckdb.Error):
        reader.execute(statement.replace("{there}", str(tmp_path)))
    assert not (tmp_path / "x.csv").exists()
    assert not (tmp_path / "other.db").exists()


@pytest.mark.parametrize("statement", ["CREATE TEMP TABLE t AS SELECT 1", "SELECT 1; SELECT 2", "USE lake", ""])
def test_a_page_asks_one_question_at_a_time(reader: duckdb.DuckDBPyConnection, statement: str) -> None:
    assert select(reader, "SELECT csat FROM lake.raw.outcomes WHERE call_id = $1", ["call-1"]).fetchall() == [(4,)]
    with pytest.raises(ValueError, match="one SELECT"):
        select(reader, statement)
