"""The demonstration written into a landing zone: history, a spoken night, late outcomes, reviews, and gold."""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from coachlake.conversations.transcripts.formats.own import FORMAT
from demonstration import faults
from demonstration.centre import WEEKS, Rep, contact_centre
from demonstration.dialogue import Line, demo_content, write_dialogue
from demonstration.layout import Placed, lay_out, spoken_length
from demonstration.outcomes import draw_outcome
from demonstration.reviews import draw_reviews, gold_levels
from demonstration.speech import Recipe, speak

Progress = Callable[[int, int], None]
_REVIEWED = 60
# What the 24 spoken calls are kept as: mostly two-channel WAV, and one of everything else people have.
_FILES = (
    ("mono", ".wav", "PCM_16"),
    ("rep_right", ".flac", "PCM_16"),
    ("mono", ".ulaw", "ULAW"),
    ("rep_left", ".mp3", "MPEG_LAYER_III"),
    ("rep_left", ".wav", "ULAW"),
    ("mono", ".mp3", "MPEG_LAYER_III"),
)
# The rubrics' name for "the next step was named"; technical support has no such criterion.
_NEXT_STEP = {"insurance_service": "commitment_date", "outbound_sales": "next_step"}


@dataclass(frozen=True, slots=True)
class _Call:
    """One written call before it has a time layout."""

    call_id: str
    rep: Rep
    queue: str
    started_at: datetime
    lines: list[Line]
    skills: dict[str, float]


def write_demo(
    landing: Path,
    gold: Path,
    night: date,
    *,
    seed: int = 7,
    history_calls: int = 600,
    spoken_calls: int = 24,
    progress: Progress = lambda done, total: None,
) -> int:
    """Write the demonstration; how many calls landed, good and broken.

    History: transcripts over the 12 weeks up to the night, in `coachlake.transcript/1`. The night: recordings.
    Outcomes arrive one to three days after their call, in the folder of the day they arrive. `gold` gets one JSON
    file a call with what was said, when, and at which level. The same arguments write the same bytes.
    """
    rng = np.random.default_rng([seed, 2])
    reps = contact_centre(seed, night)
    gold.mkdir(parents=True, exist_ok=True)
    history = [_write_call(rng, reps, _history_time(rng, night), index, night) for index in range(history_calls)]
    spoken = [_write_call(rng, reps, _night_time(rng, night), history_calls + i, night, i) for i in range(spoken_calls)]
    rows: dict[date, list[dict[str, Any]]] = {}
    for call in history:
        rows.setdefault(call.started_at.date(), []).append(_land_transcript(landing, gold, call, rng))
    rows[night] = list(_land_recordings(landing / night.isoformat(), gold, spoken, seed, progress))
    rows[night] += faults.land_faults(landing / night.isoformat(), rows[night])
    for day, listed in rows.items():
        if listed:
            _write_csv(landing / day.isoformat() / "calls.csv", listed)
    _write_outcomes(landing, rng, history, night)
    _write_reviews(landing, rng, history)
    return sum(len(listed) for listed in rows.values())


def _write_call(
    rng: np.random.Generator, reps: list[Rep], at: datetime, index: int, night: date, turn: int | None = None
) -> _Call:
    rep = reps[int(rng.integers(len(reps))) if turn is None else turn % len(reps)]
    week = WEEKS - 1 - (night - at.date()).days // 7
    skills = {name: path[max(0, week)] for name, path in rep.skills.items()}
    lines, queue = write_dialogue(rng, rep.rubric_id, rep.name, skills)
    return _Call(f"demo-{index:05d}", rep, queue, at, lines, skills)


def _history_time(rng: np.random.Generator, night: date) -> datetime:
    """A weekday in the 12 weeks before the night, in office hours (UTC)."""
    days = [night - timedelta(days=back) for back in range(1, 7 * WEEKS + 1)]
    weekdays = [day for day in days if day.weekday() < 5]
    return _night_time(rng, weekdays[int(rng.integers(len(weekdays)))])


def _night_time(rng: np.random.Generator, day: date) -> datetime:
    seconds = int(rng.integers(0, 8 * 3600))
    return datetime.combine(day, time(13), UTC) + timedelta(seconds=seconds)


def _land_transcript(landing: Path, gold: Path, call: _Call, rng: np.random.Generator) -> dict[str, Any]:
    placed = lay_out(call.lines, [spoken_length(line) for line in call.lines], rng)
    folder = landing / call.started_at.date().isoformat()
    folder.mkdir(parents=True, exist_ok=True)
    turns = [{"speaker": p.line.speaker, "text": p.line.text, "start_s": p.start_s, "end_s": p.end_s} for p in placed]
    document = {"format": FORMAT, "duration_s": placed[-1].end_s + 0.5, "turns": turns}
    (folder / f"{call.call_id}.json").write_text(json.dumps(document), encoding="utf-8")
    _write_gold(gold, call, placed, "transcript")
    return _facts(call, f"{call.call_id}.json", "transcript")


