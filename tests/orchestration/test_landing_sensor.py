"""The sensor asks for a run once per settled change of a night's folder."""

import os
from pathlib import Path

import dagster as dg

from coachlake.settings import Settings
from orchestration.defs.landing.landing_zone import landing_zone
from orchestration.resources.lakehouse import Lakehouse


def _land(settings: Settings, name: str, *, age_s: float) -> None:
    folder = Path(settings.landing) / "2026-11-20"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("call_id\n", encoding="utf-8")
    written_at = (folder / name).stat().st_mtime - age_s
    os.utime(folder / name, (written_at, written_at))


def _evaluate(cursor: str | None) -> tuple[list[str | None], str | None]:
    with dg.build_sensor_context(cursor=cursor, resources={"lakehouse": Lakehouse()}) as context:
        result = landing_zone(context)
    assert isinstance(result, dg.SensorResult)
    return [request.partition_key for request in result.run_requests or []], result.cursor


def test_a_folder_is_run_when_it_has_settled_and_again_when_it_changed(empty_settings: Settings) -> None:
    assert _evaluate(None)[0] == []
    _land(empty_settings, "calls.csv", age_s=0)
    still_uploading, cursor = _evaluate(None)
    assert still_uploading == []
    _land(empty_settings, "calls.csv", age_s=600)
    settled, cursor = _evaluate(cursor)
    assert settled == ["2026-11-20"]
    unchanged, cursor = _evaluate(cursor)
    assert unchanged == []
    _land(empty_settings, "late.csv", age_s=300)
    changed, _ = _evaluate(cursor)
    assert changed == ["2026-11-20"]
