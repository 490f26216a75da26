"""A sensor that frees what a killed run held, so that the next one does not wait for ever."""

import dagster as dg

from orchestration.resources.lakehouse import Lakehouse
from orchestration.runs.dead_runs import release_dead_runs


@dg.sensor(minimum_interval_seconds=60, default_status=dg.DefaultSensorStatus.RUNNING)
def dead_runs(context: dg.SensorEvaluationContext, lakehouse: dg.ResourceParam[Lakehouse]) -> dg.SkipReason:
    """Mark runs whose process is gone as failed and give their slots back; also runs of `coachlake run`."""
    released = release_dead_runs(context.instance, lakehouse.settings())
    return dg.SkipReason("; ".join(map(str, released)) or "every run in progress lives")
