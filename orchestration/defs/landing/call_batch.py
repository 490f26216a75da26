"""The landed night as a checked batch."""

from datetime import date

import dagster as dg

from coachlake.landing.night_folder import read_night
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
    batches = [read_night(lakehouse.settings(), night) for night in dates(context)]
    landed = sum(len(batch.calls) for batch in batches)
    refused = [f"{call.facts.call_id}: {call.reason}" for batch in batches for call in batch.refused]
    if not landed:
        context.log.warning(f"nothing landed for {_span([batch.batch_date for batch in batches])}")
    return dg.MaterializeResult(
        metadata={"dagster/row_count": landed, "refused_count": len(refused), "refused": refused[:50]}
    )


def _span(nights: list[date]) -> str:
    return str(nights[0]) if len(nights) == 1 else f"{nights[0]} to {nights[-1]}"
