"""The night: everything from the landing zone to the published marts, for one partition."""

from datetime import timedelta

import dagster as dg

nightly = dg.define_asset_job(
    "nightly",
    selection=dg.AssetSelection.all()
    - dg.AssetSelection.assets("one_to_one_packs")  # weekly, see weekly_packs
    - dg.AssetSelection.groups("retention")  # weekly, see retained
    - dg.AssetSelection.groups("judge"),  # when somebody asks, see act_judge
    description="Land, hear, score, build, check and publish one night (or a range of nights as one run).",
)


@dg.schedule(job=nightly, cron_schedule="30 0 * * *", execution_timezone="UTC")
def every_night(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Half past midnight UTC: the night that has just ended."""
    night = (context.scheduled_execution_time - timedelta(days=1)).date().isoformat()
    return dg.RunRequest(run_key=night, partition_key=night)
