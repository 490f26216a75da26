"""One partition a night. Late data (outcomes) has partitions of its own, by the day it arrived."""

from datetime import date

import dagster as dg

nights = dg.DailyPartitionsDefinition(start_date="2020-01-01", end_offset=1)


def dates(context: dg.AssetExecutionContext) -> list[date]:
    """The nights of this run: one, or all of a backfill that runs as one."""
    return [date.fromisoformat(key) for key in context.partition_keys]


def check_dates(context: dg.AssetCheckExecutionContext) -> list[date]:
    """The nights of this run, for checks (which carry no partitions of their own).

    Raises ValueError where the run has no night: then there is nothing to check.
    """
    tags = context.run.tags
    start = tags.get("dagster/asset_partition_range_start") or tags.get("dagster/partition")
    end = tags.get("dagster/asset_partition_range_end") or start
    if start is None or end is None:
        raise ValueError("checks run with the assets of a night: launch them with a partition")
    keys = nights.get_partition_keys_in_range(dg.PartitionKeyRange(start, end))
    return [date.fromisoformat(key) for key in keys]
