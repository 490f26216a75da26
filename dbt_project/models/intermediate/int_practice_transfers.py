"""Runs `dbt_project.statistics.transfer` on the changes of reps around practice."""


def model(dbt, session):  # type: ignore[no-untyped-def]
    """One row a rubric × criterion that somebody practised."""
    dbt.config(materialized="table")
    from dbt_project.statistics.schemas import TRANSFERS, to_table
    from dbt_project.statistics.transfer import practice_transfers

    changes = dbt.ref("int_practice_changes").order("rubric_id, criterion_id, rep_id").to_arrow_table().to_pandas()
    return to_table(practice_transfers(changes), TRANSFERS)
