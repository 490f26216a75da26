"""`coachlake models fetch` from a hub over HTTP: whole or not at all, once, and in plain words where it fails."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from coachlake.models.hub.lock import LOCK
from coachlake.models.hub.shelf import shared_shelf
from coachlake.models.hub.state import state_of
from coachlake.models.profiles import load_hub_model
from coachlake.models.upkeep.fetch import fetch
from coachlake.models.upkeep.refused import FetchError
from coachlake.settings import REPOSITORY
from tests.models.hub import TOKEN, Hub, change_a_byte, recogniser_files, served

_TURBO, _DIARIZER = load_hub_model("large-v3-turbo"), load_hub_model("diarization-community-1")
_NOBODY = "http://127.0.0.1:9"  # the discard port: nothing answers
_NAMES = ["config.json", "model.bin", "tokenizer.json", "vocabulary.txt"]


def _folder() -> Path:
    return shared_shelf(_TURBO).folder


def _command(hub: Hub | None, *words: str) -> subprocess.Popen[str]:
    env = os.environ | {"HF_ENDPOINT": hub.endpoint if hub else _NOBODY, "COLUMNS": "300"}
    env.pop("HF_HUB_OFFLINE", None)
    return subprocess.Popen(
        [sys.executable, "-m", "coachlake.cli", "models", *words],
        cwd=REPOSITORY, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_what_is_asked_for_arrives_with_a_lock_and_nothing_else() -> None:
    with served() as hub:
        assert fetch("large-v3-turbo", hub.endpoint)
        assert sorted(hub.downloads()) == _NAMES
    assert sorted(path.name for path in _folder().iterdir()) == sorted([*_NAMES, LOCK])
    assert (_folder() / "model.bin").read_bytes() == recogniser_files()["model.bin"]
    lock = shared_shelf(_TURBO).lock()
    assert lock is not None
    assert lock.is_of(_TURBO)
    assert sorted(lock.files) == _NAMES
    assert state_of(shared_shelf(_TURBO)).kind == "present"


def test_files_in_folders_arrive_and_a_second_fetch_asks_for_nothing() -> None:
    with served() as hub:
        assert fetch("diarization-community-1", hub.endpoint)
        assert (shared_shelf(_DIARIZER).folder / "plda" / "plda.npz").read_bytes() == b"numbers"
        hub.asked.clear()
        assert not fetch("diarization-community-1", hub.endpoint)
        assert hub.asked == []


def test_a_changed_byte_is_found_and_that_file_alone_is_fetched_again() -> None:
    with served() as hub:
        fetch("large-v3-turbo", hub.endpoint)
        change_a_byte(_folder() / "model.bin")
        assert state_of(shared_shelf(_TURBO)).says.startswith("model.bin is not the file that was fetched")
        hub.asked.clear()
        assert fetch("large-v3-turbo", hub.endpoint)
        assert "model.bin" in hub.downloads()
    assert state_of(shared_shelf(_TURBO)).kind == "present"


@pytest.mark.parametrize("named", ["pytorch_model.bin", "more/model.bin"])
def test_a_file_that_was_not_fetched_is_a_change(named: str) -> None:
    with served() as hub:
        fetch("large-v3-turbo", hub.endpoint)
    added = _folder() / named
    added.parent.mkdir(exist_ok=True)
    added.write_bytes(b"")
    assert "was not fetched and lies there" in state_of(shared_shelf(_TURBO)).says


def test_a_connection_that_ends_within_a_file_is_taken_up_where_it_ended() -> None:
    with served(breaks_at=30_000_000) as hub:
        assert fetch("large-v3-turbo", hub.endpoint)
        (taken_up,) = hub.ranges()
        assert 0 < int(taken_up.removeprefix("bytes=").removesuffix("-")) <= 30_000_000
    assert (_folder() / "model.bin").read_bytes() == recogniser_files()["model.bin"]


def test_a_hub_that_fails_for_good_says_so_and_what_arrived_whole_is_kept() -> None:
    with served(fails={"model.bin"}) as hub:
        with pytest.raises(
            FetchError, match=r"broke off .* run the same command again\. Files that have arrived whole"
        ):
            fetch("large-v3-turbo", hub.endpoint)
        assert state_of(shared_shelf(_TURBO)).kind == "missing"
        arrived = {path.name for path in _folder().parent.glob("*.part/*") if path.is_file()}
        hub.fails.clear()
        hub.asked.clear()
        assert fetch("large-v3-turbo", hub.endpoint)
        assert set(hub.downloads()) == set(_NAMES) - arrived
    assert state_of(shared_shelf(_TURBO)).kind == "present"


def test_a_killed_fetch_leaves_nothing_that_is_taken_for_a_model() -> None:
    with served(holds_at=30_000_000) as hub:
        fetching = _command(hub, "fetch", "--profile", "turbo")
        assert hub.is_holding.wait(60)
        fetching.send_signal(signal.SIGKILL)
        fetching.communicate()
        assert state_of(shared_shelf(_TURBO)).kind == "missing"
        hub.holds_at = None
        assert fetch("large-v3-turbo", hub.endpoint)
    assert state_of(shared_shelf(_TURBO)).kind == "present"


def test_a_hub_that_sends_other_bytes_than_it_lists_is_not_believed() -> None:
    with served() as hub:
        files = hub.files[_TURBO.repository, _TURBO.revision]
        listed = dict(files)
        change = bytes([files["model.bin"][-1] ^ 1])

        class Lies(dict[str, bytes]):
            def __getitem__(self, name: str) -> bytes:  # what is sent; what is listed comes from items()
                return listed[name][:-1] + change if name == "model.bin" else listed[name]

        hub.files[_TURBO.repository, _TURBO.revision] = Lies(listed)
        with pytest.raises(FetchError, match=r"model\.bin is not what the hub lists"):
            fetch("large-v3-turbo", hub.endpoint)
    assert state_of(shared_shelf(_TURBO)).kind == "missing"


def test_terms_to_accept_are_said_with_what_to_do_and_a_token_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    with served(needs_token={_DIARIZER.repository}) as hub:
        with pytest.raises(FetchError, match=rf"do so at {hub.endpoint}/{_DIARIZER.repository}, .* HF_TOKEN set"):
            fetch("diarization-community-1", hub.endpoint)
        monkeypatch.setenv("HF_TOKEN", "hf_other")
        with pytest.raises(FetchError, match="to this HF_TOKEN: accept the terms"):
            fetch("diarization-community-1", hub.endpoint)
        monkeypatch.setenv("HF_TOKEN", TOKEN)
        assert fetch("diarization-community-1", hub.endpoint)


def test_a_revision_that_the_hub_does_not_have_is_named() -> None:
    with served() as hub:
        hub.files.clear()
        with pytest.raises(FetchError, match=f"no revision {_TURBO.revision}"):
            fetch("large-v3-turbo", hub.endpoint)


def test_the_commands_from_nothing_to_whole_and_back() -> None:
    said, _ = (gone := _command(None, "fetch", "--profile", "turbo")).communicate()
    assert gone.returncode == 1
    assert "cannot be reached" in said
    assert "Traceback" not in said
    with served() as hub:
        said, _ = (done := _command(hub, "fetch", "--profile", "turbo")).communicate()
    assert (done.returncode, "fetched and verified" in said, "licence MIT" in said) == (0, True, True)

    said, _ = _command(None, "list").communicate()
    (row,) = [line for line in said.splitlines() if "│ large-v3-turbo" in line]
    assert "gpu, turbo" in row
    assert "MIT" in row
    assert "present" in row
    assert "terms to accept" in said
    assert "│ whisper-base" in said

    assert _command(None, "verify", "--profile", "turbo").wait() == 0
    said, _ = (half := _command(None, "verify", "--profile", "gpu")).communicate()
    assert half.returncode == 1
    assert "Next: coachlake models fetch --profile gpu" in said
    change_a_byte(_folder() / "tokenizer.json")
    said, _ = (changed := _command(None, "verify")).communicate()
    assert changed.returncode == 1
    assert "large-v3-turbo is changed: tokenizer.json is not the file that was fetched" in said


def test_a_folder_that_is_there_with_the_hub_gone_is_not_taken_for_whole() -> None:
    with served() as hub:
        fetch("large-v3-turbo", hub.endpoint)
    (_folder() / "tokenizer.json").unlink()
    with pytest.raises(FetchError, match="cannot be reached"):
        fetch("large-v3-turbo", _NOBODY)
    assert state_of(shared_shelf(_TURBO)).says.startswith("tokenizer.json is missing")
