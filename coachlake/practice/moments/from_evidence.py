"""A moment of the lake as a scenario."""

from typing import Any

from coachlake.lake.connection import ALIAS, lake
from coachlake.practice.moments.make import EvidenceInCall, scenario_of_moment
from coachlake.practice.scenarios.schema import Scenario
from coachlake.practice.studio import Studio
from coachlake.settings import Settings


class MomentError(ValueError):
    """No scenario can be made of that moment; the message says why."""


def scenario_of_evidence(studio: Studio, evidence_id: str) -> Scenario:
    """ "Practise this": the scenario of a live moment, made once and kept with the lake's own scenarios.

    Raises MomentError where there is no such moment, its rubric is no longer in force or the call is too short.
    """
    name = f"live_{evidence_id}"
    if made := studio.scenarios.scenarios.get(name):
        return made
    rubric_id, evidence = _evidence_in_call(studio.settings, evidence_id)
    rubrics = studio.rubrics
    if rubric_id not in rubrics or all(c.id != evidence.criterion_id for c in rubrics[rubric_id].criteria):
        raise MomentError(f"the rubric in force has no {rubric_id} {evidence.criterion_id} any more")
    try:
        scenario = scenario_of_moment(evidence, rubrics[rubric_id], studio.kit)
    except ValueError as error:
        raise MomentError(f"no scenario can be made of this moment: {error}") from error
    studio.keep(scenario)
    return scenario


def _evidence_in_call(settings: Settings, evidence_id: str) -> tuple[str, EvidenceInCall]:
    moments = f"""
        SELECT e.call_id, e.criterion_id, e.cue_turn_index, c.rubric_id, c.rep_name
        FROM {ALIAS}.raw.evidence e JOIN {ALIAS}.raw.calls c USING (call_id)
        WHERE e.evidence_id = ? AND c.source = 'live'
    """
    spoken = f"SELECT speaker, text FROM {ALIAS}.raw.turns WHERE call_id = ? ORDER BY turn_index"
    with lake(settings, read_only=True) as connection:
        found: Any = connection.execute(moments, [evidence_id]).fetchone()
        if found is None:
            raise MomentError(f"no moment {evidence_id} in the live calls of this lake")
        call_id, criterion_id, cue, rubric_id, rep_name = found
        turns = tuple((speaker, text) for speaker, text in connection.execute(spoken, [call_id]).fetchall())
    return rubric_id, EvidenceInCall(evidence_id, criterion_id, turns, cue, (rep_name or "",))
