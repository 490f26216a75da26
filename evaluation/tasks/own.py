"""The project's own held-out examples: what no public set holds (hedges, phases, escalation, adaptability in calls).

Run without DIR data. The column of the second pass is the same authors' labelling of the shuffled texts.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from coachlake.conversations.conversation import Speaker, conversation_from_lines
from coachlake.conversations.dialogue import Dialogue, Exchange, dialogue_of
from coachlake.language.types import Utterance
from coachlake.signals.adaptability import adaptations
from coachlake.signals.empathy import response_level
from coachlake.signals.hedges import hedges
from coachlake.signals.kit import SignalKit
from coachlake.signals.phases import phase_of_turns, solutions
from coachlake.signals.regulation import pressure
from coachlake.signals.signal import Signal
from evaluation.kit import EvaluationKit
from evaluation.labelled.load import held_out, second_pass
from evaluation.measure import classification
from evaluation.result import TaskResult

_HELD_OUT = "held out from every head"
# What the patterns of these two signals were written from stands in part in the lists they are measured on.
_DATA = dict.fromkeys(("own_escalation", "own_adaptability"), "own, not held out")
_HELD = dict.fromkeys(_DATA, "not held out: patterns of the product stand in them; `acts` and `traps` are")


def _in_all(
    find: Callable[[Exchange, SignalKit], list[Signal]], dialogue: Dialogue, kit: EvaluationKit
) -> list[Signal]:
    return [signal for exchange in dialogue.exchanges for signal in find(exchange, kit.signals)]


def hedge(_: Path, kit: EvaluationKit) -> list[TaskResult]:
    """Rep sentences that undermine trust in an answer against those that do not."""
    entries = held_out("hedge")
    found = [_in_all(hedges, _call(("rep", entry["says"])), kit) for entry in entries]
    keywords = ["undermining" if _has(e["says"], "think guess maybe might probably could") else "firm" for e in entries]
    return [_result("own_hedge", entries, ["undermining" if x else "firm" for x in found], keywords)]


def empathy(_: Path, kit: EvaluationKit) -> list[TaskResult]:
    """The rep's answer to a customer's trouble: good, average or poor."""
    entries = held_out("empathy")
    judged = [response_level(kit.signals.acts.judge([Utterance(e["says"], e["cue"])])) for e in entries]
    keywords = ["average" if _has(e["says"], "sorry understand apologies") else "poor" for e in entries]
    names = {"poor": "0 poor", "average": "1 average", "good": "2 good"}
    return [_result("own_empathy", entries, [str(level) for level, *_ in judged], keywords, names)]


def escalation(_: Path, kit: EvaluationKit) -> list[TaskResult]:
    """Heated against calm customer turns."""
    entries = held_out("escalation")
    found = [pressure(_call(("customer", entry["says"])), kit.signals) for entry in entries]
    keywords = ["heated" if _has(e["says"], "unbelievable disgraceful sick lied") else "calm" for e in entries]
    return [_result("own_escalation", entries, ["heated" if x else "calm" for x in found], keywords)]


def phases(_: Path, kit: EvaluationKit) -> list[TaskResult]:
    """The phase of each rep turn of twelve short calls."""
    calls, said, groups = held_out("phases"), [], []
    for number, call in enumerate(calls):
        dialogue = _call(*(("rep", t["r"]) if "r" in t else ("customer", t["c"]) for t in call["turns"]))
        placed = phase_of_turns(dialogue, _in_all(solutions, dialogue, kit))
        said += [placed[turn.turn_index] for turn in dialogue.by("rep")]
        groups += [number] * sum("r" in turn for turn in call["turns"])
    turns = [{"says": t["r"], "label": t["phase"]} for call in calls for t in call["turns"] if "r" in t]
    middle = [
        "opening" if t["says"].endswith("help?") else "discovery" if "?" in t["says"] else "resolution" for t in turns
    ]
    return [_result("own_phases", turns, [str(phase) for phase in said], middle, groups=groups)]


def adaptability(_: Path, kit: EvaluationKit) -> list[TaskResult]:
    """After a rejected proposal: another approach or the same again. A rejection not noticed counts as `missed`."""
    entries = held_out("adaptability")
    found = [
        adaptations(_call(("rep", e["proposed"]), ("customer", e["rejected"]), ("rep", e["says"])), kit.signals)
        for e in entries
    ]
    keywords = ["repeated" if _has(e["says"], "again more but") else "changed" for e in entries]
    return [_result("own_adaptability", entries, [x[0].label if x else "missed" for x in found], keywords)]


def _result(
    task: str,
    entries: Sequence[dict[str, Any]],
    predicted: Sequence[str],
    keywords: Sequence[str],
    names: dict[str, str] | None = None,
    groups: Sequence[int] | None = None,
) -> TaskResult:
    def name(labels: Sequence[str]) -> list[str]:
        return [(names or {}).get(label, label) for label in labels]

    first = name([str(entry["label"]) for entry in entries])
    weights = "quadratic" if names else None
    second = name(_second_pass(task.removeprefix("own_"), entries))
    passes = classification(task, "own", first, second, weights=weights) if second else None
    result = classification(
        task, "own", first, name(predicted), weights=weights, keywords=name(keywords), groups=groups
    )  # fmt: skip
    agreement = {"authors' second pass, kappa": passes.kappa.value} if passes and passes.kappa else {}
    passes_made = "twice" if agreement else "once"
    note = f"written and labelled {passes_made} by the project's authors; {_HELD.get(task, _HELD_OUT)}"
    return replace(result, data=_DATA.get(task, "own"), references=agreement, reach_for="report", note=note)


def _second_pass(name: str, entries: Sequence[dict[str, Any]]) -> list[str]:
    known = {_key(entry): str(entry["label"]) for entry in second_pass(name)}
    return [known[_key(entry)] for entry in entries] if known else []


def _key(entry: dict[str, Any]) -> tuple[str, str]:
    return str(entry.get("rejected") or entry.get("cue") or ""), str(entry["says"])


def _call(*lines: tuple[Speaker, str]) -> Dialogue:
    return dialogue_of(conversation_from_lines("own", list(lines)))


def _has(text: str, words: str) -> bool:
    return bool(set(words.split()) & set(text.lower().replace(",", " ").replace(".", " ").split()))
