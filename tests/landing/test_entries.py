"""Everything in a delivered folder is told of once, whatever it is, and nothing of it stops the landing."""

import json
import os
import stat
from datetime import date
from pathlib import Path

import pytest

from coachlake.landing.accounts import account_rows
from coachlake.landing.batch import Batch, read_batch
from coachlake.landing.entries import LEADS_OUT
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


def test_unnamed_files_of_one_stem_are_calls_of_their_own_in_every_night(folder: Path) -> None:
    for name in ("b.vtt", "b.amr", "c.amr"):
        (folder / name).write_bytes(b"#!AMR\n")
    ids = [[call.facts.call_id for call in read_batch(folder, night).refused] for night in (_NIGHT, date(2026, 11, 21))]
    assert ids[0] == ["b.amr~no-facts-2026-11-20", "b.vtt~no-facts-2026-11-20", "c~no-facts-2026-11-20"]
    assert not set(ids[0]) & set(ids[1])


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


@pytest.fixture
def linked_out(folder: Path, tmp_path: Path) -> Path:
    """The folder with links to a transcript that was not delivered: of the file, and of the folder it lies in."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "private.json").write_bytes((folder / "a.json").read_bytes() + b" ")
    (folder / "out.json").symlink_to(elsewhere / "private.json")
    (folder / "up.json").symlink_to(Path("..") / ".." / elsewhere.parent.name / "elsewhere" / "private.json")
    (folder / "side").symlink_to(elsewhere)
    (folder / "a.json").write_text('[{"speaker": "rep", "text": "hello"}, {"speaker": "customer", "text": "hi"}]')
    (folder / "within.json").symlink_to("a.json")
    return folder


def test_a_link_out_of_the_delivery_is_listed_and_not_followed(linked_out: Path, empty_settings: Settings) -> None:
    found = _by_entry(read_batch(linked_out, _NIGHT))
    for name in ("out.json", "up.json"):
        assert found[name] == ("ignored", LEADS_OUT)
    assert found["side"] == ("ignored", "a link to a folder: it is not followed")
    assert found["within.json"][0] == "call"
    land_folder(empty_settings, linked_out)
    landed = Path(empty_settings.landing)
    assert {path.name for path in landed.rglob("*.json")} >= {"a.json", "within.json"}
    assert not [path for path in landed.rglob("*") if path.name in ("out.json", "up.json", "private.json")]


@pytest.mark.parametrize("name", ["out.json", "up.json", "side/private.json", "../elsewhere/private.json"])
def test_call_facts_that_name_what_was_not_delivered_are_refused(
    linked_out: Path, empty_settings: Settings, name: str
) -> None:
    (linked_out / "calls.csv").write_text(_FACTS.replace("a.json", name), encoding="utf-8")
    batch = read_batch(linked_out, _NIGHT)
    told = [call.reason or "" for call in batch.refused if call.facts.file_sha256 is None]
    assert any(LEADS_OUT in reason or "inside this folder" in reason for reason in told), told
    assert not [call for call in batch.calls if call.reason is None]
    land_folder(empty_settings, linked_out)
    assert not [path for path in Path(empty_settings.landing).rglob("*") if path.name in ("out.json", "private.json")]


def test_call_facts_that_are_a_link_out_of_the_delivery_are_not_read(folder: Path, tmp_path: Path) -> None:
    (folder / "calls.csv").rename(tmp_path / "others.csv")
    (folder / "calls.csv").symlink_to(tmp_path / "others.csv")
    with pytest.raises(CallFactsError, match="a link out of its folder"):
        read_batch(folder, _NIGHT)


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
