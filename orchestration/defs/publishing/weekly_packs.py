"""The week: packs for the one-to-ones of the days to come."""

import dagster as dg

weekly_packs = dg.define_asset_job(
    "weekly_packs",
    selection=dg.AssetSelection.assets("one_to_one_packs"),
    description="Write a printable page and a PDF for every rep's one-to-one.",
)


@dg.schedule(job=weekly_packs, cron_schedule="0 6 * * 1", execution_timezone="UTC")
def every_week(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Monday at six in the morning UTC, after the night is in: the week that has just ended."""
    return dg.RunRequest(run_key=context.scheduled_execution_time.date().isoformat())
