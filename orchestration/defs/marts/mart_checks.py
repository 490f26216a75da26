"""Checks on the marts, before they are published."""

from collections.abc import Iterator

import dagster as dg

from coachlake.lake.connection import lake
from data_quality import check_marts, mart_expectations
from orchestration.check_results import check_results, record, specs
from orchestration.partitions import nights_of_run
from orchestration.resources.lakehouse import Lakehouse

_ASSET_OF = {item.frame: ["marts", item.frame] for item in mart_expectations()} | {
    "sums": ["marts", "nightly_coverage"],
    "freshness": ["marts", "calls"],
    "silent_reps": ["marts", "reps"],
    "missing_reps": ["marts", "reps"],
    "drift": ["marts", "call_scores"],
}


@dg.multi_asset_check(specs=specs(mart_expectations(), _ASSET_OF, may_block=False), pool="lake")
def mart_checks(
    context: dg.AssetCheckExecutionContext, lakehouse: dg.ResourceParam[Lakehouse]
) -> Iterator[dg.AssetCheckResult]:
    """The marts suite after a build; what fails is held back by `published`, the rest is published."""
    settings = lakehouse.settings()
    nights = nights_of_run(context.run)
    with lake(settings, read_only=True) as connection:
        results = check_marts(connection, nights, settings.home / "data_docs" / "marts")
    record(settings, context.run.run_id, max(nights, default=None), results)
    yield from check_results(results, _ASSET_OF)
