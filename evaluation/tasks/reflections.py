"""Does the listener give back what was said? Counselling reflections and telephone reformulations."""

import re
from dataclasses import replace
from pathlib import Path

from coachlake.signals.listening import PARAPHRASE_FROM, paraphrase_of_turn
from evaluation.kit import EvaluationKit
from evaluation.measure import classification
from evaluation.result import TaskResult
from evaluation.sets import annomi, swda

_KEYWORD = re.compile(r"^(?:(?:okay|ok|right|mm-hmm|and|uh|um)[,.]? )*(?:so\b|you\b|it sounds|sounds like)", re.I)
# Statements without restating are some thirty times as common: this many for each reformulation are enough.
_OTHERS = 10
# The probability range in which the signal would rather say nothing.
_UNSURE = (0.4, 0.6)


def reflection(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """AnnoMI: therapist utterances with a reflection (majority) against those without."""
    said = [
        (utterance, label)
        for utterance in annomi.utterances(folder)
        if utterance.speaker == "rep" and (label := utterance.majority("reflection_exists"))
    ]
    likely = [paraphrase_of_turn(u.text, u.cue, kit.signals) for u, _ in said]
    result = classification(
        "reflection",
        "annomi",
        ["reflection" if label == "True" else "none" for _, label in said],
        ["reflection" if p >= PARAPHRASE_FROM else "none" for p in likely],
        groups=[u.transcript_id for u, _ in said],
        abstained=[_UNSURE[0] < p < _UNSURE[1] for p in likely],
        keywords=["reflection" if _KEYWORD.match(u.text) else "none" for u, _ in said],
    )
    references = {"human": 0.83, "head on half the labels": 0.73, "head and rules before": 0.70}
    return [replace(result, references=references, reach_for="macro-F1 ≥ .78")]


def reformulation(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """Switchboard: `bf` (reformulates) against statements (`sd`, `sv`), ten a reformulation, evenly spread."""
    acts = swda.acts(folder)
    restated = [act for act in acts if act.act == "bf"]
    statements = [act for act in acts if act.act in ("sd", "sv") and act.cue]
    others = statements[:: max(1, len(statements) // (_OTHERS * len(restated)))]
    likely = [paraphrase_of_turn(act.text, act.cue, kit.signals) for act in (*restated, *others)]
    result = classification(
        "reformulation",
        "swda",
        ["restates"] * len(restated) + ["states"] * len(others),
        ["restates" if p >= PARAPHRASE_FROM else "states" for p in likely],
        groups=[act.dialogue_id for act in (*restated, *others)],
        abstained=[_UNSURE[0] < p < _UNSURE[1] for p in likely],
        keywords=["restates" if _KEYWORD.match(act.text) else "states" for act in (*restated, *others)],
    )
    note = "a reformulation is often one elliptical clause of the other's matter; by text alone much like a statement"
    return [replace(result, reach_for="report", note=note)]
