"""What the pipeline found against what the demonstration put in."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coachlake.lake.connection import lake
from coachlake.settings import Settings
from demonstration.faults import EXPECTED
from demonstration.transcription_figures import (
    TranscribedCall,
    TranscribedTurn,
    TranscriptionFigures,
    transcription_figures,
)

_LEVELS = {"poor": 0, "average": 1, "good": 2}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pipeline against gold. Error rates and shares 0–1; None where there was nothing to compare."""

    spoken_calls: int
    word_error_rate: float | None
    two_channels: TranscriptionFigures
    mono: TranscriptionFigures
    scored: int
    asked: int
    quarantined: int
    quarantine_reasons_right: int
    level_kappa: dict[str, tuple[float, int]]  # criterion → quadratic-weighted kappa, n calls


def compare(settings: Settings, gold: Path) -> Comparison:
    """Compare every call in the lake that has a gold file. Needs a finished run of the demonstration."""
    golds = {path.stem: json.loads(path.read_text()) for path in gold.glob("*.json")}
    with lake(settings, read_only=True) as connection:
        calls = connection.execute(
            "SELECT call_id, status, reason FROM lake.raw.calls WHERE source = 'live'"
        ).fetchall()
        turns = _grouped(
            connection.execute("SELECT call_id, speaker, start_s, text, words FROM lake.raw.turns").fetchall()
        )
        cut = _grouped(
            connection.execute("SELECT call_id, start_s FROM lake.raw.signals WHERE kind = 'interruption'").fetchall()
        )
        levels = connection.execute(
            "SELECT call_id, criterion_id, level FROM lake.raw.scores WHERE level IS NOT NULL"
        ).fetchall()
    scored = {call_id for call_id, status, _ in calls if status == "scored"}
    spoken = sorted(name for name in scored & golds.keys() if golds[name]["layout"] != "transcript")
    transcribed = [
        TranscribedCall(golds[name], _transcribed_turns(turns[name]), [at for (at,) in cut.get(name, [])])
        for name in spoken
    ]
    return Comparison(
        spoken_calls=len(transcribed),
        word_error_rate=transcription_figures(transcribed).word_error_rate,
        two_channels=transcription_figures([call for call in transcribed if call.gold["layout"] != "mono"]),
        mono=transcription_figures([call for call in transcribed if call.gold["layout"] == "mono"]),
        scored=len(scored),
        asked=sum(status == "asked" for _, status, _ in calls),
        quarantined=sum(status == "quarantined" for _, status, _ in calls),
        quarantine_reasons_right=sum(EXPECTED.get(call_id, "\0") in (reason or "") for call_id, _, reason in calls),
        level_kappa=_kappas(golds, levels),
    )


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    grouped: dict[str, list[tuple[Any, ...]]] = {}
    for call_id, *rest in rows:
        grouped.setdefault(call_id, []).append(tuple(rest))
    return grouped


def _transcribed_turns(rows: Iterable[tuple[Any, ...]]) -> list[TranscribedTurn]:
    return [
        TranscribedTurn(speaker, start, text, [(word["start_s"], word["end_s"]) for word in words or []])
        for speaker, start, text, words in rows
    ]


def _kappas(golds: dict[str, Any], levels: list[tuple[str, str, str]]) -> dict[str, tuple[float, int]]:
    from sklearn.metrics import cohen_kappa_score

    pairs: dict[str, list[tuple[int, int]]] = {}
    for call_id, criterion, level in levels:
        gold = golds.get(call_id, {}).get("levels", {}).get(criterion)
        if gold:
            pairs.setdefault(criterion, []).append((_LEVELS[gold], _LEVELS[level]))
    return {
        criterion: (
            float(cohen_kappa_score(*zip(*both, strict=True), weights="quadratic", labels=[0, 1, 2])),
            len(both),
        )
        for criterion, both in sorted(pairs.items())
    }
