"""One partition a night. Late data (outcomes) has partitions of its own, by the day it arrived."""

from datetime import date

import dagster as dg

nights = dg.DailyPartitionsDefinition(start_date="2020-01-01", end_offset=1)


def dates(context: dg.AssetExecutionContext) -> list[date]:
    """The nights of this run: one, or all of a backfill that runs as one."""
    return [date.fromisoformat(key) for key in context.partition_keys]


def nights_of_run(run: dg.DagsterRun) -> list[date]:
    """The nights a run was launched for, for assets and checks that carry no partitions of their own.

    Empty where it was launched without any: then everything is meant.
    """
    start = run.tags.get("dagster/asset_partition_range_start") or run.tags.get("dagster/partition")
    end = run.tags.get("dagster/asset_partition_range_end") or start
    if start is None or end is None:
        return []
    keys = nights.get_partition_keys_in_range(dg.PartitionKeyRange(start, end))
    return [date.fromisoformat(key) for key in keys]
