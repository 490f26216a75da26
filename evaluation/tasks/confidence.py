"""Is a confidence of .8 right eight times in ten? Reliability curves where there are labels.

In `per_class` each line is a bin of the curve: the mean confidence as precision, the share that is right as recall.
Evidence is labelled by readers: `coachlake reading agree` gives its curve.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any

from coachlake.signals.listening import PARAPHRASE_FROM, paraphrase_of_turn
from coachlake.signals.warmth import warmth_of_turn
from evaluation.kit import EvaluationKit
from evaluation.labelled.load import held_out
from evaluation.measure import calibration_error
from evaluation.result import TaskResult
from evaluation.said import heard
from evaluation.sets import annomi, epitome
from evaluation.sets.find import NothingLabelledError, SetNotFoundError

# Signal kind → whether a label of the blind list makes it right.
_RIGHT: dict[str, Callable[[Mapping[str, Any], str], bool]] = {
    "question": lambda entry, label: entry.get("question") == label,
    "hedge": lambda entry, _: entry.get("hedge") == "substance",
    "paraphrase": lambda entry, _: bool(entry.get("reflection")),
    "solution": lambda entry, _: entry.get("action") in ("proposal", "commitment"),
    "escalation": lambda entry, _: bool(entry.get("heat")),
}


def confidence(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """Expected calibration error of reflection (AnnoMI), warmth (EPITOME) and the signals of the blind list."""
    results = [_signals(kit)]
    for measure in (_reflection, _warmth):
        try:
            results.append(measure(folder, kit))
        except (SetNotFoundError, NothingLabelledError):
            continue
    return results


def _reflection(folder: Path, kit: EvaluationKit) -> TaskResult:
    said = [
        (utterance, label == "True")
        for utterance in annomi.utterances(folder)
        if utterance.speaker == "rep" and (label := utterance.majority("reflection_exists"))
    ]
    likely = [paraphrase_of_turn(utterance.text, utterance.cue, kit.signals) for utterance, _ in said]
    right = [(p >= PARAPHRASE_FROM) == truth for p, (_, truth) in zip(likely, said, strict=True)]
    groups = [utterance.transcript_id for utterance, _ in said]
    return _result("annomi, reflection", right, [max(p, 1 - p) for p in likely], groups)


def _warmth(folder: Path, kit: EvaluationKit) -> TaskResult:
    known = epitome.replies(folder, "emotional-reactions")
    judged = [warmth_of_turn(item.reply, kit.signals) for item in known]
    right = [level == item.level for (level, _), item in zip(judged, known, strict=True)]
    return _result("epitome, warmth", right, [sure for _, sure in judged], [item.post_id for item in known])


def _signals(kit: EvaluationKit) -> TaskResult:
    right, sure = list[bool](), list[float]()
    for entry in held_out("acts"):
        for signal in heard(entry, kit).at:
            if signal.kind in _RIGHT:
                right.append(bool(_RIGHT[signal.kind](entry, signal.label)))
                sure.append(signal.confidence)
    return _result("own, blind, every signal found", right, sure, list(range(len(right))))


def _result(data: str, right: Sequence[bool], sure: Sequence[float], groups: Sequence[Hashable]) -> TaskResult:
    error, curve = calibration_error(right, sure, groups=groups)
    shares = sum(right) / len(right)
    return TaskResult(
        "confidence",
        data,
        len(right),
        per_class=curve,
        figures={"ECE": error, "right": shares, "mean confidence": sum(sure) / len(sure)},
        baselines={"ECE of always being sure": 1 - shares},
        reach_for="ECE ≤ .05",
        note="a line a bin: its mean confidence (precision), the share that is right (recall)",
    )
