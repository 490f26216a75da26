"""A lake whose files are encrypted: what reads and writes it notices nothing, who finds a file reads nothing."""

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from coachlake.erasure.leftovers import tables_holding
from coachlake.erasure.traces import Traces
from coachlake.lake.connection import LakeUnreadableError, create_raw_tables, lake
from coachlake.settings import Settings, load_settings

_SAID = "The boiler in the green house has been cold since Saturday"


def _filled(home: Path, encryption: str) -> Settings:
    settings = load_settings({"COACHLAKE_HOME": str(home), "COACHLAKE_ENCRYPTION": encryption})
    with lake(settings) as connection:
        create_raw_tables(connection)
        connection.register("rows", pa.Table.from_pylist([{"text": f"{_SAID} {n}"} for n in range(500)]))
        connection.execute("CREATE TABLE lake.raw.said AS FROM rows")
    return settings


def test_files_tell_nobody_anything_and_the_lake_everything(tmp_path: Path) -> None:
    settings = _filled(tmp_path, "files")
    files = list(Path(settings.data_path).rglob("*.parquet"))
    assert files
    assert not any(_SAID.encode() in path.read_bytes() for path in files)
    with pytest.raises((OSError, pa.ArrowInvalid)):
        pq.read_table(files[0])
    # Whoever opens it need not know: the catalog does.
    for opened in (settings, replace(settings, encryption=None)):
        with lake(opened, read_only=True) as connection:
            assert connection.execute("SELECT count(*), min(text) FROM lake.raw.said").fetchall() == [
                (500, f"{_SAID} 0")
            ]
            assert list(tables_holding(connection, Traces((), (_SAID,)))) == ["lake.raw.said"]
            assert list(tables_holding(connection, Traces((), ("of nobody here at all, ever",)))) == []


def test_a_lake_made_without_says_how_it_becomes_one(tmp_path: Path) -> None:
    settings = _filled(tmp_path, "")
    with lake(settings, read_only=True) as connection:
        assert list(tables_holding(connection, Traces((), (_SAID,)))) == []  # its files were read
    with (
        pytest.raises(LakeUnreadableError, match="made without encryption: back it up"),
        lake(replace(settings, encryption="files")),
    ):
        pass


def test_a_kind_that_is_none_is_said(tmp_path: Path) -> None:
    settings = load_settings({"COACHLAKE_HOME": str(tmp_path), "COACHLAKE_ENCRYPTION": "maybe"})
    with pytest.raises(LakeUnreadableError, match="COACHLAKE_ENCRYPTION=maybe is none there is"), lake(settings):
        pass
