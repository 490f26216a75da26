"""Calls that come in parts, late, again, corrected and withdrawn make the same tables as the calls at once."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from coachlake.lake.tables import PER_CALL_TABLES
from coachlake.landing.night_folder import landed_nights, read_nights
from coachlake.landing.own_folder import land_folder
from coachlake.rubrics.load import load_rubrics
from coachlake.settings import Settings, load_settings
from evaluation.faults.inputs.good_calls import facts, good_document
from ray_jobs.night import run_nights
from tests.reading import rows

# call_id, which document, start, other facts.
_Call = tuple[str, int, str, dict[str, str]]
_FIRST, _SECOND = "2026-11-17T23:59:00Z", "2026-11-18T00:01:00Z"


def _deliver(settings: Settings, folder: Path, calls: Sequence[_Call]) -> None:
    folder.mkdir()
    listed = []
    for call_id, number, started_at, other in calls:
        (folder / f"{call_id}.json").write_text(json.dumps(good_document(number)), encoding="utf-8")
        listed.append(facts(call_id, f"{call_id}.json", number, started_at=started_at) | other)
    (folder / "calls.json").write_text(json.dumps(listed), encoding="utf-8")
    land_folder(settings, folder)


def _run(settings: Settings, nights: Sequence[date] | None = None) -> None:
    rubrics = load_rubrics(settings.rubrics, settings.home / "last_good").rubrics
    run_nights(settings, read_nights(settings, nights or landed_nights(settings)), rubrics)


def _tables(settings: Settings) -> dict[str, list[Any]]:
    """What lies in the lake, without when it was processed and how long that took."""
    without = {"calls": "EXCLUDE (processed_at)", "stage_timings": "EXCLUDE (wall_s, cpu_s, measured_at)"}
    return {
        table: sorted(rows(settings, f"SELECT * {without.get(table, '')} FROM lake.raw.{table}"), key=repr)
        for table in PER_CALL_TABLES
    }


def test_parts_late_again_corrected_and_withdrawn_end_as_the_calls_at_once(tmp_path: Path) -> None:
    at_once, parts = (
        load_settings({"COACHLAKE_HOME": str(tmp_path / name), "COACHLAKE_MODEL_PROFILE": "fast"})
        for name in ("at-once", "parts")
    )
    calls: list[tuple[str, int, str, dict[str, str]]] = [
        ("a", 1, _FIRST, {}),
        ("b", 2, _SECOND, {}),
        ("c", 3, _SECOND, {}),
    ]
    _deliver(at_once, tmp_path / "all", calls)
    _run(at_once)

    # The second night first, with a call that is withdrawn later and one whose recording and night are corrected.
    _deliver(parts, tmp_path / "one", [calls[1], ("a", 9, _SECOND, {}), ("gone", 8, _SECOND, {})])
    _run(parts)
    assert [call_id for (call_id,) in rows(parts, "SELECT call_id FROM lake.raw.calls ORDER BY 1")] == [
        "a",
        "b",
        "gone",
    ]
    _deliver(parts, tmp_path / "two", [("a", 1, _FIRST, {"is_correction": "true"}), calls[2], calls[1]])
    _run(parts)
    _deliver(parts, tmp_path / "three", [("gone", 8, _SECOND, {"is_withdrawn": "true"}), calls[2]])
    _run(parts)

    whole = _tables(at_once)
    assert [row[0] for row in whole["calls"]] == ["a", "b", "c"]
    assert all("scored" in row for row in whole["calls"])
    assert _tables(parts) == whole


def test_a_refused_call_stays_in_its_night_whichever_night_runs_first(tmp_path: Path) -> None:
    nights = [date(2026, 11, 17), date(2026, 11, 18)]
    for name, runs in {"once": [nights], "apart": [nights[:1], nights[1:]], "late": [nights[1:], nights[:1]]}.items():
        settings = load_settings({"COACHLAKE_HOME": str(tmp_path / name), "COACHLAKE_MODEL_PROFILE": "fast"})
        for night in nights:
            _drop_without_recording(settings, night, "id")
        for run in runs:
            _run(settings, run)
            kept = rows(settings, "SELECT batch_date, status FROM lake.raw.calls ORDER BY 1")
        assert kept == [(night, "quarantined") for night in nights], name
        _run(settings, nights)
        ids = rows(settings, "SELECT call_id, batch_date FROM lake.raw.calls ORDER BY 2")
        assert ids == [("id", nights[0]), ("id~2026-11-18", nights[1])], name


def _drop_without_recording(settings: Settings, night: date, call_id: str) -> None:
    """Call facts put into the landing zone by hand; the recording that they name never came."""
    folder = Path(settings.landing) / night.isoformat()
    folder.mkdir(parents=True)
    row = facts(call_id, "never.json", 1, started_at=f"{night}T09:00:00Z")
    (folder / "calls.json").write_text(json.dumps([row]), encoding="utf-8")
