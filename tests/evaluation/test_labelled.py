"""The project's own labelled moments: enough of them, spread over lines of business, and the held-out part held out."""

from collections import Counter
from typing import Any

from coachlake.signals.examples.load import EXAMPLE_NAMES, labelled_moments, with_neighbours
from evaluation.labelled.load import HELD_OUT, held_out, second_pass


def _learned() -> list[dict[str, Any]]:
    return [entry for name in ("hedge", "empathy", "escalation") for entry in labelled_moments(name)]


def _held_out() -> list[dict[str, Any]]:
    found = []
    for name in HELD_OUT:
        for entry in held_out(name):
            turns = entry.get("turns")
            found += [{"says": t["r"], "line": entry["line"]} for t in turns if "r" in t] if turns else [entry]
    return found


def test_there_are_three_hundred_over_three_lines_of_business() -> None:
    moments = _learned() + _held_out()
    lines = Counter(moment["line"] for moment in moments)
    assert len(moments) >= 300
    assert lines.keys() == {"insurance", "support", "sales"}
    assert min(lines.values()) >= 80


def test_no_head_learns_from_a_held_out_sentence() -> None:
    measured = {moment["says"].lower() for moment in _held_out()}
    learned = {example.response.lower() for name in EXAMPLE_NAMES for example in with_neighbours(name)}
    # Two-word courtesies ("I get that.") may be both; anything longer is a leak.
    shared = {text for text in measured & learned if len(text.split()) > 5}
    assert not shared


def test_every_held_out_sentence_was_labelled_twice() -> None:
    for name in ("hedge", "empathy", "escalation", "adaptability"):
        second = {entry["says"] for entry in second_pass(name)}
        assert {entry["says"] for entry in held_out(name)} <= second
    second = {entry["says"] for entry in second_pass("phases")}
    assert {turn["r"] for call in held_out("phases") for turn in call["turns"] if "r" in turn} == second
