"""Checks on the landed night."""

from collections.abc import Iterator

import dagster as dg

from coachlake.lake.connection import lake
from coachlake.landing.night_folder import landed_nights, read_nights
from data_quality import check_raw_nights, raw_expectations
from orchestration.check_results import check_results, record, specs
from orchestration.partitions import nights_of_run
from orchestration.resources.lakehouse import Lakehouse

_ASSET_OF = {
    "calls": ["raw", "calls"],
    "scores": ["raw", "scores"],
    "evidence": ["raw", "evidence"],
    "turns": ["raw", "turns"],
    "orphans": ["raw", "signals"],
}


@dg.multi_asset_check(specs=specs(raw_expectations(0), _ASSET_OF), pool="lake")
def raw_checks(
    context: dg.AssetCheckExecutionContext, lakehouse: dg.ResourceParam[Lakehouse]
) -> Iterator[dg.AssetCheckResult]:
    """The raw suite over the run's nights; what landed is counted at the landing zone, not in the lake."""
    settings = lakehouse.settings()
    nights = nights_of_run(context.run) or landed_nights(settings)
    landed = sum(len(batch.calls) for batch in read_nights(settings, nights))
    with lake(settings, read_only=True) as connection:
        results = check_raw_nights(connection, nights, landed, settings.home / "data_docs" / "raw")
    record(settings, context.run.run_id, max(nights, default=None), results)
    yield from check_results(results, _ASSET_OF)
