"""The night itself: every landed call transcribed, scored and landed in the lake's raw tables."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import dagster as dg
import pyarrow as pa

from coachlake.lake.connection import lake
from coachlake.lake.sql import Sql, listed, literal
from coachlake.lake.tables import PER_CALL_TABLES
from coachlake.lake.writer import upsert
from coachlake.landing.night_folder import read_nights
from coachlake.rubrics.in_force import rubrics_in_force
from coachlake.rubrics.rows import rubric_rows
from coachlake.settings import Settings
from orchestration import owners
from orchestration.defs.scoring.spent import spent_metadata
from orchestration.describe import column_schema, row_count
from orchestration.partitions import dates, nights
from orchestration.resources.lakehouse import Lakehouse
from orchestration.resources.progress import ProgressReporter
from ray_jobs.night import NightResult, run_nights

_DESCRIPTIONS = {
    "calls": "One row a call, scored or quarantined with its reason.",
    "participants": "One row a call and participant: who spoke, and as whom.",
    "turns": "One row a turn: who spoke, when, what, and how it sounded.",
    "signals": "One row an occurrence of a soft-skill signal, with its quote and time.",
    "scores": "One row a call and criterion; NULL where the call gave no opportunity.",
    "evidence": "One row a moment under a score, with its verbatim quote and time.",
    "stage_timings": "One row a call and stage that it went through: seconds of the clock, of cores and of a GPU.",
}


@dg.multi_asset(
    specs=[
        dg.AssetSpec(
            ["raw", table],
            deps=["call_batch", ["raw", "rubric_criteria"]],
            description=_DESCRIPTIONS[table],
            group_name="raw",
            kinds={"ray", "ducklake"},
            owners=owners.DATA,
            metadata={"dagster/column_schema": column_schema(table)},
            # A night is in by six in the morning; later, people would read yesterday's figures as today's.
            freshness_policy=dg.FreshnessPolicy.cron("0 6 * * *", timedelta(hours=6)),
        )
        for table in PER_CALL_TABLES
    ],
    partitions_def=nights,
    backfill_policy=dg.BackfillPolicy.single_run(),
    retry_policy=dg.RetryPolicy(max_retries=2, delay=30, backoff=dg.Backoff.EXPONENTIAL),
    pool="lake",
)
def scored_calls(
    context: dg.AssetExecutionContext,
    lakehouse: dg.ResourceParam[Lakehouse],
    progress: dg.ResourceParam[ProgressReporter],
) -> Iterator[dg.MaterializeResult[None]]:
    """Stream the run's nights through Ray and land each in one transaction. Repeating it redoes only what changed."""
    settings = lakehouse.settings()
    rubrics, _ = rubrics_in_force(settings)
    # As they are now: a file edited since the rubrics were landed would leave scores without their criteria.
    upsert(settings, "rubric_criteria", pa.concat_tables([rubric_rows(rubric) for rubric in rubrics.values()]))
    batches = read_nights(settings, dates(context))
    with progress.reporting(context, "calls") as report:
        results = run_nights(settings, batches, rubrics, report)
    metadata = _metadata(settings, [batch.batch_date for batch in batches])
    for table in PER_CALL_TABLES:
        more = {"calls": _night_metadata(results), "stage_timings": spent_metadata(results, settings.prices)}
        yield dg.MaterializeResult(asset_key=["raw", table], metadata=metadata[table] | more.get(table, {}))


def _metadata(settings: Settings, of: list[date]) -> dict[str, dict[str, Any]]:
    """Table → how many rows it has of these nights; of calls also by what they came to."""
    here = Sql(f"batch_date IN ({listed(of)})")
    with lake(settings, read_only=True) as connection:
        counts = {table: row_count(connection, f"raw.{table}", here) for table in PER_CALL_TABLES}
        live = {
            status: row_count(
                connection, "raw.calls", Sql(f"{here} AND status = {literal(status)} AND source = 'live'")
            )
            for status in ("scored", "asked", "quarantined")
        }
    return {table: {"dagster/row_count": n, **(live if table == "calls" else {})} for table, n in counts.items()}


def _night_metadata(results: list[NightResult]) -> dict[str, Any]:
    return {
        "landed": sum(result.landed for result in results),
        "processed": sum(result.processed for result in results),
        "unchanged": sum(result.landed - result.processed for result in results),
        "withdrawn": sum(result.withdrawn for result in results),
    }
