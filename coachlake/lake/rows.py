"""Domain objects into rows of the raw tables. The ids made here are stable: the same call gives the same ids."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from coachlake.conversations.conversation import Conversation, Turn, Voice
from coachlake.conversations.known import Roles
from coachlake.conversations.transcript import Participant, Transcript
from coachlake.lake.tables import PER_CALL_TABLES, RAW_TABLES
from coachlake.privacy.muted import muted
from coachlake.scoring.evidence import Evidence, ScoreCard
from coachlake.signals.signal import Signal
from coachlake.timings import Timing


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is known of a call before anyone listens to it. `started_at` is UTC; `file_sha256` is of the landed file."""

    call_id: str
    rep_id: str
    team_id: str | None
    started_at: datetime | None
    batch_date: date
    rubric_id: str | None
    queue: str | None = None
    direction: str | None = None
    rep_name: str | None = None
    rep_hired_on: date | None = None
    audio_uri: str | None = None
    file_sha256: str | None = None
    channel_layout: str | None = None
    rep_channel: str | None = None  # left or right, by the call facts
    source: str = "live"
    work_key: str | None = None
    file_path: str | None = None  # where the landed file is read from, recording or transcript


# A call whose row names no rep is heard and asked about; nobody is scored for it.
UNKNOWN_REP = "unknown"
Rows = dict[str, list[dict[str, Any]]]
# Enough of somebody's first words to know who they are.
_FIRST_SEGMENTS = 3
_REASON_CHARACTERS = 1_000


@dataclass(frozen=True, slots=True)
class Heard:
    """A transcript with who is who in it, and which share (0–1) of what was said was understood."""

    transcript: Transcript
    roles: Roles
    understood_share: float | None = None


def scored_rows(
    facts: CallFacts,
    conversation: Conversation,
    signals: list[Signal],
    card: ScoreCard,
    pipeline_version: str,
    model_fingerprint: str | None = None,
    heard: Heard | None = None,
) -> Rows:
    """Rows of the per-call tables for a scored call.

    `model_fingerprint` names everything that transcribed and scored the call; it defaults to the card's own. `heard`
    is what is known of who spoke and how well; None for a conversation that was not transcribed (practice).
    """
    fingerprint = model_fingerprint or card.model_fingerprint
    call = (
        _call_row(facts, "scored", None, pipeline_version)
        | _heard_columns(heard)
        | {
            "duration_s": conversation.duration_s,
            "is_timed": conversation.is_timed,
            "overall_score": card.overall,
            "rubric_id": card.rubric_id,
            "rubric_version": card.rubric_version,
            "rubric_sha256": card.rubric_sha256,
            "model_fingerprint": fingerprint,
        }
    )
    key = {"call_id": facts.call_id, "batch_date": facts.batch_date}
    return {
        "calls": [call],
        "participants": [row | key for row in _participant_rows(heard)],
        "turns": [_turn_row(turn) | key for turn in conversation.turns],
        "signals": [_signal_row(facts.call_id, i, signal) | key for i, signal in enumerate(signals)],
        "scores": [
            asdict(score)
            | key
            | {"score_id": score_id(facts.call_id, score.criterion_id)}
            | {name: getattr(card, name) for name in ("rubric_id", "rubric_version", "rubric_sha256")}
            | {"model_fingerprint": fingerprint}
            for score in card.scores
        ],
        "evidence": [_evidence_row(facts.call_id, i, item) | key for i, item in enumerate(card.evidence)],
    }


def quarantined_rows(facts: CallFacts, reason: str, pipeline_version: str) -> Rows:
    """Rows for a call that could not be scored: one row in `calls` with its reason, none elsewhere."""
    return _unscored(_call_row(facts, "quarantined", reason, pipeline_version), [])


def asked_rows(facts: CallFacts, heard: Heard, pipeline_version: str) -> Rows:
    """Rows for a call that is scored once a person has said who the rep is: its call row and its participants."""
    call = _call_row(facts, "asked", heard.roles.question, pipeline_version) | _heard_columns(heard)
    key = {"call_id": facts.call_id, "batch_date": facts.batch_date}
    return _unscored(call, [row | key for row in _participant_rows(heard)])


