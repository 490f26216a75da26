"""Assignments: who practises what by when, by hand or from the coaching priorities."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

import duckdb
import pyarrow as pa

from coachlake.lake.connection import ALIAS, lake
from coachlake.lake.tables import RAW_TABLES
from coachlake.lake.writer import upsert
from coachlake.practice.moments.from_evidence import MomentError, scenario_of_evidence
from coachlake.practice.scenarios.schema import Scenario
from coachlake.practice.studio import Studio
from coachlake.settings import Settings


@dataclass(frozen=True, slots=True)
class Assignment:
    """One assignment as written to raw.practice_assignments."""

    assignment_id: str
    rep_id: str
    scenario_id: str
    criterion_id: str
    evidence_id: str | None
    assigned_by: str
    assigned_at: datetime
    due_on: date


def assign(
    settings: Settings,
    rep_id: str,
    scenario: Scenario,
    due_on: date,
    assigned_by: str,
    *,
    criterion_id: str | None = None,
    evidence_id: str | None = None,
) -> Assignment:
    """Assign a scenario to a rep until a day (inclusive). The same assignment again replaces itself.

    `criterion_id`: what it is for, the scenario's focus by default; `evidence_id`: the live moment it came from.
    """
    criterion = criterion_id or scenario.focus
    key = "\x1f".join([rep_id, scenario.id, criterion, due_on.isoformat()])
    assignment = Assignment(
        assignment_id=hashlib.sha256(key.encode()).hexdigest()[:16],
        rep_id=rep_id,
        scenario_id=scenario.id,
        criterion_id=criterion,
        evidence_id=evidence_id or scenario.from_evidence_id,
        assigned_by=assigned_by,
        assigned_at=datetime.now(UTC),
        due_on=due_on,
    )
    rows = pa.Table.from_pylist([asdict(assignment)], schema=RAW_TABLES["practice_assignments"])
    upsert(settings, "practice_assignments", rows)
    return assignment


def assign_from_priorities(
    studio: Studio, due_on: date, assigned_by: str, *, rep_ids: Sequence[str] = (), per_rep: int = 1
) -> list[Assignment]:
    """Assign each rep (or those named) practice for their most urgent coaching priorities; the new assignments.

    The scenario is one of the same rubric whose focus is that criterion, else one made of the priority's own moment;
    a priority with neither is left out. A rep who has `per_rep` assignments open gets no more, so that repeating it
    changes nothing. Raises duckdb.CatalogException where no marts have been published yet.
    """
    settings = studio.settings
    known = assignments(settings)
    held = [(a["rep_id"], a["criterion_id"]) for a in known if a["status"] != "passed"]
    # What was assigned for the same day and is passed by now is done, not assigned anew.
    done = {(a["rep_id"], a["criterion_id"]) for a in known if a["status"] == "passed" and a["due_on"] == due_on}
    made: list[Assignment] = []
    for rep_id, rubric_id, criterion_id, moments in _priorities(settings):
        is_full = sum(rep == rep_id for rep, _ in held) >= per_rep
        if (rep_ids and rep_id not in rep_ids) or is_full or (rep_id, criterion_id) in done.union(held):
            continue
        evidence_id = moments[0]["evidence_id"] if moments else None
        if scenario := _fitting(studio, rubric_id, criterion_id, evidence_id):
            made.append(assign(settings, rep_id, scenario, due_on, assigned_by, evidence_id=evidence_id))
            held.append((rep_id, criterion_id))
    return made


def _fitting(studio: Studio, rubric_id: str, criterion_id: str, evidence_id: str | None) -> Scenario | None:
    known = studio.scenarios.scenarios.values()
    fitting = [s for s in known if (s.rubric_id, s.focus) == (rubric_id, criterion_id)]
    written = [scenario for scenario in fitting if scenario.from_evidence_id is None]
    if written or evidence_id is None:
        return written[0] if written else None
    try:
        return scenario_of_evidence(studio, evidence_id)
    except MomentError:
        return None


def assignments(settings: Settings, rep_id: str | None = None, today: date | None = None) -> list[dict[str, Any]]:
    """Every assignment (of one rep) with `attempt_count`, `best_focus_score` and `status`: passed, open or overdue.

    An attempt counts for an assignment when it named it, or when the rep did that scenario after it was assigned.
    Soonest due first.
    """
    query = f"""
        WITH done AS (
            SELECT a.assignment_id, count(t.attempt_id) AS attempt_count, max(t.focus_score) AS best_focus_score,
                coalesce(bool_or(t.is_passed), false) AS is_passed
            FROM {ALIAS}.raw.practice_assignments a
            LEFT JOIN {ALIAS}.raw.practice_attempts t ON t.assignment_id = a.assignment_id
                OR (t.assignment_id IS NULL AND t.rep_id = a.rep_id AND t.scenario_id = a.scenario_id
                    AND t.started_at >= a.assigned_at)
            GROUP BY a.assignment_id
        )
        SELECT a.*, done.attempt_count, done.best_focus_score,
            CASE WHEN done.is_passed THEN 'passed' WHEN a.due_on < ? THEN 'overdue' ELSE 'open' END AS status
        FROM {ALIAS}.raw.practice_assignments a JOIN done USING (assignment_id)
        WHERE ?::VARCHAR IS NULL OR a.rep_id = ?
        ORDER BY a.due_on, a.rep_id, a.assignment_id
    """
    return _rows(settings, query, [today or datetime.now(UTC).date(), rep_id, rep_id])


def attempts(settings: Settings, rep_id: str | None = None, scenario_id: str | None = None) -> list[dict[str, Any]]:
    """Every attempt (of a rep, of a scenario), oldest first, with its number within rep × scenario and
    `is_cleared`: passed by then."""
    query = f"""
        SELECT *, row_number() OVER w AS attempt_number, bool_or(is_passed) OVER w AS is_cleared
        FROM {ALIAS}.raw.practice_attempts
        WHERE (?::VARCHAR IS NULL OR rep_id = ?) AND (?::VARCHAR IS NULL OR scenario_id = ?)
        WINDOW w AS (PARTITION BY rep_id, scenario_id ORDER BY started_at, attempt_id)
        ORDER BY started_at, attempt_id
    """
    return _rows(settings, query, [rep_id, rep_id, scenario_id, scenario_id])


def _priorities(settings: Settings) -> list[tuple[str, str, str, list[dict[str, Any]] | None]]:
    with lake(settings, read_only=True) as connection:
        found = connection.execute(
            f"SELECT rep_id, rubric_id, criterion_id, moments_to_discuss FROM {ALIAS}.published.coaching_priorities "
            "ORDER BY rep_id, priority_rank"
        )
        return list(found.fetchall())


def _rows(settings: Settings, query: str, values: list[Any]) -> list[dict[str, Any]]:
    try:
        with lake(settings, read_only=True) as connection:
            found = connection.execute(query, values)
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    except (duckdb.CatalogException, FileNotFoundError):
        return []  # no lake yet, or one older than practice
