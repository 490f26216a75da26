"""Whole files: the old one or the new one, whatever happens in between."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from coachlake.files import is_within, named_by, whole_file, write_whole


def test_a_file_is_written_with_its_folder_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.bin"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert list(path.parent.iterdir()) == [path]


def test_the_old_file_is_there_until_the_new_one_is_done(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_whole(path, b"before")
    with whole_file(path) as part:
        part.write_bytes(b"aft")
        assert path.read_bytes() == b"before"
        assert list(tmp_path.glob("*.csv")) == [path], "who reads the folder does not meet the part"
        part.write_bytes(b"after")
    assert path.read_bytes() == b"after"


def test_an_error_in_the_middle_leaves_the_old_file_and_no_part(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_whole(path, b"before")

    def broken() -> None:
        with whole_file(path) as part:
            part.write_bytes(b"half of wh")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        broken()
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_killed_process_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    write_whole(path, b"before")
    code = """
import os, signal, sys
from pathlib import Path
from coachlake.files import is_within, named_by, whole_file, write_whole
with whole_file(Path(sys.argv[1])) as part:
    part.write_bytes(b"half of wh")
    os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    assert done.returncode == -9
    assert path.read_bytes() == b"before"
    write_whole(path, b"after")
    assert path.read_bytes() == b"after"


def test_permissions_are_kept_and_new_files_get_the_usual_ones(tmp_path: Path) -> None:
    path, plain = tmp_path / "secret.yaml", tmp_path / "plain"
    write_whole(path, b"one")
    plain.touch()
    assert _mode(path) == _mode(plain)
    path.chmod(0o600)
    write_whole(path, b"two")
    assert _mode(path) == 0o600


def test_what_takes_the_place_is_on_the_disk_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, seen = tmp_path / "a.bin", list[bytes | None]()
    real = os.fsync

    def noting(descriptor: int) -> None:
        seen.append(path.read_bytes() if path.exists() else None)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert seen == [None, b"one"]


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    "given", ["../../x", "/etc/passwd", "..", ".", "", "a/b", "a\\b", "\0", ".hidden", "x" * 900, "é" * 300, "\ud800"]
)
def test_a_name_from_outside_stays_in_its_folder(tmp_path: Path, given: str) -> None:
    path = named_by(tmp_path, given, ".html")
    write_whole(path, b"pack")
    assert path.parent == tmp_path
    assert not path.name.startswith(".")
    assert list(tmp_path.iterdir()) == [path]


def test_two_ids_never_share_a_file(tmp_path: Path) -> None:
    ids = ["a/b", "a%2Fb", "a_b", ".a", "%2Ea", "x" * 900, "x" * 901, "", "%", "rep-1", "Ana Ruiz"]
    assert len({named_by(tmp_path, given) for given in ids}) == len(ids)
    assert named_by(tmp_path, "rep-1", ".pdf").name == "rep-1.pdf"


def test_a_link_out_is_not_within(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret").write_text("no")
    (tmp_path / "in" / "link").symlink_to(tmp_path / "secret")
    assert not is_within(tmp_path / "in" / "link", tmp_path / "in")
    assert is_within(tmp_path / "in" / "call.wav", tmp_path / "in")
