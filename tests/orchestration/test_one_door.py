"""Settings come through one door: what the resource `lakehouse` names, every step works on, dbt too."""

from datetime import date
from pathlib import Path

import dagster as dg
import pytest

from coachlake.cli.environment import prepare_environment
from coachlake.landing.night_folder import landed_nights
from coachlake.settings import load_settings
from demonstration.write import write_demo
from orchestration.resources.lakehouse import Lakehouse
from tests.reading import rows

NIGHT = date(2026, 11, 23)


def test_the_lakehouse_moves_raw_and_marts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from orchestration.definitions import defs

    named = tmp_path / "named_by_the_environment"
    monkeypatch.setenv("COACHLAKE_HOME", str(named))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    # Each place apart, so that none is right by following another.
    settings = load_settings(
        {
            "COACHLAKE_HOME": str(tmp_path / "home"),
            "COACHLAKE_CATALOG": f"sqlite:{tmp_path / 'catalog' / 'catalog.sqlite'}",
            "COACHLAKE_DATA_PATH": str(tmp_path / "files"),
            "COACHLAKE_MODEL_PROFILE": "fast",
        }
    )
    lakehouse = Lakehouse(settings)
    prepare_environment(settings)
    write_demo(Path(settings.landing), tmp_path / "gold", NIGHT, history_calls=6, spoken_calls=0)
    nights = landed_nights(settings)
    with dg.DagsterInstance.get() as instance:
        result = defs.resolve_job_def("nightly").execute_in_process(
            instance=instance,
            resources={"lakehouse": lakehouse},
            tags={
                "dagster/asset_partition_range_start": nights[0].isoformat(),
                "dagster/asset_partition_range_end": nights[-1].isoformat(),
            },
        )
    assert result.success
    assert not named.exists()
    for table in ("raw.calls", "marts.calls", "published.calls"):
        assert rows(settings, f"SELECT count(*) FROM lake.{table}") == [(6,)], table
    schemas = {path.relative_to(tmp_path / "files").parts[0] for path in (tmp_path / "files").rglob("*.parquet")}
    assert {"raw", "marts"} <= schemas
    assert not (settings.home / "lake").exists()
    # What dbt, the checks and publishing leave behind is under the home that was given.
    for folder in ("dbt/target", "data_docs/raw", "data_docs/marts", "published"):
        assert any((settings.home / folder).iterdir()), folder


def test_the_lakehouse_of_settings_is_those_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings({"COACHLAKE_HOME": str(tmp_path)})
    for name in ("HOME", "CATALOG", "RAY_ADDRESS", "DUCKDB_MEMORY"):
        monkeypatch.setenv(f"COACHLAKE_{name}", "of the environment")
    assert Lakehouse(settings).settings() == settings
