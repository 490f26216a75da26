"""What is older than the policy keeps it goes from everywhere, younger things stay, and the next night goes on."""

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import dagster as dg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from coachlake.access.audit import access_events, note_access
from coachlake.cli.app import app
from coachlake.cli.run import run_nightly
from coachlake.erasure.leftovers import holding
from coachlake.erasure.traces import Traces
from coachlake.lake.connection import lake
from coachlake.lake.publish import held_back, pinned_snapshots
from coachlake.landing.night_folder import landed_nights
from coachlake.retention.policy import KINDS, Policy
from coachlake.retention.retain import retain
from coachlake.settings import Settings
from orchestration.runs.old_runs import old_runs
from orchestration.runs.turn import opened_instance
from tests.conftest import NIGHT

_TODAY = NIGHT + timedelta(days=1)


def _count(settings: Settings, query: str) -> int:
    with lake(settings, read_only=True) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def _old_calls(settings: Settings, before: date) -> list[str]:
    with lake(settings, read_only=True) as connection:
        found = connection.execute(
            "SELECT call_id FROM lake.raw.calls WHERE CAST(started_at AS DATE) < ? ORDER BY call_id", [before]
        ).fetchall()
    return [call for (call,) in found]


def test_old_calls_go_from_everywhere_and_the_next_night_is_published(demo_copy: Settings) -> None:
    before = _TODAY - timedelta(days=40)
    gone, landed = _old_calls(demo_copy, before), _count(demo_copy, "SELECT count(*) FROM lake.raw.calls")
    assert 0 < len(gone) < landed
    policy = Policy({"calls": 40})
    rehearsed = retain(demo_copy, policy, _TODAY, is_rehearsal=True)
    assert _old_calls(demo_copy, before) == gone
    # What was landed and staged is as old as its folder and its files: the nights of these calls are due as well.
    found = retain(demo_copy, policy, _TODAY)
    assert found == rehearsed
    assert found.removed["calls"] == len(gone)
    assert found.removed["deliveries"] > 0
    assert min(landed_nights(demo_copy)) >= before
    places = [demo_copy.home / "published", Path(demo_copy.data_path), Path(demo_copy.staging)]
    assert not list(holding([*places, demo_copy.home / "lake"], Traces(gone, ())))
    assert retain(demo_copy, policy, _TODAY).removed == {}  # again: nothing is due
    assert run_nightly(demo_copy, NIGHT, NIGHT)
    assert held_back(demo_copy) == {}
    assert _count(demo_copy, "SELECT count(*) FROM lake.published.calls") == landed - len(gone)


def test_old_files_go_and_younger_ones_stay(demo_copy: Settings) -> None:
    old, young = (_TODAY - timedelta(days=days) for days in (8, 7))
    for day in (old, young):
        for name in ("packs/weekly/x/rep.html", "logs/x.log", "practice/scenarios/live_x.yaml", "cache/playable/x.ogg"):
            path = (demo_copy.home / name).with_stem(f"of-{day}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("as it was")
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp()
            os.utime(path, (noon, noon))
    found = retain(demo_copy, Policy(dict.fromkeys(("packs", "logs", "practice", "recordings"), 7)), _TODAY)
    assert found.removed == {"recordings": 1, "practice": 1, "packs": 1, "logs": 1}
    assert not list(demo_copy.home.rglob(f"of-{old}.*"))
    assert len(list(demo_copy.home.rglob(f"of-{young}.*"))) == 4
    receipt = next((demo_copy.home / "erasure" / "receipts").glob("retention-*.json"))
    assert json.loads(receipt.read_text())["removed"] == found.removed


def test_recordings_go_and_what_was_said_stays(demo_copy: Settings) -> None:
    turns = _count(demo_copy, "SELECT count(*) FROM lake.raw.turns")
    folder = Path(demo_copy.landing) / NIGHT.isoformat()
    kept = sorted(path.name for path in folder.iterdir() if path.suffix not in (".wav", ".mp3", ".flac", ".ogg"))
    assert retain(demo_copy, Policy({"recordings": 1}), NIGHT + timedelta(days=2)).removed["recordings"] > 0
    assert sorted(path.name for path in folder.iterdir()) == kept
    assert _count(demo_copy, "SELECT count(*) FROM lake.raw.turns") == turns


def test_old_snapshots_go_with_their_files_but_not_what_is_published(demo_copy: Settings) -> None:
    later = datetime.now(UTC).date() + timedelta(days=3)
    with lake(demo_copy) as connection:
        connection.register("rows", pa.Table.from_pylist([{"said": f"{n} gone with its file"} for n in range(2_000)]))
        connection.execute("CREATE TABLE lake.raw.for_a_while AS FROM rows")
        connection.execute("DROP TABLE lake.raw.for_a_while")
        pinned = pinned_snapshots(connection)
    calls = _count(demo_copy, "SELECT count(*) FROM lake.published.calls")
    assert pinned
    assert _files_with(demo_copy, "gone with its file")
    assert retain(demo_copy, Policy({"snapshots": 1}), later).removed["snapshots"] > 1
    assert not _files_with(demo_copy, "gone with its file")
    assert _count(demo_copy, "SELECT count(*) FROM lake.published.calls") == calls
    assert _count(demo_copy, "SELECT count(*) FROM ducklake_snapshots('lake')") <= len(pinned) + 1


def _files_with(settings: Settings, text: str) -> list[Path]:
    found = Path(settings.data_path).rglob("*.parquet")
    return [path for path in found if "said" in pq.read_schema(path).names and text in str(pq.read_table(path))]


def test_old_runs_and_looks_go(demo_copy: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    note_access(demo_copy, None, "view", call_id="demo-1")
    (demo_copy.home / "dagster").mkdir(exist_ok=True)
    monkeypatch.setenv("DAGSTER_HOME", str(demo_copy.home / "dagster"))
    with opened_instance() as instance:

        @dg.job
        def nothing() -> None: ...

        for _ in range(2):
            assert nothing.execute_in_process(instance=instance).success
        policy, now = Policy({"runs": 1, "looks": 1}), datetime.now(UTC).date()
        assert retain(demo_copy, policy, now, also=old_runs(instance, policy, now)).removed == {}
        later = now + timedelta(days=2)
        assert retain(demo_copy, policy, later, also=old_runs(instance, policy, later)).removed == {
            "runs": 2,
            "looks": 1,
        }
        assert instance.get_runs() == []
    assert access_events(demo_copy) == []


def test_the_command_says_what_goes(demo_copy: Settings) -> None:
    told = CliRunner().invoke(app, ["retain"])
    assert told.exit_code == 0
    assert "Everything is kept" in told.output
    demo_copy.retention.write_text("[keep_days]\nnights = 3\n")
    told = CliRunner().invoke(app, ["retain"])
    assert told.exit_code == 2
    assert "nothing is kept by the name of nights" in told.output
    demo_copy.retention.write_text("[keep_days]\ncalls = 36500\n")
    told = CliRunner().invoke(app, ["retain", "--dry-run"])
    assert told.exit_code == 0
    assert "Nothing is older" in told.output
    demo_copy.retention.write_text("[keep_days]\nsnapshots = 1\nrecordings = 1\n")
    told = CliRunner().invoke(app, ["retain", "--dry-run"])
    assert told.exit_code == 0
    assert "recordings:" in told.output
    assert "would go" in told.output


def test_every_kind_is_told_in_the_docs() -> None:
    page = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text()
    assert all(f"`{kind}`" in page for kind in KINDS)
