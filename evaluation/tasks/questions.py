"""Open or closed, by form: counselling (open/closed) and telephone small talk (open against yes/no)."""

import re
from dataclasses import replace
from pathlib import Path

from coachlake.signals.questions import form_of_turn
from evaluation.kit import EvaluationKit
from evaluation.measure import classification
from evaluation.result import TaskResult
from evaluation.sets import annomi, swda

_KEYWORD = re.compile(r"\b(?:what|how|why|tell me)\b", re.IGNORECASE)


def open_closed(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """AnnoMI: therapist utterances the majority says hold a question, open or closed by the majority."""
    asked = [
        (utterance, label)
        for utterance in annomi.utterances(folder)
        if utterance.speaker == "rep" and (label := utterance.majority("question_subtype")) in ("open", "closed")
    ]
    result = classification(
        "open_closed",
        "annomi",
        [str(label) for _, label in asked],
        [form_of_turn(utterance.text, utterance.cue, kit.signals) for utterance, _ in asked],
        groups=[utterance.transcript_id for utterance, _ in asked],
        keywords=["open" if _KEYWORD.search(utterance.text) else "closed" for utterance, _ in asked],
    )
    references = {"human": 0.76, "head on half the labels": 0.77, "syntax rules": 0.76}
    return [replace(result, references=references, reach_for="macro-F1 ≥ .80")]


def question_form(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """Switchboard: `qo` (open) against `qy` (yes/no) utterances."""
    label_of = {"qo": "open", "qy": "closed"}
    asked = [act for act in swda.acts(folder) if act.act in label_of]
    result = classification(
        "question_form",
        "swda",
        [label_of[act.act] for act in asked],
        [form_of_turn(act.text, act.cue, kit.signals) for act in asked],
        groups=[act.dialogue_id for act in asked],
        keywords=["open" if _KEYWORD.search(act.text) else "closed" for act in asked],
    )
    return [replace(result, references={"before": 0.95}, reach_for="macro-F1 ≥ .96")]
