"""Runs `dbt_project.statistics.sampling` on the calls of the last weeks."""


def model(dbt, session):  # type: ignore[no-untyped-def]
    """One row a sample_share × rep × week: what random samples of that week would have concluded."""
    dbt.config(materialized="table")
    from dbt_project.statistics.sampling import sample_weeks
    from dbt_project.statistics.schemas import SAMPLE_WEEKS, to_table

    calls = (
        dbt.ref("int_sampled_calls").order("rep_id, team_id, week_start_on, overall_score").to_arrow_table().to_pandas()
    )
    return to_table(sample_weeks(calls), SAMPLE_WEEKS)
