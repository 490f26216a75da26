"""Attempts in the lake: a session lands beside the calls, under source = practice."""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime

import pyarrow as pa

from coachlake.lake.rows import CallFacts, scored_rows, to_tables
from coachlake.lake.tables import RAW_TABLES
from coachlake.lake.writer import replace_calls, upsert
from coachlake.practice.scoring import Result
from coachlake.practice.session import Session
from coachlake.provenance import pipeline_version
from coachlake.settings import Settings


@dataclass(frozen=True, slots=True)
class Trainee:
    """Who practises."""

    rep_id: str
    team_id: str | None = None
    rep_name: str | None = None


def new_session_id() -> str:
    """The call_id of a new session; its attempt_id is what follows the dash."""
    return f"practice-{uuid.uuid4().hex[:16]}"


def land_attempt(
    settings: Settings, session: Session, result: Result, trainee: Trainee, assignment_id: str | None = None
) -> str:
    """Write a session's turns, signals, scores and evidence, then its attempt; the attempt_id.

    Safe beside a running night and to repeat: the same session replaces itself. The attempt is written last, so an
    attempt that is there has its call. An attempt with fewer than one rep turn is still kept: it was one.
    """
    started = session.started_at
    facts = CallFacts(
        call_id=session.session_id,
        rep_id=trainee.rep_id,
        team_id=trainee.team_id,
        rep_name=trainee.rep_name,
        started_at=started,
        batch_date=started.date(),
        rubric_id=session.scenario.rubric_id,
        queue="practice",
        direction="outbound" if session.scenario.is_outbound else "inbound",
        channel_layout="transcript",
        source="practice",
    )
    rows = scored_rows(facts, result.dialogue, result.signals, result.card, pipeline_version())
    replace_calls(settings, to_tables(rows))
    attempt_id = session.session_id.removeprefix("practice-")
    row = {
        "attempt_id": attempt_id,
        "call_id": session.session_id,
        "rep_id": trainee.rep_id,
        "scenario_id": session.scenario.id,
        "rubric_id": session.scenario.rubric_id,
        "assignment_id": assignment_id,
        "focus_criterion_id": session.scenario.focus,
        "focus_score": result.focus_score,
        "overall_score": result.overall_score,
        "pass_threshold": session.scenario.pass_threshold,
        "is_passed": result.is_passed,
        "ended_by": session.ended_by or "rep_left",
        "mode": session.mode,
        "seed": session.seed,
        "started_at": started,
        "ended_at": session.ended_at or datetime.now(UTC),
    }
    upsert(settings, "practice_attempts", pa.Table.from_pylist([row], schema=RAW_TABLES["practice_attempts"]))
    return attempt_id
