"""What the pipeline found against what the demonstration put in."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestration.demo.faults import EXPECTED
from ray_jobs.lake.connection import lake
from ray_jobs.settings import Settings

# A found interruption is the planted one if it starts within this many seconds of it.
_MATCH_S = 1.5
_LEVELS = {"poor": 0, "average": 1, "good": 2}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pipeline against gold. Error rates and shares 0–1; None where there was nothing to compare."""

    spoken_calls: int
    words: int
    word_error_rate: float | None
    speaker_accuracy_two_channels: float | None
    speaker_accuracy_mono: float | None
    interruptions_planted: int
    interruptions_found: int
    interruption_precision: float | None
    interruption_recall: float | None
    scored: int
    quarantined: int
    quarantine_reasons_right: int
    level_kappa: dict[str, tuple[float, int]]  # criterion → quadratic-weighted kappa, n calls


def compare(settings: Settings, gold: Path) -> Comparison:
    """Compare every call in the lake that has a gold file. Needs a finished run of the demonstration.

    Word error rate: both sides' words in order of time, lower case without punctuation, numbers as written.
    Speaker accuracy: share of recognised words whose speaker is one who speaks at the word's middle in gold.
    """
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
    planted, found, hits = _interruptions([(golds[name], cut.get(name, [])) for name in spoken])
    return Comparison(
        spoken_calls=len(spoken),
        words=sum(len(_gold_words(golds[name], "rep") + _gold_words(golds[name], "customer")) for name in spoken),
        word_error_rate=_word_error_rate([(golds[name], turns[name]) for name in spoken]),
        speaker_accuracy_two_channels=_speaker_accuracy(
            [(golds[n], turns[n]) for n in spoken if not _is_mono(golds[n])]
        ),
        speaker_accuracy_mono=_speaker_accuracy([(golds[n], turns[n]) for n in spoken if _is_mono(golds[n])]),
        interruptions_planted=planted,
        interruptions_found=found,
        interruption_precision=hits / found if found else None,
        interruption_recall=hits / planted if planted else None,
        scored=len(scored),
        quarantined=len(calls) - len(scored),
        quarantine_reasons_right=sum(EXPECTED.get(call_id, "\0") in (reason or "") for call_id, _, reason in calls),
        level_kappa=_kappas(golds, levels),
    )


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    grouped: dict[str, list[tuple[Any, ...]]] = {}
    for call_id, *rest in rows:
        grouped.setdefault(call_id, []).append(tuple(rest))
    return grouped


def _plain(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower().replace("-", " "))


def _gold_words(gold: dict[str, Any], speaker: str) -> list[str]:
    return [word for line in gold["lines"] if line["speaker"] == speaker for word in _plain(line["text"])]


def _word_error_rate(calls: Sequence[tuple[dict[str, Any], list[tuple[Any, ...]]]]) -> float | None:
    """Side by side, so that overlap does not shuffle words: each speaker's words against that speaker's lines."""
    import jiwer

    references, hypotheses = [], []
    for gold, turns in calls:
        ordered = sorted(turns, key=lambda turn: turn[1])
        for speaker in ("rep", "customer"):
            references.append(" ".join(_gold_words(gold, speaker)))
            hypotheses.append(" ".join(w for who, _, text, _ in ordered if who == speaker for w in _plain(text)))
    return float(jiwer.wer(references, hypotheses)) if references else None


def _is_mono(gold: dict[str, Any]) -> bool:
    return bool(gold["layout"] == "mono")


def _speaker_accuracy(calls: Sequence[tuple[dict[str, Any], list[tuple[Any, ...]]]]) -> float | None:
    right = total = 0
    for gold, turns in calls:
        for speaker, _, _, words in turns:
            for word in words or []:
                middle = (word["start_s"] + word["end_s"]) / 2
                speaking = {ln["speaker"] for ln in gold["lines"] if ln["start_s"] - 0.2 <= middle <= ln["end_s"] + 0.2}
                if speaking:
                    total += 1
                    right += speaker in speaking
    return right / total if total else None


def _interruptions(calls: Sequence[tuple[dict[str, Any], list[tuple[Any, ...]]]]) -> tuple[int, int, int]:
    """Planted, found, and found that match a planted one (each matched once)."""
    planted = found = hits = 0
    for gold, cut in calls:
        open_starts = list(gold["interruptions"])
        planted += len(open_starts)
        found += len(cut)
        for (start,) in cut:
            match = next((at for at in open_starts if abs(at - start) <= _MATCH_S), None)
            if match is not None:
                open_starts.remove(match)
                hits += 1
    return planted, found, hits


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
