"""A backup from elsewhere has no file read that does not lie in it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pytest
from typer.testing import CliRunner

from coachlake.cli.app import app
from coachlake.lake.backup import BackupError, backup_settings, copy_lake, settings_of_backup
from coachlake.lake.tables import HUMAN_REVIEWS
from coachlake.lake.writer import upsert
from coachlake.settings import Settings, load_settings


@pytest.fixture
def source(tmp_path: Path) -> Settings:
    """A lake with a table of some rows, in files."""
    settings = load_settings({"COACHLAKE_HOME": str(tmp_path / "home")})
    reviews = [{"review_id": f"r{n}", "call_id": "c1"} for n in range(200)]
    whole = [{name: review.get(name) for name in HUMAN_REVIEWS.names} for review in reviews]
    upsert(settings, "human_reviews", pa.Table.from_pylist(whole, HUMAN_REVIEWS))
    return settings


@pytest.fixture
def backup(source: Settings, tmp_path: Path) -> Path:
    """A backup of it."""
    copy_lake(source, backup_settings(source, tmp_path / "backup"))
    return tmp_path / "backup"


def _renamed(path: str, is_relative: bool) -> Callable[[Path], None]:
    def rename(backup: Path) -> None:
        with closing(sqlite3.connect(backup / "catalog.sqlite")) as catalog, catalog:
            catalog.execute("UPDATE ducklake_data_file SET path = ?, path_is_relative = ?", [path, is_relative])

    return rename


def _linked(backup: Path) -> None:
    file = next((backup / "files").rglob("*.parquet"))
    outside = backup.parent / "outside.parquet"
    file.rename(outside)
    file.symlink_to(outside)


def _catalog_linked(backup: Path) -> None:
    (backup / "catalog.sqlite").rename(backup.parent / "outside.sqlite")
    (backup / "catalog.sqlite").symlink_to(backup.parent / "outside.sqlite")


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (_renamed("/etc/secret.parquet", False), "names /etc/secret.parquet"),
        (_renamed("/etc/secret.parquet", True), "names /etc/secret.parquet"),
        (_renamed("../../other/secret.parquet", True), "names ../../other/secret.parquet"),
        (_linked, "link out of the backup"),
        (_catalog_linked, "link out of the backup"),
        (lambda backup: (backup / "catalog.sqlite").unlink(), "holds no backup"),
        (lambda backup: (backup / "catalog.sqlite").write_bytes(b"text" * 100), "no catalog of a lake"),
    ],
)
def test_it_is_refused_by_name(backup: Path, tmp_path: Path, spoil: Callable[[Path], None], why: str) -> None:
    target = load_settings({"COACHLAKE_HOME": str(tmp_path / "restored")})
    spoil(backup)
    with pytest.raises(BackupError, match=why):
        settings_of_backup(target, backup)
    done = CliRunner().invoke(app, ["lake", "restore", str(backup)], env={"COACHLAKE_HOME": str(target.home)})
    assert done.exit_code == 2
    assert why in done.output
    assert not Path(target.data_path).exists()


def test_a_whole_one_is_restored_wherever_it_lies(backup: Path, tmp_path: Path) -> None:
    (tmp_path / "linked").symlink_to(backup)
    target = load_settings({"COACHLAKE_HOME": str(tmp_path / "restored")})
    assert copy_lake(settings_of_backup(target, tmp_path / "linked"), target).rows["raw.human_reviews"] == 200
