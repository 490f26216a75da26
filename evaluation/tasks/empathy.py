"""Warmth and probing in replies to trouble (EPITOME)."""

import re
from dataclasses import replace
from pathlib import Path

from coachlake.signals.probing import probes
from coachlake.signals.warmth import warmth_of_turn
from evaluation.kit import EvaluationKit
from evaluation.measure import classification
from evaluation.result import TaskResult
from evaluation.sets import epitome

# Below this the signal would rather say nothing.
_SURE = 0.5
_STRONG = re.compile(r"\b(?:sorry|sad|glad|happy for|proud|my heart|worried)\b", re.IGNORECASE)
_WEAK = re.compile(r"\b(?:hope|stay strong|hang in|here for you|not alone|take care|good luck|better)\b", re.IGNORECASE)


def empathy_level(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """Emotional reactions: 0 none, 1 warmth without a named feeling, 2 the replier's own feeling named."""
    known = epitome.replies(folder, "emotional-reactions")
    judged = [warmth_of_turn(item.reply, kit.signals) for item in known]
    result = classification(
        "empathy_level",
        "epitome",
        [str(item.level) for item in known],
        [str(level) for level, _ in judged],
        groups=[item.post_id for item in known],
        abstained=[confidence < _SURE for _, confidence in judged],
        weights="quadratic",
        keywords=["2" if _STRONG.search(i.reply) else "1" if _WEAK.search(i.reply) else "0" for i in known],
    )
    references = {"head with rules before": 0.57, "head on half the labels": 0.62, "weighted kappa of experts": 0.58}
    return [replace(result, references=references, reach_for="macro-F1 ≥ .66, kappa ≥ .58")]


def explorations(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """Explorations: the reply probes for more about what was told (levels 1 and 2) or does not (0)."""
    known = epitome.replies(folder, "explorations")
    result = classification(
        "explorations",
        "epitome",
        ["probes" if item.level else "none" for item in known],
        ["probes" if probes(item.reply) else "none" for item in known],
        groups=[item.post_id for item in known],
        keywords=["probes" if "?" in item.reply else "none" for item in known],
    )
    return [replace(result, references={"before": 0.86}, reach_for="macro-F1 ≥ .88")]
