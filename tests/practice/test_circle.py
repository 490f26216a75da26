"""The whole circle on real parts: a gap in live calls → assignment → attempts → pass → transfer row."""

import os
import subprocess
from datetime import UTC, datetime, timedelta
from typing import Any

from coachlake.display.sentences.transfer import practice_transfer
from coachlake.lake.connection import lake
from coachlake.practice.assignments import assign, assign_from_priorities, assignments
from coachlake.practice.attempts import Trainee
from coachlake.practice.scenarios.schema import Scenario
from coachlake.practice.session import Session
from coachlake.practice.studio import Studio
from coachlake.settings import Settings
from orchestration.resources.dbt import dbt_command, dbt_environment
from tests.practice.reps import play, rep

TODAY = datetime.now(UTC).date()
LIVE = """
    SELECT sum(scored_count) FROM lake.marts.nightly_coverage UNION ALL
    SELECT sum(call_count) FROM lake.marts.rep_weekly_scores UNION ALL
    SELECT round(sum(mean_score), 6) FROM lake.marts.rep_weekly_scores UNION ALL
    SELECT round(sum(priority), 6) FROM lake.marts.coaching_priorities
"""


MARTS = (
    "practice_trajectories",
    "practice_assignments",
    "practice_transfers",
    "nightly_coverage",
    "coaching_priorities",
)


def build_marts(settings: Settings) -> None:
    wanted = [f"+{name}" for name in MARTS]
    environment = os.environ | dbt_environment(settings)
    subprocess.run(dbt_command("run", "--quiet", "--select", *wanted), env=environment, check=True)


def rows(settings: Settings, query: str) -> list[dict[str, Any]]:
    with lake(settings, read_only=True) as connection:
        found = connection.execute(query)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def practise(studio: Studio, task: dict[str, Any], kind: str, seed: int, began: datetime) -> Session:
    scenario: Scenario = studio.scenarios.scenarios[task["scenario_id"]]
    session = studio.start(scenario, seed)
    session.started_at = began
    studio.finish(play(session, rep(kind, scenario.id, seed)), Trainee(task["rep_id"]), task["assignment_id"])
    return session


def _middle(settings: Settings, scenarios: list[Scenario]) -> datetime:
    """A time with three calls of one rep within four weeks on either side, scored on what a scenario is about."""
    focus = {(scenario.rubric_id, scenario.focus) for scenario in scenarios}
    scored = "SELECT * FROM lake.marts.call_scores WHERE source = 'live' AND score IS NOT NULL ORDER BY started_at"
    starts: dict[tuple[str, str, str], list[datetime]] = {}
    for row in rows(settings, scored):
        if (row["rubric_id"], row["criterion_id"]) in focus:
            starts.setdefault((row["rubric_id"], row["criterion_id"], row["rep_id"]), []).append(row["started_at"])
    near = timedelta(days=28)
    for times in starts.values():
        for at in times:
            if min(sum(at - near <= t < at for t in times), sum(at <= t < at + near for t in times)) >= 3:
                return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    raise AssertionError(f"no rep has calls enough on {focus}")


def test_from_a_gap_to_a_transfer_row(demo_copy: Settings) -> None:
    studio = Studio(demo_copy)
    before = rows(demo_copy, LIVE)
    # A gap in live calls becomes an assignment ...
    gaps = rows(demo_copy, "SELECT * FROM lake.published.coaching_priorities ORDER BY priority DESC")
    assert gaps
    made = assign_from_priorities(studio, TODAY + timedelta(days=7), "coach", per_rep=2)
    assert made
    assert {one.rep_id for one in made} <= {gap["rep_id"] for gap in gaps}
    assert assign_from_priorities(studio, TODAY + timedelta(days=7), "coach", per_rep=2) == []
    # ... which is practised in the middle of the twelve weeks, so that live calls lie on both sides ...
    written = [one for one in made if not one.scenario_id.startswith("live_")]
    # (one that a coach gives besides: of gaps, so small a centre may hold too few calls on either side)
    known = studio.scenarios.scenarios
    written.append(assign(demo_copy, "rep-05", known["cold_call_annoyed"], TODAY + timedelta(days=7), "coach"))
    middle = _middle(demo_copy, [known[one.scenario_id] for one in written])
    for task in assignments(demo_copy):
        if task["assignment_id"] not in {one.assignment_id for one in written}:
            continue
        practise(studio, task, "dismissive", 1, middle)
        for seed in range(2, 6):
            if practise(studio, task, "excellent", seed, middle + timedelta(minutes=seed)).ended_by == "resolved":
                break
    # ... and the marts show who practised, who passed, and what live calls did.
    build_marts(demo_copy)
    trajectories = rows(demo_copy, "SELECT * FROM lake.marts.practice_trajectories ORDER BY attempt_number")
    assert {one.assignment_id for one in written} <= {row["assignment_id"] for row in trajectories}
    assert any(row["is_cleared"] for row in trajectories)
    first = [row for row in trajectories if row["started_at"] == middle]
    assert first
    assert not any(row["is_passed"] for row in first)
    status = {
        row["assignment_id"]: row["status"] for row in rows(demo_copy, "SELECT * FROM lake.marts.practice_assignments")
    }
    assert {status[row["assignment_id"]] for row in trajectories if row["is_passed"]} == {"passed"}
    practised = {(row["rubric_id"], row["focus_criterion_id"]) for row in trajectories}
    transfers = rows(demo_copy, "SELECT * FROM lake.marts.practice_transfers")
    found = [row for row in transfers if (row["rubric_id"], row["criterion_id"]) in practised]
    assert found
    assert all(practice_transfer(row) and row["n_practised"] >= 0 for row in found)
    # Practice has changed nothing that is said of live calls.
    assert rows(demo_copy, LIVE) == before
