"""Somebody is forgotten everywhere, with a receipt, through a crash and a second delivery; others stay."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from coachlake.conversations.transcript import Segment, Transcript
from coachlake.erasure import forget as forgetting
from coachlake.erasure.forget import finish_open, forget
from coachlake.erasure.leftovers import holding
from coachlake.erasure.traces import Traces
from coachlake.lake.connection import create_raw_tables, lake
from coachlake.lake.publish import export_parquet, publish
from coachlake.lake.rows import to_tables
from coachlake.lake.tables import PER_CALL_TABLES
from coachlake.lake.writer import replace_calls
from coachlake.landing.night_folder import read_night
from coachlake.settings import Settings, load_settings
from ray_jobs.stage import Stage, save_embeddings, save_scored, save_transcript

_NIGHT = date(2026, 11, 23)
_SAID = {
    "call-gone": "The boiler in the green house has been cold since Saturday",
    "call-kept": "My parcel was left with the bakery across the road",
}
_REPS = {"call-gone": "rep-17", "call-kept": "rep-18"}


def _rows(call_id: str) -> dict[str, list[dict[str, Any]]]:
    key = {"call_id": call_id, "batch_date": _NIGHT}
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in PER_CALL_TABLES}
    return rows | {
        "calls": [
            key | {"rep_id": _REPS[call_id], "rep_name": "Ana", "status": "scored", "source": "live",
                   "started_at": datetime(2026, 11, 23, 9, tzinfo=UTC), "work_key": f"key-{call_id}"}
        ],
        "participants": [key | {"label": f"Customer of {call_id}", "first_words": _SAID[call_id]}],
        "turns": [key | {"turn_index": 0, "speaker": "customer", "text": _SAID[call_id]}],
        "evidence": [key | {"evidence_id": f"moment-{call_id}", "quote": _SAID[call_id]}],
        "stage_timings": [key | {"stage": "score", "wall_s": 1.5}],
    }  # fmt: skip


@pytest.fixture(params=["in the catalog", "in files", "in encrypted files"])
def settings(tmp_path: Path, request: pytest.FixtureRequest) -> Settings:
    encryption = "files" if request.param == "in encrypted files" else ""
    where = load_settings({"COACHLAKE_HOME": str(tmp_path), "COACHLAKE_ENCRYPTION": encryption})
    _land(where)
    with lake(where) as connection:
        create_raw_tables(connection)
    for call_id in _SAID:
        replace_calls(where, to_tables(_rows(call_id)))
    moments = [{"call_id": call_id, "quote": said} for call_id, said in _SAID.items()]
    with lake(where) as connection:
        connection.register("rows", pa.Table.from_pylist([{"team_id": "team-1", "moments": moments}]))
        connection.execute("CREATE SCHEMA lake.marts; CREATE TABLE lake.marts.priorities AS FROM rows")
        connection.execute("CREATE TABLE lake.marts.turns AS FROM lake.raw.turns")
        if request.param != "in the catalog":  # few rows stay in the catalog until somebody asks
            connection.execute("CALL ducklake_flush_inlined_data('lake')")
    publish(where, ["priorities", "turns"])
    export_parquet(where, where.home / "published")
    _stage(where)
    _beside(where)
    return where


def _land(where: Settings) -> None:
    folder = Path(where.landing) / _NIGHT.isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    for call_id, said in _SAID.items():
        (folder / f"{call_id}.txt").write_text(f"Agent: Hello, how can I help?\nCustomer: {said}.\n")
    lines = [
        f"{call_id}.txt,{call_id},{_REPS[call_id]},team-1,desk,2026-11-23T09:00:00Z,transcript,cust-{call_id}"
        for call_id in _SAID
    ]
    header = "file,call_id,rep_id,team_id,queue,started_at,channel_layout,customer_id"
    (folder / "calls.csv").write_text("\n".join([header, *lines]) + "\n")


def _stage(where: Settings) -> None:
    stage = Stage(where.staging)
    for call_id, said in _SAID.items():
        save_transcript(stage, f"ab-{call_id}-hash", Transcript((Segment("left", 0, 3, said),), (), "test"))
        save_embeddings(stage, f"ab-{call_id}-hash", {said: pa.array([0.1, 0.2]).to_numpy().astype("float32")})
        save_scored(stage, f"cd-{call_id}-hash", _rows(call_id))


def _beside(where: Settings) -> None:
    """Packs, scenarios, Data Docs, Dagster's records and logs of both calls."""
    for call_id, said in _SAID.items():
        for place in ("packs/weekly/2026-11-23", "practice/scenarios", "data_docs/raw", "logs"):
            (where.home / place).mkdir(parents=True, exist_ok=True)
        pack = where.home / "packs/weekly/2026-11-23" / _REPS[call_id]
        pack.with_suffix(".html").write_text(f"<p>“{said}”</p>")
        pack.with_suffix(".pdf").write_bytes(b"%PDF compressed")
        (where.home / "practice/scenarios" / f"live_moment-{call_id}.yaml").write_text("situation: about a call\n")
        (where.home / "data_docs/raw" / f"{call_id}.html").write_text(call_id)
        with (where.home / "logs" / "night.log").open("a") as log:
            log.write(f"refused {call_id}\n")
    (where.home / "dagster").mkdir()
    with closing(sqlite3.connect(where.home / "dagster" / "runs.db")) as records:
        records.execute("CREATE TABLE event_logs (id INTEGER, event TEXT)")
        records.executemany("INSERT INTO event_logs VALUES (?, ?)", [(1, f"saw {call}") for call in _SAID])
        records.commit()


