"""Sums `int_sample_weeks` up."""


def model(dbt, session):  # type: ignore[no-untyped-def]
    """One row a sample_share × rep_id."""
    dbt.config(materialized="table")
    from dbt_project.statistics.sampling import sampling_comparisons
    from dbt_project.statistics.schemas import SAMPLING_COMPARISONS, to_table

    weeks = (
        dbt.ref("int_sample_weeks").order("sample_share, rep_id, team_id, week_start_on").to_arrow_table().to_pandas()
    )
    return to_table(sampling_comparisons(weeks), SAMPLING_COMPARISONS)
