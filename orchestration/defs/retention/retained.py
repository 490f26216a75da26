"""The week: what the retention policy keeps no longer goes."""

from datetime import UTC, datetime

import dagster as dg

from coachlake.retention.policy import read_policy
from coachlake.retention.retain import retain
from orchestration import owners
from orchestration.resources.lakehouse import Lakehouse
from orchestration.runs.old_runs import old_runs


@dg.asset(group_name="retention", kinds={"ducklake"}, owners=owners.DATA, pool="lake")
def retained(context: dg.AssetExecutionContext, lakehouse: dg.ResourceParam[Lakehouse]) -> dg.MaterializeResult[None]:
    """What is left after everything older than the policy keeps has gone; all of it where there is no policy."""
    settings, today = lakehouse.settings(), datetime.now(UTC).date()
    policy = read_policy(settings.retention)
    found = retain(settings, policy, today, also=old_runs(context.instance, policy, today))
    return dg.MaterializeResult(
        metadata={"policy_days": dict(policy.days), "removed": found.removed, "last_kept": found.last_kept}
    )


retention = dg.define_asset_job(
    "retention",
    selection=dg.AssetSelection.groups("retention"),
    description="Remove what the retention policy keeps no longer (docs/privacy.md).",
)


# Once a week: after calls have gone, the next night rebuilds every row of the marts.
@dg.schedule(job=retention, cron_schedule="0 3 * * 0", execution_timezone="UTC")
def every_sunday(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Sunday at three in the morning UTC."""
    return dg.RunRequest(run_key=context.scheduled_execution_time.date().isoformat())
