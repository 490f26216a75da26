"""Outcomes: they arrive after the calls, in their own feed, and change."""

import dagster as dg
import pyarrow as pa

from coachlake.lake.writer import upsert_newer
from coachlake.landing.feeds import FeedError, is_outcomes_file, newest_of, outcomes_of, read_outcomes
from coachlake.landing.night_folder import night_folder, read_nights
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
    """CSAT and conversion by the day they arrived; a newer row for a call replaces the older one.

    A row or a file that cannot be used is named here and among the delivered entries; it never stops the night.
    """
    settings = lakehouse.settings()
    tables: list[pa.Table] = []
    problems: list[str] = []
    for batch in read_nights(settings, dates(context)):
        tables.append(outcomes_of(list(batch.outcomes)))
        for file in sorted(night_folder(settings, batch.batch_date).glob("outcomes*")):
            if not (is_outcomes_file(file.name) and file.is_file()):
                continue
            try:
                feed = read_outcomes(file)
            except FeedError as error:
                problems.append(str(error))
                continue
            tables.append(feed.table)
            problems += feed.problems
    for problem in problems:
        context.log.warning(problem)
    newest = newest_of(tables)
    if newest.num_rows:
        upsert_newer(settings, "outcomes", newest, by="received_at")
    return dg.MaterializeResult(
        metadata={"dagster/row_count": newest.num_rows, "problem_count": len(problems), "problems": problems[:50]}
    )
