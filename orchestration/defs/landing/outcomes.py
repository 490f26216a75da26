"""Outcomes: they arrive after the calls, in their own feed, and change."""

import dagster as dg
import pyarrow as pa

from coachlake.lake.writer import upsert
from coachlake.landing.feeds import newest_of, outcomes_of, read_outcomes
from coachlake.landing.night_folder import night_folder, read_night
from orchestration import owners
from orchestration.describe import column_schema
from orchestration.partitions import dates, nights
from orchestration.resources.lakehouse import Lakehouse


@dg.asset(
    key=["raw", "outcomes"],
    partitions_def=nights,
    backfill_policy=dg.BackfillPolicy.single_run(),
    deps=["call_batch"],
    group_name="raw",
    kinds={"python", "ducklake"},
    owners=owners.DATA,
    pool="lake",
    retry_policy=dg.RetryPolicy(max_retries=2, delay=10),
    metadata={"dagster/column_schema": column_schema("outcomes")},
)
def outcomes(context: dg.AssetExecutionContext, lakehouse: dg.ResourceParam[Lakehouse]) -> dg.MaterializeResult[None]:
    """CSAT and conversion by the day they arrived; a newer row for a call replaces the older one."""
    settings = lakehouse.settings()
    tables: list[pa.Table] = []
    for night in dates(context):
        inline = read_night(settings, night).outcomes
        tables.append(outcomes_of(list(inline)))
        feed = night_folder(settings, night) / "outcomes.csv"
        if feed.exists():
            tables.append(read_outcomes(feed))
    newest = newest_of(tables)
    if newest.num_rows:
        upsert(settings, "outcomes", newest)
    return dg.MaterializeResult(metadata={"dagster/row_count": newest.num_rows})
