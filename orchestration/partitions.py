"""One partition a night. Late data (outcomes) has partitions of its own, by the day it arrived."""

from datetime import date

import dagster as dg

nights = dg.DailyPartitionsDefinition(start_date="2026-08-01", end_offset=1)


def dates(context: dg.AssetExecutionContext) -> list[date]:
    """The nights of this run: one, or all of a backfill that runs as one."""
    return [date.fromisoformat(key) for key in context.partition_keys]
