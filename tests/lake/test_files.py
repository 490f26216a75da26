"""Bytes that can be trusted: damage is found, repaired from what there is, and a lake goes to any other place."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

from coachlake.lake.backup import BackupError, backup_settings, copy_lake
from coachlake.lake.connection import LakeUnreadableError, connect, lake
from coachlake.lake.files import NIGHTS_A_ROUND, LakeFile, is_due, lake_files, place_of, verify_files
from coachlake.lake.publish import Documented, publish
from coachlake.lake.repair import NeedsBackupError, repair
from coachlake.lake.tables import HUMAN_REVIEWS, LAKE_VERSION, RAW_TABLES
from coachlake.lake.writer import replace_calls, upsert
from coachlake.settings import Settings, load_settings
from tests.reading import one, rows

NIGHTS = (date(2026, 11, 20), date(2026, 11, 21))


@pytest.fixture
def filled(empty_settings: Settings) -> Settings:
    """Two nights of a call with enough turns for files of their own, reviews, and a published mart."""
    for number, night in enumerate(NIGHTS):
        call = {"call_id": f"c{number}", "rep_id": "r1", "status": "scored", "source": "live", "batch_date": night}
        turns = [
            {"call_id": f"c{number}", "turn_index": i, "speaker": "rep", "text": f"Line {i}.", "batch_date": night}
            for i in range(200)
        ]
        tables = {"calls": [call], "turns": turns}
        replace_calls(
            empty_settings, {name: pa.Table.from_pylist(said, schema=RAW_TABLES[name]) for name, said in tables.items()}
        )
    _review(empty_settings, 200)
    with lake(empty_settings) as connection:
        connection.execute("CREATE SCHEMA lake.marts")
        connection.execute("CREATE TABLE lake.marts.calls AS SELECT call_id, batch_date FROM lake.raw.calls")
    publish(empty_settings, {"calls": Documented("One row a call.", {"call_id": ("varchar", "Its id.")})})
    return empty_settings


def _review(settings: Settings, count: int) -> None:
    reviews = [
        {"review_id": f"v{i}", "call_id": "c0", "level": "good", "reviewed_at": datetime(2026, 11, 22, tzinfo=UTC)}
        for i in range(count)
    ]
    upsert(settings, "human_reviews", _whole(reviews))


def _whole(reviews: list[dict[str, object]]) -> pa.Table:
    return pa.Table.from_pylist(
        [{name: row.get(name) for name in HUMAN_REVIEWS.names} for row in reviews], HUMAN_REVIEWS
    )


def _file_of(settings: Settings, table: str) -> LakeFile:
    with lake(settings, read_only=True) as connection:
        return next(file for file in lake_files(connection) if file.table == table)


def _flip(settings: Settings, file: LakeFile) -> None:
    path = Path(place_of(settings, file.path))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_one_flipped_bit_is_found_and_named(filled: Settings) -> None:
    first = verify_files(filled)
    assert first.damaged == ()
    assert first.recorded == first.files == first.checked >= 3
    file = _file_of(filled, "raw.turns")
    _flip(filled, file)
    (damage,) = verify_files(filled).damaged
    assert str(damage) == f"{file.path} of raw.turns: another content"
    Path(place_of(filled, file.path)).unlink()
    (damage,) = verify_files(filled).damaged
    assert damage.what == "missing"


def test_every_file_has_its_turn_once_a_month_and_a_new_one_at_once(filled: Settings) -> None:
    files = [LakeFile(f"raw/turns/{i}.parquet", "raw.turns", 1, False, i) for i in range(100)]
    turns = [[file.path for file in files if is_due(file, night)] for night in range(900, 900 + NIGHTS_A_ROUND)]
    assert sorted(path for turn in turns for path in turn) == sorted(file.path for file in files)
    assert max(map(len, turns)) < 20
    assert verify_files(filled, night=1).recorded >= 3


def test_a_damaged_night_is_taken_out_whole_to_be_landed_again(filled: Settings) -> None:
    verify_files(filled)
    _flip(filled, _file_of(filled, "raw.turns"))
    done = repair(filled, verify_files(filled).damaged)
    assert done.nights == (NIGHTS[0], NIGHTS[0])
    assert rows(filled, "SELECT call_id, count(*) FROM lake.raw.turns GROUP BY 1") == [("c1", 200)]
    assert rows(filled, "SELECT call_id FROM lake.raw.calls") == [("c1",)]
    assert verify_files(filled).damaged == ()


def test_what_people_entered_comes_back_from_a_backup_or_is_not_touched(filled: Settings, tmp_path: Path) -> None:
    backup = backup_settings(filled, tmp_path / "backup")
    copy_lake(filled, backup)
    verify_files(filled)
    _flip(filled, _file_of(filled, "raw.human_reviews"))
    damaged = verify_files(filled).damaged
    with pytest.raises(NeedsBackupError, match="human_reviews"):
        repair(filled, damaged)
    assert repair(filled, damaged, backup).from_backup == {"human_reviews": 200}
    assert one(filled, "SELECT count(DISTINCT review_id) FROM lake.raw.human_reviews") == 200
    assert verify_files(filled).damaged == ()


def test_a_lake_moved_with_its_files_opens_at_its_new_place(filled: Settings, tmp_path: Path) -> None:
    shutil.move(filled.home, tmp_path / "elsewhere")
    moved = load_settings({"COACHLAKE_HOME": str(tmp_path / "elsewhere")})
    assert one(moved, "SELECT count(*) FROM lake.published.calls") == 2
    upsert(moved, "human_reviews", _whole([{"review_id": "new", "call_id": "c0"}]))
    assert one(moved, "SELECT count(*) FROM lake.raw.human_reviews") == 201
    assert not filled.home.exists(), "nothing is written where it was"


def test_a_lake_without_its_files_says_where_they_should_be(filled: Settings, tmp_path: Path) -> None:
    with pytest.raises(LakeUnreadableError, match="files are not in"):
        connect(replace(filled, data_path=str(tmp_path / "nowhere")))


def test_a_backup_holds_every_row_and_is_restored_elsewhere_but_never_over_calls(
    filled: Settings, tmp_path: Path
) -> None:
    backup = backup_settings(filled, tmp_path / "backup")
    copied = copy_lake(filled, backup)
    assert copied.rows["raw.turns"] == 400
    shutil.move(tmp_path / "backup", tmp_path / "on another disk")
    restored = load_settings({"COACHLAKE_HOME": str(tmp_path / "restored")})
    copy_lake(backup_settings(restored, tmp_path / "on another disk"), restored)
    for query in ("FROM lake.raw.turns ORDER BY ALL", "FROM lake.raw.human_reviews ORDER BY ALL"):
        assert rows(restored, query) == rows(filled, query)
    assert rows(restored, "FROM lake.published.calls ORDER BY ALL") == rows(
        filled, "FROM lake.published.calls ORDER BY ALL"
    )
    described = "SELECT column_description FROM lake.published.data_dictionary"
    assert rows(restored, described) == rows(filled, described)
    with pytest.raises(BackupError, match="already"):
        copy_lake(backup_settings(restored, tmp_path / "on another disk"), filled)


def test_a_lake_goes_to_postgresql_and_s3_and_back(
    filled: Settings, object_store: str, postgres: str, tmp_path: Path
) -> None:
    remote = replace(filled, catalog=f"postgres:{postgres}", data_path=f"{object_store}/moved")
    copy_lake(filled, remote)
    assert verify_files(remote).damaged == ()
    back = load_settings({"COACHLAKE_HOME": str(tmp_path / "back")})
    copy_lake(remote, back)
    for query in ("FROM lake.raw.turns ORDER BY ALL", "FROM lake.published.calls ORDER BY ALL"):
        assert rows(back, query) == rows(remote, query) == rows(filled, query)


@pytest.mark.parametrize("content", [b"no database at all" * 100, None], ids=["other bytes", "cut short"])
def test_a_damaged_catalog_is_told_in_words(content: bytes | None, filled: Settings) -> None:
    catalog = Path(filled.catalog.partition(":")[2])
    catalog.write_bytes(content if content is not None else catalog.read_bytes()[: catalog.stat().st_size // 3])
    with pytest.raises(LakeUnreadableError, match="damaged"):
        connect(filled)


def test_a_lake_of_a_newer_version_is_refused_in_words(filled: Settings) -> None:
    with lake(filled) as connection:
        connection.execute(f"INSERT INTO lake.raw.lake_versions VALUES ({LAKE_VERSION + 1}, now())")
    with pytest.raises(LakeUnreadableError, match="newer coachlake"):
        _review(filled, 1)
