"""Calibration: how well scores agree with the people who reviewed them."""

import dagster as dg
from pydantic import Field

from coachlake.rubrics.in_force import rubrics_in_force
from orchestration import owners
from orchestration.describe import column_schema
from orchestration.resources.lakehouse import Lakehouse


class CalibrationConfig(dg.Config):
    """What a calibration may change."""

    is_applied: bool = Field(
        default=False, description="Give levels by the cut-points that help on unseen calls, from the next night on."
    )


@dg.asset(
    key=["raw", "calibrations"],
    deps=[["raw", "human_reviews"], ["raw", "scores"], ["raw", "rubric_criteria"]],
    group_name="raw",
    kinds={"python", "ducklake"},
    owners=owners.QUALITY,
    pool="lake",
    metadata={"dagster/column_schema": column_schema("calibrations")},
)
def calibrations(config: CalibrationConfig, lakehouse: dg.ResourceParam[Lakehouse]) -> dg.MaterializeResult[None]:
    """Agreement of every reviewed criterion with its reviewers, and whether other cut-points would raise it."""
    from coachlake.calibration.calibrate import calibrate

    settings = lakehouse.settings()
    rubrics, _ = rubrics_in_force(settings)
    found = calibrate(settings, rubrics, is_applied=config.is_applied)
    kappas = {
        f"weighted_kappa/{item.rubric_id}/{item.criterion_id}": item.machine.weighted_kappa.value
        for item in found
        if item.machine.weighted_kappa.value == item.machine.weighted_kappa.value
    }
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(found),
            "at_ceiling": sum(item.is_at_ceiling for item in found),
            "mappings_kept": sum(item.gain.is_kept for item in found),
            **kappas,
        }
    )
