"""Runs `dbt_project.statistics.correlations` on the calls of the last weeks."""


def model(dbt, session):  # type: ignore[no-untyped-def]
    """One row a rubric × criterion × outcome × scope × queue."""
    dbt.config(materialized="table")
    from dbt_project.statistics.correlations import outcome_correlations
    from dbt_project.statistics.schemas import CORRELATIONS, to_table

    calls = dbt.ref("int_outcome_inputs").order("rubric_id, criterion_id, call_id").to_arrow_table().to_pandas()
    return to_table(outcome_correlations(calls), CORRELATIONS)
