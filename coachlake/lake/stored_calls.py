"""Calls read back from the lake as they were transcribed and scored."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from coachlake.conversations.conversation import Conversation, Turn, Voice, Word
from coachlake.conversations.dialogue import Dialogue, dialogue_of
from coachlake.lake.connection import ALIAS, lake
from coachlake.lake.sql import Sql, identifier
from coachlake.settings import Settings
from coachlake.signals.signal import Signal

_VOICE = ("pitch_hz", "loudness_db", "rate_wps", "pitch_z", "loudness_z", "rate_z")


@dataclass(frozen=True, slots=True)
class StoredScore:
    """A score in the lake with its first moment of evidence: what was said, None where there is none."""

    score: float | None
    level: str | None
    quote: str | None


@dataclass(frozen=True, slots=True)
class StoredCall:
    """A scored call: its dialogue and signals, and the scores in the lake by criterion_id."""

    call_id: str
    rubric_id: str
    rubric_version: str
    pipeline_version: str
    dialogue: Dialogue
    signals: list[Signal]
    scores: dict[str, StoredScore]


def newest_calls(settings: Settings, rubric_id: str, limit: int) -> list[str]:
    """call_ids of the newest live calls scored under a rubric, newest first."""
    with lake(settings, read_only=True) as connection:
        query = f"""
            SELECT call_id FROM {ALIAS}.raw.calls
            WHERE status = 'scored' AND source = 'live' AND rubric_id = ?
            ORDER BY started_at DESC, call_id LIMIT ?
        """
        return [call_id for (call_id,) in connection.execute(query, [rubric_id, limit]).fetchall()]


def stored_calls(settings: Settings, call_ids: Sequence[str]) -> list[StoredCall]:
    """Those calls, in the order given. Raises KeyError naming a call that is not in the lake or was never scored."""
    with lake(settings, read_only=True) as connection:
        connection.execute("CREATE TEMP TABLE wanted AS SELECT unnest(?) AS call_id", [list(call_ids)])
        calls = {row["call_id"]: row for row in _rows(connection, "calls", Sql("status = 'scored'"))}
        missing = [call_id for call_id in call_ids if call_id not in calls]
        if missing:
            raise KeyError(f"no scored call {', '.join(missing)} in the lake")
        turns = _grouped(_rows(connection, "turns", Sql("true ORDER BY turn_index")))
        signals = _grouped(_rows(connection, "signals"))
        scores = _grouped(_rows(connection, "scores"))
        evidence = _grouped(_rows(connection, "evidence"))
    return [
        StoredCall(
            call_id=call_id,
            rubric_id=calls[call_id]["rubric_id"],
            rubric_version=calls[call_id]["rubric_version"],
            pipeline_version=calls[call_id]["pipeline_version"],
            dialogue=_dialogue(calls[call_id], turns[call_id]),
            signals=[_signal(row) for row in signals[call_id]],
            scores=_scores(scores[call_id], evidence[call_id]),
        )
        for call_id in call_ids
    ]


def _rows(connection: duckdb.DuckDBPyConnection, table: str, where: Sql = Sql("true")) -> list[dict[str, Any]]:
    query = f"SELECT t.* FROM {identifier(ALIAS, 'raw', table)} AS t SEMI JOIN wanted USING (call_id) WHERE {where}"
    rows: list[dict[str, Any]] = connection.execute(query).to_arrow_table().to_pylist()
    return rows


def _grouped(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[row["call_id"]].append(row)
    return grouped


def _dialogue(call: dict[str, Any], turns: list[dict[str, Any]]) -> Dialogue:
    spoken = tuple(_turn(row) for row in turns)
    return dialogue_of(Conversation(call["call_id"], spoken, call["duration_s"], call["is_timed"]))


def _turn(row: dict[str, Any]) -> Turn:
    voice = {name: row[name] for name in _VOICE}
    return Turn(
        row["turn_index"],
        row["speaker"],
        row["start_s"],
        row["end_s"],
        row["text"],
        tuple(Word(**word) for word in row["words"] or ()),
        row["is_backchannel"],
        Voice(**voice) if any(value is not None for value in voice.values()) else None,
    )


def _signal(row: dict[str, Any]) -> Signal:
    return Signal(**{name: row[name] for name in Signal.__dataclass_fields__})


def _scores(scores: list[dict[str, Any]], evidence: list[dict[str, Any]]) -> dict[str, StoredScore]:
    quotes: dict[str, str] = {}
    for row in evidence:
        quotes.setdefault(row["criterion_id"], row["quote"])
    return {
        row["criterion_id"]: StoredScore(row["score"], row["level"], quotes.get(row["criterion_id"])) for row in scores
    }