def _left(where: Settings, *needles: str) -> list[str]:
    """Files that hold one of these anywhere, in the midst of a word too."""
    return [str(path.relative_to(where.home)) for path in holding([where.home], Traces((), needles))]


def test_everything_of_a_call_goes_and_nothing_of_another(settings: Settings) -> None:
    before = _left(settings, "call-kept", _SAID["call-kept"])
    assert len(_left(settings, "call-gone", _SAID["call-gone"])) > 10
    receipt = forget(settings, "call", "call-gone")
    assert receipt.is_complete, receipt.left_in
    assert _left(settings, "call-gone", _SAID["call-gone"], "moment-call-gone", "cust-call-gone") == []
    after = _left(settings, "call-kept", _SAID["call-kept"])
    still = {place.split("/")[0] for place in after}
    assert still >= {place.split("/")[0] for place in before}
    assert (settings.home / "packs/weekly/2026-11-23/rep-18.pdf").exists()
    assert not (settings.home / "packs/weekly/2026-11-23/rep-17.pdf").exists()
    with lake(settings, read_only=True) as connection:
        assert connection.execute("SELECT text FROM lake.published.turns").fetchall() == [(_SAID["call-kept"],)]
        found = connection.execute("SELECT list_transform(moments, m -> m.call_id) FROM lake.published.priorities")
        assert found.fetchall() == [(["call-kept"],)]
    (told,) = (settings.home / "erasure" / "receipts").iterdir()
    written = json.loads(told.read_text())
    assert written["calls"] == 1
    assert written["rows"]["raw.turns"] == 1
    assert "call-gone" not in told.read_text()


@pytest.mark.parametrize(
    ("kind", "given"), [("rep", "rep-17"), ("customer", "CUST-call-gone"), ("customer", "Customer of call-gone")]
)
def test_a_rep_and_a_customer_are_found_by_what_names_them(settings: Settings, kind: Any, given: str) -> None:
    receipt = forget(settings, kind, given)
    assert (receipt.calls, receipt.left_in) == (1, ())
    assert _left(settings, "call-gone", _SAID["call-gone"], given) == []
    assert _left(settings, "call-kept")


