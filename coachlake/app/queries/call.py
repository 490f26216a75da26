"""One call: its facts, turns, signals, scores and evidence, and where its recording is."""

from typing import Any

import pandas as pd

from coachlake.app.data import look_at, query
from coachlake.app.queries.weeks import WEEKS, since
from coachlake.display.formatting import clock, is_missing, named, rows
from coachlake.lake.sql import Sql, identifier

_RECENT = """
    SELECT call_id, started_at, coalesce(rep_name, rep_id) AS rep_name, rep_id, queue, overall_score,
        has_recording
    FROM lake.published.calls
    WHERE status = 'scored' AND (CAST($1 AS VARCHAR) IS NULL OR rep_id = $1) AND source = 'live'
        AND week_start_on > $3
    ORDER BY started_at DESC, call_id LIMIT $2
"""
_REASONS = {
    "no_opportunity": "No opportunity for it in this call.",
    "low_confidence": "There was an opportunity, but the judge is not sure enough to score it.",
    "untimed": "It needs times, and this transcript has none.",
}
_MARKS = {"interruption": "The rep takes the floor", "escalation": "The customer is heated"}
_TAGS = {"interruption": "interrupts", "hedge": "hedges", "escalation": "heated", "tension": "tense"}


def recent_calls(rep_id: str | None, limit: int = 200) -> pd.DataFrame:
    """The latest scored calls of the last thirteen weeks, newest first."""
    return query(_RECENT, (rep_id, limit, since(WEEKS)), needs=["calls"])


def call(call_id: str) -> Any:
    """The facts of a call as a row, or None where it is not published or not the viewer's to see; looks are kept."""
    if not look_at(call_id):
        return None
    found = query("SELECT * FROM lake.published.calls WHERE call_id = $1", (call_id,), needs=["calls"])
    return None if found.empty else found.iloc[0]


def scores(facts: Any) -> pd.DataFrame:
    """The scores of a call (`facts`: see `call`), those with a value and the lowest first."""
    return _of_call("call_scores", facts, Sql("score IS NULL, score, criterion_id"))


def moments(facts: Any) -> pd.DataFrame:
    """The evidence under its scores, in order of time."""
    return _of_call("call_evidence", facts, Sql("start_s"))


def turns(facts: Any) -> pd.DataFrame:
    """Its turns, in order."""
    return _of_call("call_turns", facts, Sql("turn_index"))


def _of_call(table: str, facts: Any, order: Sql) -> pd.DataFrame:
    # The night besides the call: then only the files of that night are read, however long the history is.
    source = identifier("lake", "published", table)
    return query(
        f"SELECT * FROM {source} WHERE batch_date = $1 AND call_id = $2 ORDER BY {order}",
        (facts.batch_date.date(), facts.call_id),
        needs=[table],
    )


def view_data(facts: Any, start_s: float, criterion: str | None, has_audio: bool) -> dict[str, Any]:
    """Everything the call view draws. Times in seconds, voice as z against the speaker's own baseline.

    `start_s`: the second to begin at; `criterion`: whose evidence is open.
    """
    spoken, signals, evidence = turns(facts), _of_call("call_signals", facts, Sql("start_s")), moments(facts)
    phases = _phases(spoken, signals)
    has_voice = bool(spoken[["pitch_z", "loudness_z", "rate_z"]].notna().any(axis=None)) if len(spoken) else False
    duration = float(facts.duration_s or 0) or float(spoken["end_s"].max() if len(spoken) else 1.0)
    marks = [{"kind": s.kind, "at": s.start_s, "says": _MARKS[s.kind]} for s in rows(signals) if s.kind in _MARKS]
    return {
        "duration": max(duration, 1.0),
        "start": min(start_s, duration),
        "criterion": criterion,
        "has_audio": has_audio,
        "has_voice": has_voice,
        "no_voice": "No voice curves: this call came as a transcript, without a recording.",
        "turns": [_turn(row, signals, phases) for row in rows(spoken)],
        "phases": phases,
        "marks": marks,
        "scores": [_score(row, evidence) for row in rows(scores(facts))],
        "alt": _alt(spoken, phases, marks, duration),
        "legend": _legend(has_voice, marks),
    }


