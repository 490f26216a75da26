from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any

import pyarrow as pa

from coachlake.lake.connection import lake
from coachlake.lake.tables import RAW_TABLES
from coachlake.lake.writer import upsert
from coachlake.practice.assignments import assign, assignments, attempts
from coachlake.practice.attempts import Trainee, land_attempt
from coachlake.practice.scenarios.schema import Scenario
from coachlake.practice.scoring import score_session
from coachlake.practice.session import Session
from coachlake.practice.studio import Studio
from coachlake.scoring.scorer import Scorer
from coachlake.settings import Settings
from coachlake.signals.kit import SignalKit
from tests.practice.reps import play, rep

TODAY = datetime.now(UTC).date()


def attempt(
    settings: Settings, scenario: Scenario, kit: SignalKit, scorers: dict[str, Scorer], kind: str, number: int,
    assignment_id: str | None = None,
) -> str:  # fmt: skip
    session = Session(scenario, number, kit, f"practice-{scenario.id}-{number}")
    session.started_at += timedelta(minutes=number)
    play(session, rep(kind, scenario.id, number))
    result = score_session(session, scorers[scenario.rubric_id])
    return land_attempt(settings, session, result, Trainee("rep-1", "team-1", "Kim"), assignment_id)


def test_attempts_land_beside_calls_and_none_is_lost(
    own_lake: Settings, scenarios: dict[str, Scenario], kit: SignalKit, scorers: dict[str, Scorer]
) -> None:
    scenario = scenarios["anxious_claimant"]
    made = assign(own_lake, "rep-1", scenario, TODAY + timedelta(days=7), "coach")
    assert assignments(own_lake)[0]["status"] == "open"
    for number, kind in enumerate(("dismissive", "scripted", "excellent"), start=1):
        attempt(own_lake, scenario, kit, scorers, kind, number, made.assignment_id)
    done = attempts(own_lake, "rep-1")
    assert [row["attempt_number"] for row in done] == [1, 2, 3]
    assert [row["is_cleared"] for row in done] == [False, False, True]
    assert done[0]["focus_score"] < done[2]["focus_score"]
    task = assignments(own_lake, "rep-1")[0]
    assert (task["status"], task["attempt_count"]) == ("passed", 3)
    with lake(own_lake, read_only=True) as connection:
        counts = connection.execute(
            "SELECT count(DISTINCT c.call_id), bool_and(c.source = 'practice'), "
            "bool_and(contains(t.text, e.quote)) FROM lake.raw.calls c JOIN lake.raw.evidence e USING (call_id) "
            "JOIN lake.raw.turns t ON t.call_id = e.call_id AND t.turn_index = e.turn_index"
        ).fetchone()
    assert counts == (3, True, True)


def test_landing_twice_is_landing_once(
    own_lake: Settings, scenarios: dict[str, Scenario], kit: SignalKit, scorers: dict[str, Scorer]
) -> None:
    for _ in range(2):
        attempt(own_lake, scenarios["silent_customer"], kit, scorers, "excellent", 1)
    assert len(attempts(own_lake)) == 1


def test_an_assignment_past_its_day_is_overdue(own_lake: Settings, scenarios: dict[str, Scenario]) -> None:
    made = assign(own_lake, "rep-1", scenarios["silent_customer"], TODAY, "coach")
    assert assign(own_lake, "rep-1", scenarios["silent_customer"], TODAY, "coach").assignment_id == made.assignment_id
    assert [row["status"] for row in assignments(own_lake, today=TODAY + timedelta(days=1))] == ["overdue"]


def test_nothing_is_there_before_anything_was_practised(own_lake: Settings) -> None:
    assert assignments(own_lake) == []
    assert attempts(own_lake) == []


def test_attempts_land_while_the_pipeline_writes(
    own_lake: Settings, scenarios: dict[str, Scenario], kit: SignalKit, scorers: dict[str, Scorer]
) -> None:
    """Another writer commits again and again; every attempt and every one of its rows must be there afterwards."""
    stop, written = Event(), list[str]()
    attempt(own_lake, scenarios["silent_customer"], kit, scorers, "dismissive", 0)

    def pipeline() -> None:
        while not stop.is_set():
            row = {
                "call_id": f"call-{len(written)}",
                "csat": 4.0,
                "is_converted": None,
                "received_at": datetime.now(UTC),
            }
            upsert(own_lake, "outcomes", pa.Table.from_pylist([row], schema=RAW_TABLES["outcomes"]))
            written.append(row["call_id"])  # type: ignore[arg-type]

    writer = Thread(target=pipeline)
    writer.start()
    try:
        for number in range(1, 4):
            attempt(replace(own_lake), scenarios["silent_customer"], kit, scorers, "dismissive", number)
    finally:
        stop.set()
        writer.join()
    assert len(attempts(own_lake)) == 4
    with lake(own_lake, read_only=True) as connection:
        count = connection.execute("SELECT count(*) FROM lake.raw.outcomes").fetchone()
    assert count == (len(written),)


def test_practice_is_scored_by_the_calibration_in_force(own_lake: Settings) -> None:
    """The night gives live calls the levels of a calibration; an attempt made after it gets the same ones."""
    studio = Studio(own_lake)
    scenario = studio.scenarios.scenarios["anxious_claimant"]

    def empathy(seed: int) -> dict[str, Any]:
        session = play(studio.start(scenario, seed), rep("excellent", scenario.id, seed))
        studio.finish(session, Trainee("rep-1"))
        return written_score(own_lake, session.session_id, "empathy")

    before = empathy(1)
    assert before["score"] is not None
    assert (before["level"], before["calibration_id"]) == ("good", None)
    criterion = next(c for c in studio.rubrics[scenario.rubric_id].criteria if c.id == "empathy")
    strict = {
        "calibration_id": "strict", "calibrated_at": datetime.now(UTC), "rubric_id": scenario.rubric_id,
        "criterion_id": "empathy", "criterion_sha256": criterion.sha256, "average_from": 100.5, "good_from": 101.0,
        "is_mapping_kept": True, "is_applied": True,
    }  # fmt: skip
    row = {name: strict.get(name) for name in RAW_TABLES["calibrations"].names}
    upsert(own_lake, "calibrations", pa.Table.from_pylist([row], schema=RAW_TABLES["calibrations"]))
    after = empathy(1)
    assert after["score"] == before["score"]
    assert (after["level"], after["calibration_id"]) == ("poor", "strict")


def written_score(settings: Settings, call_id: str, criterion_id: str) -> dict[str, Any]:
    query = "SELECT score, level, calibration_id FROM lake.raw.scores WHERE call_id = ? AND criterion_id = ?"
    with lake(settings, read_only=True) as connection:
        found = connection.execute(query, [call_id, criterion_id]).fetchone()
    assert found is not None
    return dict(zip(("score", "level", "calibration_id"), found, strict=True))
