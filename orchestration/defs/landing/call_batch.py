"""The landed night as a checked batch."""

from datetime import date

import dagster as dg

from coachlake.lake.writer import replace_entries
from coachlake.landing.accounts import account_rows
from coachlake.landing.night_folder import read_nights
from orchestration import owners
from orchestration.partitions import dates, nights
from orchestration.resources.lakehouse import Lakehouse


@dg.asset(
    partitions_def=nights,
    backfill_policy=dg.BackfillPolicy.single_run(),
    group_name="landing",
    kinds={"python"},
    owners=owners.DATA,
)
def call_batch(context: dg.AssetExecutionContext, lakehouse: dg.ResourceParam[Lakehouse]) -> dg.MaterializeResult[None]:
    """A night's landed calls with their facts checked, files hashed and repeats refused, before any model runs."""
    settings = lakehouse.settings()
    batches = read_nights(settings, dates(context))
    entries = account_rows([(batch.batch_date, batch.entries) for batch in batches])
    replace_entries(settings, [batch.batch_date for batch in batches], entries)
    landed = sum(len(batch.calls) for batch in batches)
    refused = [f"{call.facts.call_id}: {call.reason}" for batch in batches for call in batch.refused]
    if not landed:
        context.log.warning(f"nothing landed for {_span([batch.batch_date for batch in batches])}")
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": landed,
            "delivered_entries": entries.num_rows,
            "refused_count": len(refused),
            "refused": refused[:50],
        }
    )


def _span(nights: list[date]) -> str:
    return str(nights[0]) if len(nights) == 1 else f"{nights[0]} to {nights[-1]}"
