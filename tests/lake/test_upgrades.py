"""A lake written by the previous version opens, keeps every row and is brought to this version's form."""

import tarfile
from pathlib import Path

import pytest

from coachlake.lake.files import verify_files
from coachlake.lake.tables import LAKE_VERSION, RAW_TABLES
from coachlake.lake.writer import work_keys
from coachlake.settings import Settings, load_settings
from tests.asked_calls import NIGHT
from tests.reading import one, rows

# A night of three transcripts, run and published before lakes knew their version.
_BEFORE_VERSIONS = Path(__file__).parent / "fixtures" / "lake_before_versions.tar.xz"


@pytest.fixture
def old(tmp_path: Path) -> Settings:
    with tarfile.open(_BEFORE_VERSIONS) as archive:
        archive.extractall(tmp_path, filter="data")
    return load_settings({"COACHLAKE_HOME": str(tmp_path)})


def test_a_lake_of_the_previous_version_is_read_as_it_is(old: Settings) -> None:
    assert one(old, "SELECT count(*) FROM lake.published.calls WHERE status = 'scored'") == 3
    assert one(old, "SELECT count(*) FROM lake.published.call_turns") == 18


def test_the_next_run_brings_it_to_this_version_and_loses_no_row(old: Settings) -> None:
    before = {
        table: rows(old, f"SELECT count(*) FROM lake.raw.{table}") for table in ("calls", "turns", "scores", "evidence")
    }
    work_keys(old, [NIGHT])  # as the first step of a run does
    assert one(old, "SELECT max(version) FROM lake.raw.lake_versions") == LAKE_VERSION
    for table, schema in RAW_TABLES.items():
        have = {name for name, *_ in rows(old, f"DESCRIBE lake.raw.{table}")}
        assert set(schema.names) <= have, table
    assert {table: rows(old, f"SELECT count(*) FROM lake.raw.{table}") for table in before} == before
    assert verify_files(old).damaged == ()
