"""A rubric as rows, so that marts know weights, targets and anchors without reading YAML."""

from datetime import UTC, datetime

import pyarrow as pa

from coachlake.rubrics.schema import Rubric


def rubric_rows(rubric: Rubric) -> pa.Table:
    """One row a criterion of this version, in the columns of raw.rubric_criteria."""
    loaded_at = datetime.now(UTC)
    return pa.Table.from_pylist(
        [
            {
                "rubric_id": rubric.id,
                "rubric_version": rubric.version,
                "rubric_sha256": rubric.sha256,
                "criterion_id": criterion.id,
                "criterion_name": criterion.name,
                "observes": criterion.observes,
                "opportunity": criterion.opportunity if isinstance(criterion.opportunity, str) else "custom",
                "told_signal": criterion.told_signal,
                "weight": float(criterion.weight),
                "target_score": float(criterion.target_score),
                "target_value": None if criterion.scale.by == "mean_level" else float(criterion.target),
                "good_anchor": criterion.anchors.good.description,
                "average_anchor": criterion.anchors.average.description,
                "poor_anchor": criterion.anchors.poor.description,
                "loaded_at": loaded_at,
            }
            for criterion in rubric.criteria
        ]
    )
