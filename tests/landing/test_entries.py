"""Everything in a delivered folder is told of once, whatever it is, and nothing of it stops the landing."""

import json
import os
import stat
from datetime import date
from pathlib import Path

import pytest

from coachlake.landing.accounts import account_rows
from coachlake.landing.batch import Batch, read_batch
from coachlake.landing.facts import CallFactsError
from coachlake.landing.night_folder import read_night
from coachlake.landing.own_folder import land_folder
from coachlake.settings import Limits, Settings

_NIGHT = date(2026, 11, 20)
_FACTS = "file,rep_id,team_id,queue,started_at,channel_layout\na.json,r1,t1,q,2026-11-20T10:00:00Z,transcript\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "mine"
    made.mkdir()
    (made / "calls.csv").write_text(_FACTS, encoding="utf-8")
    (made / "a.json").write_text("{}", encoding="utf-8")
    return made


def _by_entry(batch: Batch) -> dict[str, tuple[str, str | None]]:
    rows = account_rows([(batch.batch_date, batch.entries)]).to_pylist()
    found = {row["entry"]: (row["used_as"], row["reason"]) for row in rows}
    assert len(found) == len(rows)
    return found


def test_what_no_row_names_is_a_refused_call_or_told_with_its_reason(folder: Path) -> None:
    (folder / "b.vtt").write_text("WEBVTT\n", encoding="utf-8")
    (folder / "sub").mkdir()
    (folder / "sub" / "c.amr").write_bytes(b"#!AMR\n")
    (folder / "d.json").write_text('[{"speaker": "rep", "text": "hello"}, {"speaker": "customer", "text": "hi"}]')
    (folder / "package.json").write_text('{"name": "x"}', encoding="utf-8")
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "x.wav").mkdir()
    (folder / "gone.mp3").symlink_to("nowhere.mp3")
    (folder / "circle.mp3").symlink_to("circle.mp3")
    os.mkfifo(folder / "pipe.wav")
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.wav")).write_bytes(b"RIFF")
    found = _by_entry(read_batch(folder, _NIGHT))
    assert {name for name, (used_as, _) in found.items() if used_as == "call"} == {
        "a.json", "b.vtt", "sub/c.amr", "d.json", "caf�.wav"
    }  # fmt: skip
    assert found["calls.csv"] == ("facts", None)
    reasons = {name: reason for name, (used_as, reason) in found.items() if used_as == "ignored"}
    assert reasons == {
        "package.json": "no row of the call facts names it, and it is neither a recording nor a transcript",
        ".DS_Store": "a system's own or unfinished file",
        "x.wav": "a folder, not a file",
        "gone.mp3": "a link to nothing",
        "circle.mp3": "a link to nothing",
        "pipe.wav": "no file but a pipe, socket or device",
    }


def test_a_delivery_with_all_of_it_lands_and_tells_the_same(folder: Path, empty_settings: Settings) -> None:
    (folder / "x.wav").mkdir()
    (folder / "package.json").write_text('{"name": "x"}', encoding="utf-8")
    (folder / "b.vtt").write_text("WEBVTT\n", encoding="utf-8")
    (folder / "linked.json").symlink_to("a.json")
    os.mkfifo(folder / "pipe.wav")
    assert land_folder(empty_settings, folder) == [_NIGHT]
    assert land_folder(empty_settings, folder) == [_NIGHT]
    found = _by_entry(read_night(empty_settings, _NIGHT))
    assert found["x.wav"] == ("ignored", "a folder, not a file")
    assert found["package.json"][0] == "ignored"
    assert found["pipe.wav"][0] == "ignored"
    assert found["b.vtt"][0] == "call"
    assert found["a.json"][0] == "call"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_costs_itself(folder: Path) -> None:
    (folder / "a.json").chmod(0)
    try:
        (call,) = read_batch(folder, _NIGHT).calls
    finally:
        (folder / "a.json").chmod(stat.S_IRUSR | stat.S_IWUSR)
    assert "cannot be read" in (call.reason or "")


def test_a_night_without_usable_facts_loses_nothing_and_stops_nobody(folder: Path, empty_settings: Settings) -> None:
    night = Path(empty_settings.landing) / _NIGHT.isoformat()
    night.mkdir(parents=True)
    (night / "calls.csv").write_text("file,rep_id\na.json,r1\n", encoding="utf-8")
    (night / "a.json").write_text(json.dumps([{"speaker": "rep", "text": "hello"}]), encoding="utf-8")
    with pytest.raises(CallFactsError):
        read_batch(night, _NIGHT)
    batch = read_night(empty_settings, _NIGHT)
    assert [call.reason for call in batch.calls] == [
        "calls.csv lacks 4 required column(s): team_id, queue, started_at, channel_layout"
    ]
    assert _by_entry(batch)["calls.csv"][0] == "ignored"


def test_more_files_than_a_night_may_have_are_refused_by_name(folder: Path) -> None:
    for number in range(20):
        (folder / f"{number}.txt").write_bytes(b"x")
    with pytest.raises(CallFactsError, match="more than 10 files, the limit files_a_night"):
        read_batch(folder, _NIGHT, Limits(files_a_night=10))
    assert len(_by_entry(read_batch(folder, _NIGHT))) == 22


def test_a_folder_of_many_files_is_accounted_for_file_by_file(folder: Path) -> None:
    for number in range(5_000):
        (folder / f"{number}.wav").touch()
    batch = read_batch(folder, _NIGHT)
    assert len(batch.calls) == 5_001
    assert len(_by_entry(batch)) == 5_002
