"""The lists written blind: that they are what they say, and that a judge who knew them would be seen to know them."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from coachlake.signals.examples.load import EXAMPLE_NAMES, with_neighbours
from coachlake.signals.signal import Signal
from evaluation import said
from evaluation.kit import EvaluationKit
from evaluation.labelled.load import BLIND, held_out
from evaluation.said import SAYS, Heard, heard
from evaluation.tasks import acts, own, traps

_REP = {
    "reflection": {1}, "ack": {"specific", "generic", "hollow"}, "probing": {1}, "question": {"open", "closed"},
    "answer": {"full", "partial", "evaded"}, "hedge": {"substance", "polite"}, "when": {1}, "apology": {1},
    "action": {"proposal", "commitment", "refusal"}, "script": {1}, "tone": {"sharp"},
}  # fmt: skip
_CUSTOMER = {
    "trouble": {"practical", "feeling", "circumstance"}, "heat": {1, 2}, "rejects": {1}, "state": {1, -1},
    "question": {"open", "closed"},
}  # fmt: skip
_COMMON = {"who", "line", "cue", "says"}


def test_every_entry_has_only_labels_of_its_speaker() -> None:
    for entry in held_out("acts"):
        allowed = _REP if entry["who"] == "rep" else _CUSTOMER
        assert entry.keys() >= _COMMON
        assert {name: value for name, value in entry.items() if name not in _COMMON}.items() <= {
            (name, value) for name, values in allowed.items() for value in values
        }, entry
        assert "when" not in entry or entry.get("action") == "commitment", entry


def test_there_are_enough_of_every_label_and_none_twice() -> None:
    entries = held_out("acts")
    assert len(entries) >= 280
    counts = Counter((name, value) for entry in entries for name, value in entry.items() if name not in _COMMON)
    assert min(n for (name, _), n in counts.items() if name not in ("state", "question")) >= 5
    assert {trap["is"] for trap in held_out("traps")} == {"cold", "warm", "trouble", "plain", "heated", "calm"}
    for name in BLIND:
        moments = [(entry["cue"], entry["says"]) for entry in held_out(name)]
        assert len(moments) == len(set(moments))


def test_no_seven_words_in_a_row_are_in_what_the_product_learns_from() -> None:
    learned = {
        run
        for name in EXAMPLE_NAMES
        for example in with_neighbours(name)
        for run in _runs(example.response.lower().split())
    }
    measured = {run for name in BLIND for entry in held_out(name) for run in _runs(entry["says"].lower().split())}
    assert len(measured) > 1000
    assert not learned & measured


def _runs(words: list[str]) -> set[str]:
    return {" ".join(words[at : at + 7]) for at in range(len(words) - 6)}


def _knowing(entry: dict[str, Any], _: EvaluationKit) -> Heard:
    """The signals that a judge would give who knows the labels."""
    kinds = {
        "escalation": "heat" in entry,
        "paraphrase": "reflection" in entry,
        "hedge": entry.get("hedge") == "substance",
        "solution": entry.get("action") in ("proposal", "commitment"),
        "question": "question" in entry,
    }
    at = [_signal(kind, entry.get("question", "")) for kind, is_there in kinds.items() if is_there]
    of_cue = [_signal(kind) for kind, label in (("empathy", "trouble"), ("adaptability", "rejects")) if label in entry]
    level = {"specific": "good", "generic": "average"}.get(entry.get("ack", ""), "poor")
    return Heard(entry["says"], tuple(at), (_signal("empathy", level),), tuple(of_cue))


def _signal(kind: str, label: str = "") -> Signal:
    return Signal(kind, label, None, 0.9, 1)


def test_a_judge_who_knows_the_labels_is_seen_to_and_one_who_says_nothing_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acts, "heard", _knowing)
    results = {result.task: result for result in acts.acts(Path(), EvaluationKit())}
    assert len(results) == len(SAYS)
    assert {task for task, result in results.items() if result.macro_f1 != 1.0} == {"acts: probing"}
    assert all({"chance", "keywords"} <= result.baselines.keys() for result in results.values())
    monkeypatch.setattr(acts, "heard", lambda entry, _: Heard(entry["says"], (), (), ()))
    silent = [result for result in acts.acts(Path(), EvaluationKit()) if result.task != "acts: probing"]
    assert all((result.macro_f1 or 0.0) < 0.6 for result in silent)


def test_a_moment_is_judged_where_it_stands(kit: EvaluationKit) -> None:
    asked = heard(
        {"who": "rep", "cue": "My roof leaks into the nursery.", "says": "How long has it been leaking?"}, kit
    )
    assert [signal.label for signal in asked.at if signal.kind == "question"] == ["open"] or asked.has("question")
    angry = {"who": "customer", "cue": "", "says": "This is outrageous, I want your manager right now!"}
    assert heard(angry, kit).has("escalation")
    assert not heard(angry | {"says": "I'd like the small one, please."}, kit).has("escalation")


def test_the_real_judge_on_the_traps_and_the_dates(kit: EvaluationKit) -> None:
    results = traps.traps(Path(), kit)
    assert [result.n for result in results] == [32, 36, 24]
    assert all(set(result.figures) and result.baselines["chance"] == 0.5 for result in results)
    [dated] = acts.dated_commitment(Path(), kit)
    assert dated.per_class["dated"].n == sum("when" in entry for entry in held_out("acts"))
    assert said.UNSAID


def test_lists_that_the_patterns_have_seen_are_not_called_held_out(kit: EvaluationKit) -> None:
    [escalation] = own.escalation(Path(), kit)
    [hedge] = own.hedge(Path(), kit)
    assert (escalation.data, hedge.data) == ("own, not held out", "own")
    assert "not held out" in escalation.note
    assert "held out from every head" in hedge.note