def _land_recordings(
    folder: Path, gold: Path, calls: Sequence[_Call], seed: int, progress: Progress
) -> Iterator[dict[str, Any]]:
    folder.mkdir(parents=True, exist_ok=True)
    recipes = [_recipe(folder, call, index, seed) for index, call in enumerate(calls)]
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        spoken = pool.map(speak, [call.lines for call in calls], recipes)
        for count, (call, recipe, placed) in enumerate(zip(calls, recipes, spoken, strict=True), start=1):
            progress(count, len(calls))
            _write_gold(gold, call, placed, recipe.layout)
            yield _facts(call, recipe.path.name, recipe.layout)


def _recipe(folder: Path, call: _Call, index: int, seed: int) -> Recipe:
    rng = np.random.default_rng([seed, 3, index])
    layout, suffix, subtype = _FILES[index // 3 % len(_FILES)] if index % 3 == 1 else ("rep_left", ".wav", "PCM_16")
    return Recipe(
        path=folder / f"{call.call_id}{suffix}",
        layout=layout,
        rep_pitch=float(rng.uniform(0.98, 1.08)),
        customer_pitch=float(rng.uniform(0.76, 0.84)),
        seed=seed * 1000 + index,
        subtype=subtype,
    )


def _facts(call: _Call, file: str, layout: str) -> dict[str, Any]:
    return {
        "call_id": call.call_id,
        "file": file,
        "rep_id": call.rep.rep_id,
        "rep_name": call.rep.name,
        "rep_hired_on": call.rep.hired_on.isoformat(),
        "team_id": call.rep.team_id,
        "queue": call.queue,
        "direction": "outbound" if call.rep.rubric_id == "outbound_sales" else "inbound",
        "started_at": call.started_at.isoformat(),
        "channel_layout": layout,
        "rubric_id": call.rep.rubric_id,
    }


def _write_gold(gold: Path, call: _Call, placed: Sequence[Placed], layout: str) -> None:
    document = {
        "call_id": call.call_id,
        "layout": layout,
        "skills": call.skills,
        "levels": _levels(call),
        "interruptions": [p.start_s for p in placed if p.line.kind == "cut"],
        "lines": [asdict(p.line) | {"start_s": p.start_s, "end_s": p.end_s} for p in placed],
    }
    (gold / f"{call.call_id}.json").write_text(json.dumps(document), encoding="utf-8")


def _levels(call: _Call) -> dict[str, str]:
    moments = [(line.criterion, str(line.level)) for line in call.lines if line.criterion and line.level]
    levels = gold_levels([(criterion, level) for criterion, level in moments if criterion])
    next_step = levels.pop("next_step")
    if criterion := _NEXT_STEP.get(call.rep.rubric_id):
        # A day promised anywhere in the call is a day promised, unless it was hedged away.
        is_named = any(line.names_day and line.level == "good" for line in call.lines)
        levels[criterion] = "good" if is_named else next_step
    return levels


def _write_outcomes(landing: Path, rng: np.random.Generator, calls: Sequence[_Call], night: date) -> None:
    rows: dict[date, list[dict[str, Any]]] = {}
    for call in calls:
        is_hard = call.queue == demo_content(call.rep.rubric_id)["hard_queue"]
        is_sales = call.rep.rubric_id == "outbound_sales"
        csat, converted = draw_outcome(rng, call.skills, is_hard_queue=is_hard, is_sales=is_sales)
        received = call.started_at + timedelta(days=int(rng.integers(1, 4)))
        if (csat is None and converted is None) or received.date() > night:
            continue
        row = {"call_id": call.call_id, "csat": csat, "is_converted": converted, "received_at": received.isoformat()}
        rows.setdefault(received.date(), []).append(row)
    for day, listed in rows.items():
        _write_csv(landing / day.isoformat() / "outcomes.csv", listed)


def _write_reviews(landing: Path, rng: np.random.Generator, calls: Sequence[_Call]) -> None:
    recent = sorted(calls, key=lambda call: call.started_at)[-_REVIEWED:]
    rows = [row for call in recent for row in draw_reviews(rng, call.call_id, _levels(call), call.started_at)]
    if rows:
        _write_csv(landing / "reviews.csv", rows)


def _write_csv(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
