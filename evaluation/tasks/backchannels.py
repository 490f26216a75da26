"""Backchannels must not count as turns or statements (Switchboard `b`)."""

from collections import Counter
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from coachlake.conversations.conversation import conversation_from_lines
from coachlake.conversations.dialogue import dialogue_of
from evaluation.kit import EvaluationKit
from evaluation.measure import classification
from evaluation.result import TaskResult
from evaluation.sets import swda

_LISTENING = ("yeah", "uh-huh", "right", "okay", "mm-hmm", "oh")


def backchannels(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """`b` against every other act but its kin `bk` and `bh` (an acknowledged answer, "oh really?")."""
    known: list[tuple[swda.Act, bool]] = []
    for name, said in groupby(swda.acts(folder), key=lambda act: act.dialogue_id):
        acts = list(said)
        lines = conversation_from_lines(name, [("rep" if a.speaker == "A" else "customer", a.text) for a in acts])
        known += [(a, t.is_backchannel) for a, t in zip(acts, dialogue_of(lines).turns, strict=True)]
    judged = [(act, is_marked) for act, is_marked in known if act.act not in ("bk", "bh", "x")]
    result = classification(
        "backchannels",
        "swda",
        ["backchannel" if act.act == "b" else "turn" for act, _ in judged],
        ["backchannel" if is_marked else "turn" for _, is_marked in judged],
        groups=[act.dialogue_id for act, _ in judged],
        keywords=["backchannel" if act.text.lower().startswith(_LISTENING) else "turn" for act, _ in judged],
    )
    taken = Counter(act.act for act, is_marked in known if is_marked)
    there = Counter(act.act for act, _ in known)
    shares = {f"share of {act} taken for one": taken[act] / there[act] for act in ("sd", "sv", "aa", "ny", "bk", "bh")}
    note = "agreement (aa) has the same words as listening (b); what must not be lost are statements (sd, sv)"
    return [replace(result, figures=dict(shares), reach_for="report", note=note)]
