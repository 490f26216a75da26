"""Sentences that look like something else: cold in empathic dress, trouble voiced sideways, anger without strong words
(`labelled/traps.yaml`)."""

from dataclasses import replace
from pathlib import Path

from evaluation.kit import EvaluationKit
from evaluation.labelled.load import held_out
from evaluation.measure import classification, share
from evaluation.result import Interval, TaskResult
from evaluation.said import Heard, heard

_NOTE = "written and labelled once, by somebody who had read neither signals nor patterns nor examples"


def _empathy(moment: Heard) -> str:
    levels = [signal.label for signal in moment.to_cue if signal.kind == "empathy"]
    return "warm" if "good" in levels else "cold"


def _trouble(moment: Heard) -> str:
    return "trouble" if any(signal.kind == "empathy" for signal in moment.of_cue) else "plain"


def _heat(moment: Heard) -> str:
    return "heated" if moment.has("escalation") else "calm"


_TRAPS = {"cold": ("warm", _empathy), "trouble": ("plain", _trouble), "heated": ("calm", _heat)}
_NAMES = {"cold": "cold in warm dress", "trouble": "trouble voiced sideways", "heated": "heated without strong words"}


def traps(_: Path, kit: EvaluationKit) -> list[TaskResult]:
    """One result a kind of trap: how many are seen for what they are, and how many of their counterparts are."""
    results = []
    for trap, (counterpart, judge) in _TRAPS.items():
        entries = [entry for entry in held_out("traps") if entry["is"] in (trap, counterpart)]
        labels = [str(entry["is"]) for entry in entries]
        said = [judge(heard(entry, kit)) for entry in entries]
        result = classification(f"traps: {_NAMES[trap]}", "own, blind", labels, said)
        figures: dict[str, float | Interval] = {
            f"{name} taken for {name}": share([y == name for x, y in zip(labels, said, strict=True) if x == name])
            for name in (trap, counterpart)
        }
        results.append(replace(result, figures=figures, reach_for="≥ .90 of either", note=_NOTE))
    return results
