"""The fresh held-out list: what a sentence does, judged by the signals found in it (`labelled/acts.yaml`)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from evaluation.kit import EvaluationKit
from evaluation.labelled.load import held_out
from evaluation.measure import classification, share
from evaluation.result import Interval, TaskResult
from evaluation.said import SAYS, UNSAID, Act, Heard, heard

_RUBRIC, _CRITERION = "insurance_service", "commitment_date"
_TIME = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\btomorrow|\btoday|\btonight|\bnext week|\bo'clock|\bminutes?\b",
    re.I,
)
_AIMS = {"trouble": "recall ≥ .85 at precision ≥ .85", "heat": "recall ≥ .85 at precision ≥ .85"}
_NOTE = "written and labelled once, by somebody who had read neither signals nor patterns nor examples"


def acts(_: Path, kit: EvaluationKit) -> list[TaskResult]:
    """One result an act that the product says of a sentence; the last note names the labels it does not say."""
    entries = held_out("acts")
    moments = [heard(entry, kit) for entry in entries]
    results = [_act(name, act, entries, moments) for name, act in SAYS.items()]
    results[-1] = replace(results[-1], note=f"{_NOTE}; labels that no signal says: {', '.join(UNSAID)}")
    return results


def dated_commitment(_: Path, kit: EvaluationKit) -> list[TaskResult]:
    """Rep sentences of the list that promise something by a time, against the rubrics' criterion of a date for the
    next step: a call of this one exchange shows the sentence as good, or it does not."""
    from coachlake.conversations.conversation import conversation_from_lines

    entries = [entry for entry in held_out("acts") if entry["who"] == "rep" and entry["cue"]]
    said = []
    for number, entry in enumerate(entries):
        # A concern of some length first, without which a call has nothing to commit to.
        concern = "I'm ringing about the order that I placed with you a while ago."
        lines = [("customer", concern), ("rep", "I see."), ("customer", entry["cue"]), ("rep", entry["says"])]
        card = kit.score(conversation_from_lines(f"acts {number}", lines), _RUBRIC)  # type: ignore[arg-type]
        shown = [row.quote for row in card.evidence if row.criterion_id == _CRITERION and row.level == "good"]
        said.append(any(quote in entry["says"] for quote in shown))
    result = classification(
        "dated_commitment",
        "own, blind",
        ["dated" if entry.get("when") else "none" for entry in entries],
        ["dated" if found else "none" for found in said],
        keywords=["dated" if _TIME.search(entry["says"]) else "none" for entry in entries],
    )
    right = [bool(entry.get("when")) for entry, found in zip(entries, said, strict=True) if found]
    figures: dict[str, float | Interval] = {"evidence that is right": share(right)} if right else {}
    return [replace(result, figures=figures, reach_for="evidence ≥ .90", note=_NOTE)]


def _act(name: str, act: Act, entries: Sequence[Mapping[str, Any]], moments: Sequence[Heard]) -> TaskResult:
    judged = [
        (label, act.says(moment), _by_keyword(act, moment.text))
        for entry, moment in zip(entries, moments, strict=True)
        if entry["who"] == act.who and (label := act.label(entry)) is not None
    ]
    labels, said, keywords = zip(*judged, strict=True)
    result = classification(f"acts: {name}", "own, blind", labels, said, keywords=keywords)
    return replace(result, reach_for=_AIMS.get(name, "report"), note=_NOTE)


def _by_keyword(act: Act, text: str) -> str:
    words = re.findall(r"[\w']+", text.lower())
    default = "not met" if "generic" in act.keywords.values() else "none"
    return next((act.keywords[word] for word in words if word in act.keywords), default)
