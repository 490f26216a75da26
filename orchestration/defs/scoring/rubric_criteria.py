"""The rubrics in force, landed as a table so that marts know weights, targets and anchors."""

import dagster as dg
import pyarrow as pa

from coachlake.lake.writer import upsert
from coachlake.rubrics.in_force import rubrics_in_force
from coachlake.rubrics.rows import rubric_rows
from orchestration import owners
from orchestration.describe import column_schema
from orchestration.resources.lakehouse import Lakehouse


@dg.asset(
    key=["raw", "rubric_criteria"],
    group_name="reference",
    kinds={"yaml", "ducklake"},
    owners=owners.QUALITY,
    pool="lake",
    metadata={"dagster/column_schema": column_schema("rubric_criteria")},
)
def rubric_criteria(
    context: dg.AssetExecutionContext, lakehouse: dg.ResourceParam[Lakehouse]
) -> dg.MaterializeResult[None]:
    """Each criterion of each rubric version ever loaded, with its weight, target and anchors.

    A malformed rubric is reported here and the last good version stays in force.
    """
    settings = lakehouse.settings()
    rubrics, problems = rubrics_in_force(settings)
    for problem in problems:
        context.log.warning(problem)
    rows = pa.concat_tables([rubric_rows(rubric) for rubric in rubrics.values()])
    upsert(settings, "rubric_criteria", rows)
    versions = {name: rubric.version for name, rubric in rubrics.items()}
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": rows.num_rows,
            "rubric_versions": versions,
            "problems": problems,
            "problem_count": len(problems),
        }
    )