def _turn(row: Any, signals: pd.DataFrame, phases: list[dict[str, Any]]) -> dict[str, Any]:
    here = signals[signals["turn_index"] == row.turn_index] if len(signals) else signals
    kinds = list(dict.fromkeys(here["kind"])) if len(here) else []
    return {
        "index": int(row.turn_index),
        "speaker": row.speaker,
        "start": float(row.start_s),
        "end": float(row.end_s),
        "text": row.text,
        "backchannel": bool(row.is_backchannel),
        "phase": next((p["name"] for p in reversed(phases) if row.turn_index >= p["turn"]), None),
        "tags": [_TAGS[kind] for kind in kinds if kind in _TAGS],
        **{name: _plain(getattr(row, f"{name}_z")) for name in ("loudness", "pitch", "rate")},
    }


def _score(row: Any, evidence: pd.DataFrame) -> dict[str, Any]:
    mine = evidence[evidence["criterion_id"] == row.criterion_id] if len(evidence) else evidence
    if is_missing(row.score):
        says = _REASONS.get(row.abstained_reason, "Not applicable.")
    else:
        count = int(row.opportunity_count)
        says = f"{count} opportunit{'y' if count == 1 else 'ies'}, confidence {row.confidence:.0%}"
        says += "" if is_missing(row.target_score) else f", target {row.target_score:.0f}"
    return {
        "id": row.criterion_id,
        "name": named(row.criterion_id) if is_missing(row.criterion_name) else row.criterion_name,
        "score": _plain(row.score),
        "level": None if is_missing(row.level) else row.level,
        "says": says,
        "moments": [
            {
                "id": m.evidence_id, "level": m.level, "turn": int(m.turn_index), "quote": m.quote,
                "start": float(m.start_s), "why": m.why, "cue": None if is_missing(m.cue_quote) else m.cue_quote,
                "cue_start": _plain(m.cue_start_s),
            }
            for m in rows(mine)
        ],
    }  # fmt: skip


def _phases(turns: pd.DataFrame, signals: pd.DataFrame) -> list[dict[str, Any]]:
    """Phases in order with the turn and second each starts at, from the phase its signals carry."""
    if turns.empty or signals.empty:
        return []
    first = signals.dropna(subset=["phase"]).groupby("phase")["turn_index"].min().sort_values()
    start_of = dict(zip(turns["turn_index"], turns["start_s"], strict=True))
    names = list(first.index)
    starts = [0.0, *(float(start_of[int(index)]) for index in first.iloc[1:])]
    ends = [*starts[1:], float(turns["end_s"].max())]
    indexes = [0, *(int(index) for index in first.iloc[1:])]
    return [
        {"name": named(name), "turn": index, "start": start, "end": end}
        for name, index, start, end in zip(names, indexes, starts, ends, strict=True)
    ]


def _alt(turns: pd.DataFrame, phases: list[dict[str, Any]], marks: list[dict[str, Any]], duration: float) -> str:
    interruptions = [clock(mark["at"]) for mark in marks if mark["kind"] == "interruption"]
    parts = [f"Timeline of {clock(duration)}: {len(turns)} turns of rep and customer."]
    parts += [f"{phase['name']} from {clock(phase['start'])}." for phase in phases]
    parts.append(f"Interruptions at {', '.join(interruptions)}." if interruptions else "No interruption.")
    return " ".join(parts)


def _legend(has_voice: bool, marks: list[dict[str, Any]]) -> str:
    parts = []
    if has_voice:
        parts.append("Voice curves run against the speaker's own baseline: up is louder, higher or faster than usual.")
    kinds = {mark["kind"] for mark in marks}
    if "interruption" in kinds:
        parts.append("Triangles: the rep interrupts.")
    if "escalation" in kinds:
        parts.append("Rings: the customer is heated.")
    parts.append("Pale bars are backchannels (mm-hm), which are no turn of their own.")
    return " ".join(parts)


def _plain(value: Any) -> float | None:
    return None if is_missing(value) else float(value)
