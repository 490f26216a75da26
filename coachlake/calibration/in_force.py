"""The mappings in force: what calibration found to help, for the very criterion it was fitted on."""

from collections.abc import Mapping as Dictionary
from dataclasses import dataclass

from coachlake.lake.connection import ALIAS, create_raw_tables, lake
from coachlake.rubrics.schema import Rubric
from coachlake.scoring.ranking import Ranking
from coachlake.settings import Settings


@dataclass(frozen=True, slots=True)
class Mapping:
    """Cut-points that replace the rubric's own, the ranking they belong to where reviews taught one, and the
    calibration both come from."""

    calibration_id: str
    average_from: float
    good_from: float
    ranking: Ranking | None = None


# rubric_id → criterion_id → mapping
Mappings = dict[str, dict[str, Mapping]]


def mappings_in_force(settings: Settings, rubrics: Dictionary[str, Rubric]) -> Mappings:
    """Of each criterion whose newest applied calibration kept a mapping, that mapping.

    Only where the anchors are those it was fitted on: a changed anchor moves scores, and old cut-points with them.
    Empty where there is no lake or no calibration yet.
    """
    criteria = {
        (rubric.id, criterion.id, criterion.sha256) for rubric in rubrics.values() for criterion in rubric.criteria
    }
    found: Mappings = {}
    for rubric_id, criterion_id, sha256, calibration_id, average_from, good_from, ranking in _newest(settings):
        if (rubric_id, criterion_id, sha256) in criteria:
            learned = Ranking.from_json(ranking) if ranking else None
            mapping = Mapping(calibration_id, average_from, good_from, learned)
            found.setdefault(rubric_id, {})[criterion_id] = mapping
    return found


def describe_mappings(mappings: Dictionary[str, Mapping]) -> str | None:
    """A rubric's mappings as text for a work key: the cut-points and, where there is one, a hash of the ranking,
    whichever calibration run last confirmed them."""
    parts = [
        f"{name}:{m.average_from:g}:{m.good_from:g}" + (f":{m.ranking.digest()}" if m.ranking else "")
        for name, m in sorted(mappings.items())
    ]
    return ";".join(parts) or None


def _newest(settings: Settings) -> list[tuple[str, str, str, str, float, float, str | None]]:
    query = f"""
        SELECT rubric_id, criterion_id, criterion_sha256, calibration_id, average_from, good_from, ranking
        FROM {ALIAS}.raw.calibrations
        WHERE is_applied
        QUALIFY row_number() OVER (PARTITION BY rubric_id, criterion_id ORDER BY calibrated_at DESC) = 1
            AND is_mapping_kept
    """
    with lake(settings) as connection:
        create_raw_tables(connection)
        rows: list[tuple[str, str, str, str, float, float, str | None]] = connection.execute(query).fetchall()
    return rows
