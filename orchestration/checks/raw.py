"""Checks on the landed night."""

from collections.abc import Iterator

import dagster as dg

from data_quality import check_raw_nights, raw_expectations
from orchestration.checks.describe import check_results, record, specs
from orchestration.partitions import check_dates
from orchestration.resources.lakehouse import Lakehouse
from ray_jobs.lake.connection import lake
from ray_jobs.landing.night_folder import read_night

_ASSET_OF = {
    "calls": ["raw", "calls"],
    "scores": ["raw", "scores"],
    "evidence": ["raw", "evidence"],
    "turns": ["raw", "turns"],
    "orphans": ["raw", "signals"],
}


@dg.multi_asset_check(specs=specs(raw_expectations(0), _ASSET_OF), pool="lake")
def raw_checks(context: dg.AssetCheckExecutionContext, lakehouse: Lakehouse) -> Iterator[dg.AssetCheckResult]:
    """The raw suite over the run's nights; what landed is counted at the landing zone, not in the lake."""
    settings = lakehouse.settings()
    nights = check_dates(context)
    landed = sum(len(read_night(settings, night).calls) for night in nights)
    with lake(settings, read_only=True) as connection:
        results = check_raw_nights(connection, nights, landed, settings.home / "data_docs" / "raw")
    record(settings, context.run.run_id, nights[-1], results)
    yield from check_results(results, _ASSET_OF)
