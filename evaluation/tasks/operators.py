"""Questions in speech written down without marks: calls to an operator, and other sets with their marks taken off."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

from coachlake.conversations.conversation import Conversation, conversation_from_lines
from coachlake.conversations.dialogue import dialogue_of
from coachlake.signals.extract import extract_signals
from evaluation.forms import bare
from evaluation.kit import EvaluationKit
from evaluation.measure import classification, share
from evaluation.result import Interval, TaskResult
from evaluation.sets import annomi, oasis, swda
from evaluation.sets.find import NothingLabelledError, SetNotFoundError

_QUESTIONS, _ASKING = ("q_wh", "q_yn"), ("reqInfo", "reqDirect", "reqModal")
_KEYWORD = re.compile(
    r"^(?:(?:and|so|okay|right|um|er|well|but) )*(?:what|how|why|when|where|who|which|do|does|did|is|are|was|were|have|"
    r"has|can|could|would|will|shall)\b"
)
_AIM = "F1 ≥ .92"
# Of each set so many utterances with a question and three times as many without: minutes, and an interval of ±.03.
_ASKED, _OTHERS_EACH = 300, 3
_COMMITMENT = ("insurance_service", "commitment_date")


def operator_questions(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """BT OASIS: operator turns with a wh- or yes/no question against those without; turns that only ask in another
    form (a declarative request for information) are left out."""
    labels, said, texts, groups = [], [], [], []
    for name, turns in oasis.calls(folder).items():
        asking = _asking(_call(name, turns), kit)
        for at, turn in enumerate(turns):
            forms, kinds = {s.form for s in turn.segments}, {s.act for s in turn.segments}
            if turn.speaker == "customer" or (kinds & set(_ASKING) and not forms & set(_QUESTIONS)):
                continue
            labels.append("asks" if forms & set(_QUESTIONS) else "none")
            said.append("asks" if at in asking else "none")
            texts.append(turn.text)
            groups.append(name)
    return [_result("operator_questions", "bt_oasis, operator turns", labels, said, texts, groups)]


def operator_commitments(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """BT OASIS: how much evidence of a date for the next step there is, and whether it stands where the operator says
    what they are going to do (`informIntent`). Whether it names a time is for a reader: `coachlake reading`."""
    rubric, criterion = _COMMITMENT
    calls, shown, groups = oasis.calls(folder), [], []
    for name, turns in calls.items():
        card = kit.try_score(_call(name, turns), rubric)
        for row in card.evidence if card else ():
            if row.criterion_id == criterion and row.level == "good":
                acts = {segment.act for segment in turns[row.turn_index].segments}
                shown.append("informIntent" in acts)
                groups.append(name)
    figures: dict[str, float | Interval] = {"evidence": float(len(shown))}
    if shown:
        figures["in a turn of intent"] = share(shown, groups=groups)
    intent = [
        any(s.act == "informIntent" for s in t.segments) for ts in calls.values() for t in ts if t.speaker == "rep"
    ]
    return [
        TaskResult(
            "operator_commitments",
            "bt_oasis",
            len(calls),
            figures=figures,
            baselines={"turns of intent among the operator's": sum(intent) / max(1, len(intent))},
            reach_for="evidence ≥ .90 defended",
            note="n in calls; the labels know intent, not time",
        )
    ]


def unmarked_questions(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """Switchboard and AnnoMI in lower case without marks: utterances with a question against those without."""
    results = []
    for name, known in (("swda", _swda), ("annomi", _annomi)):
        try:
            drawn = _drawn(known(folder))
        except (SetNotFoundError, NothingLabelledError):
            continue
        texts = [text for _, text, _, _ in drawn]
        said = ["asks" if _asks(text, cue, kit) else "none" for _, text, cue, _ in drawn]
        labels, groups = [label for label, _, _, _ in drawn], [group for _, _, _, group in drawn]
        results.append(_result("unmarked_questions", f"{name}, marks and capitals off", labels, said, texts, groups))
    if not results:
        raise NothingLabelledError("swda, annomi")
    return results


_Item = tuple[str, str, str, Hashable]  # label, text, cue, conversation


def _swda(folder: Path) -> list[_Item]:
    return [
        ("asks" if act.act in ("qo", "qw", "qy") else "none", act.text, act.cue, act.dialogue_id)
        for act in swda.acts(folder)
        if act.cue and not act.act.startswith("q^")
    ]


def _annomi(folder: Path) -> list[_Item]:
    return [
        ("asks" if label == "True" else "none", said.text, said.cue, said.transcript_id)
        for said in annomi.utterances(folder)
        if said.speaker == "rep" and (label := said.majority("question_exists")) in ("True", "False")
    ]


def _drawn(items: Sequence[_Item]) -> list[_Item]:
    dice, plain = Random(16), [(a, bare(b, Random(0)), bare(c, Random(0)), d) for a, b, c, d in items]
    asked, others = ([item for item in plain if item[0] == label] for label in ("asks", "none"))
    chosen = dice.sample(asked, min(_ASKED, len(asked)))
    return [*chosen, *dice.sample(others, min(_OTHERS_EACH * len(chosen), len(others)))]


def _asks(text: str, cue: str, kit: EvaluationKit) -> bool:
    lines = [("customer", cue), ("rep", text)] if cue else [("rep", text)]
    return len(lines) - 1 in _asking(conversation_from_lines("utterance", lines), kit)  # type: ignore[arg-type]


def _asking(call: Conversation, kit: EvaluationKit) -> set[int | None]:
    return {s.turn_index for s in extract_signals(dialogue_of(call), kit.signals) if s.kind == "question"}


def _call(name: str, turns: Sequence[oasis.OperatorTurn]) -> Conversation:
    return conversation_from_lines(name, [(turn.speaker, turn.text) for turn in turns])


def _result(
    task: str, data: str, labels: Sequence[str], said: Sequence[str], texts: Sequence[str], groups: Sequence[Hashable]
) -> TaskResult:
    keywords = ["asks" if _KEYWORD.match(text) else "none" for text in texts]
    result = classification(task, data, labels, said, groups=groups, keywords=keywords)
    asks = result.per_class.get("asks")
    precision, recall = (asks.precision or 0.0, asks.recall or 0.0) if asks else (0.0, 0.0)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return replace(result, figures={"F1 of questions": f1, "precision": precision, "recall": recall}, reach_for=_AIM)