def test_a_crash_in_the_middle_is_taken_up(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(forgetting, "erase_history", crash)
        with pytest.raises(KeyboardInterrupt):
            forget(settings, "call", "call-gone")
    assert _left(settings, _SAID["call-gone"]), "old files of the lake still hold it"
    (receipt,) = finish_open(settings)
    assert receipt.is_complete, receipt.left_in
    assert _left(settings, "call-gone", _SAID["call-gone"]) == []
    assert finish_open(settings) == []


def test_what_is_delivered_again_goes_no_further(settings: Settings) -> None:
    before = read_night(settings, _NIGHT)
    forget(settings, "call", "call-gone")
    _land(settings)
    batch = read_night(settings, _NIGHT)
    assert [facts.call_id for facts in batch.ready] == ["call-kept"]
    (refused,) = batch.refused
    assert refused.reason == "erased on request: deliver it no more"
    assert "call-gone" not in str(refused)
    assert "rep-17" not in str(refused)
    assert len(batch.entries) == len(before.entries)
    assert "call-gone" not in str(batch.entries)


@pytest.fixture
def beginning_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """A third call, whose id and rep begin as those of the one that goes; before `settings` are made."""
    monkeypatch.setitem(_SAID, "call-gone2", "A lamp in the hall flickers since the storm last week")
    monkeypatch.setitem(_REPS, "call-gone2", "rep-170")


@pytest.mark.usefixtures("beginning_alike")
@pytest.mark.parametrize(("kind", "given"), [("call", "call-gone"), ("rep", "rep-17")])
def test_ids_that_begin_alike_are_of_two(settings: Settings, kind: Any, given: str) -> None:
    other = Traces(("call-gone2", "rep-170"), (_SAID["call-gone2"],))
    before = set(holding([settings.home], other))
    receipt = forget(settings, kind, given)
    assert (receipt.calls, receipt.left_in) == (1, ())
    assert list(holding([settings.home], Traces(("call-gone", "rep-17")[: 1 + (kind == "rep")], ()))) == []
    gone = {path for path in before if path.suffix != ".parquet"} - set(holding([settings.home], other))
    assert gone == set()
    with lake(settings, read_only=True) as connection:
        found = connection.execute("SELECT text FROM lake.published.turns ORDER BY call_id").fetchall()
        assert found == [(_SAID["call-gone2"],), (_SAID["call-kept"],)]
    log = (settings.home / "logs" / "night.log").read_text()
    assert log.splitlines() == ["refused [erased]", "refused call-kept", "refused call-gone2"]
    with closing(sqlite3.connect(settings.home / "dagster" / "runs.db")) as records:
        events = records.execute("SELECT event FROM event_logs ORDER BY rowid").fetchall()
    assert events == [("saw [erased]",), ("saw call-kept",), ("saw call-gone2",)]


def test_forgetting_who_is_not_there_is_no_mistake(settings: Settings) -> None:
    receipt = forget(settings, "customer", "nobody")
    assert (receipt.calls, receipt.is_complete) == (0, True)
    assert _left(settings, "call-gone")


def test_the_command_says_what_it_did_and_writes_for_its_user_alone(tmp_path: Path) -> None:
    run = [sys.executable, "-m", "coachlake.cli", "forget", "--call", "call-1"]
    environment = os.environ | {"COACHLAKE_HOME": str(tmp_path / "home")}
    done = subprocess.run(run, env=environment, capture_output=True, text=True, check=True)
    assert "0 calls erased" in done.stdout
    written = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert written
    assert [path for path in [tmp_path / "home", *written] if path.stat().st_mode & 0o077] == []


def test_nothing_is_left_of_calls_and_a_rep_of_a_whole_lake(demo_copy: Settings) -> None:
    """All that a night leaves, moments in marts and pieces of joined turns among it; others' calls stay."""
    with lake(demo_copy, read_only=True) as connection:
        (heard,), (read,) = (
            connection.execute(
                f"SELECT call_id FROM lake.raw.calls WHERE channel_layout {sign} 'transcript' AND status = 'scored' "
                "AND call_id IN (SELECT strength.call_id FROM lake.marts.one_to_ones) ORDER BY call_id LIMIT 1"
            ).fetchall()[0]
            for sign in ("!=", "=")
        )
        [(rep_id,)] = connection.execute(
            "SELECT rep_id FROM lake.raw.calls WHERE call_id NOT IN (?, ?) ORDER BY rep_id DESC LIMIT 1", [heard, read]
        ).fetchall()
        landed, of_rep = (
            connection.execute(f"SELECT count(*) FROM lake.raw.calls WHERE {which}", values).fetchall()[0][0]
            for which, values in (("true", []), ("rep_id = ? AND call_id NOT IN (?, ?)", [rep_id, heard, read]))
        )
    for kind, given in (("call", heard), ("call", read), ("rep", rep_id)):
        assert forget(demo_copy, kind, given).left_in == ()
    with lake(demo_copy, read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM lake.raw.calls").fetchall() == [(landed - 2 - of_rep,)]
        assert connection.execute("SELECT count(*) FROM lake.published.calls").fetchall() == [(landed - 2 - of_rep,)]
        assert connection.execute("SELECT count(*) FROM lake.raw.mart_builds").fetchall() == [(0,)]