def _unscored(call: dict[str, Any], participants: list[dict[str, Any]]) -> Rows:
    rows: Rows = {table: [] for table in PER_CALL_TABLES}
    return rows | {"calls": [call], "participants": participants}


def timing_rows(facts: CallFacts, timings: Iterable[Timing]) -> list[dict[str, Any]]:
    """Rows of raw.stage_timings for a call, one a stage."""
    return [
        asdict(timing)
        | {"measured_at": datetime.fromisoformat(timing.measured_at)}
        | {"call_id": facts.call_id, "batch_date": facts.batch_date}
        for timing in timings
    ]


def to_tables(rows: Rows) -> dict[str, pa.Table]:
    """Row dicts into Arrow tables under the raw contracts; columns a row leaves out are NULL."""
    tables = {}
    for name, table_rows in rows.items():
        schema = RAW_TABLES[name]
        complete = [{column: row.get(column) for column in schema.names} for row in table_rows]
        tables[name] = pa.Table.from_pylist(complete, schema=schema)
    return tables


def score_id(call_id: str, criterion_id: str) -> str:
    """The id of a call's score on a criterion."""
    return f"{call_id}:{criterion_id}"


def _call_row(facts: CallFacts, status: str, reason: str | None, pipeline_version: str) -> dict[str, Any]:
    row = asdict(facts)
    row["audio_sha256"] = row.pop("file_sha256")
    del row["file_path"]
    return row | {
        "status": status,
        "reason": reason and _told(reason),
        "pipeline_version": pipeline_version,
        "processed_at": datetime.now(UTC),
    }


def _told(reason: str) -> str:
    """A reason as it can be stored and shown: it may quote a file that holds anything."""
    plain = "".join(sign if sign.isprintable() else " " for sign in reason.encode("utf-8", "replace").decode())
    return plain if len(plain) <= _REASON_CHARACTERS else f"{plain[:_REASON_CHARACTERS]}…"


def _heard_columns(heard: Heard | None) -> dict[str, Any]:
    if heard is None:
        return {}
    return {
        "roles_decided_by": heard.roles.decided_by,
        "roles_confidence": heard.roles.confidence,
        "language": heard.transcript.language,
        "understood_share": heard.understood_share,
        "duration_s": heard.transcript.duration_s,
        "hidden": [one._asdict() for one in muted(heard.transcript.segments)],
    }


def _participant_rows(heard: Heard | None) -> list[dict[str, Any]]:
    if heard is None:
        return []
    known = {participant.label: participant for participant in heard.transcript.participants}
    rows = []
    for label in heard.transcript.labels:
        said = [segment for segment in heard.transcript.segments if segment.speaker == label]
        participant = known.get(label, Participant(label))
        rows.append(
            {
                "label": label,
                "name": participant.name,
                "role": heard.roles.of.get(label),
                "channel": participant.channel,
                "word_count": sum(len(segment.text.split()) for segment in said),
                "talk_s": sum(segment.end_s - segment.start_s for segment in said),
                "first_start_s": min(segment.start_s for segment in said),
                "first_words": " ".join(segment.text.strip() for segment in said[:_FIRST_SEGMENTS]),
            }
        )
    return rows


def _turn_row(turn: Turn) -> dict[str, Any]:
    row = asdict(turn)
    voice = row.pop("voice") or asdict(Voice())
    return row | voice


def _signal_row(call_id: str, position: int, signal: Signal) -> dict[str, Any]:
    return asdict(signal) | {"signal_id": _stable_id(call_id, "signal", signal.kind, position)}


def _evidence_row(call_id: str, position: int, item: Evidence) -> dict[str, Any]:
    identifiers = {
        "evidence_id": _stable_id(call_id, "evidence", item.criterion_id, position),
        "score_id": score_id(call_id, item.criterion_id),
    }
    return asdict(item) | identifiers


def _stable_id(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]
