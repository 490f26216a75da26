"""Do a conversation's scores alone, under a rubric, tell good counselling from bad and a donation from none?"""

from collections.abc import Callable, Sequence
from pathlib import Path

from coachlake.conversations.conversation import Conversation
from coachlake.conversations.dialogue import Dialogue
from coachlake.scoring.evidence import ScoreCard
from coachlake.scoring.opportunities import FINDERS
from coachlake.signals.signal import Signal
from evaluation.kit import EvaluationKit
from evaluation.measure import auc
from evaluation.result import Interval, TaskResult
from evaluation.sets import annomi, p4g

# A criterion that applies to fewer conversations of either kind than this says nothing about a set.
_LEAST = 8
_Measure = Callable[[Dialogue, Sequence[Signal]], float]


def quality(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """AnnoMI: high- against low-quality counselling, under a rubric of counselling written from its manual, and under
    the shipped ones, which ask for other behaviour."""
    known = list(annomi.dialogues(folder).values())
    alone = _signals_alone(known, kit)
    return [
        _separation("quality", f"annomi, {rubric}", known, rubric, kit, alone, "AUC ≥ .90")
        for rubric in ("counselling", "insurance_service", "technical_support", "outbound_sales")
    ]


def conversion(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """Persuasion for good: did the persuadee donate, from the persuader's scores under the sales rubric?"""
    known, rubric = p4g.persuasions(folder), "outbound_sales"
    return [_separation("conversion", f"p4g, {rubric}", known, rubric, kit, _signals_alone(known, kit), "report")]


def _separation(
    task: str,
    data: str,
    known: Sequence[tuple[Conversation, bool]],
    rubric: str,
    kit: EvaluationKit,
    alone: dict[str, Interval],
    reach_for: str,
) -> TaskResult:
    scored = [(kit.score(conversation, rubric), is_positive) for conversation, is_positive in known]
    applied = [(card.overall, y) for card, y in scored if card.overall is not None]
    figures: dict[str, float | Interval] = {"AUC overall": auc([y for _, y in applied], [x for x, _ in applied])}
    for criterion in scored[0][0].scores:
        name = criterion.criterion_id
        values = [(value, y) for card, y in scored if (value := _score(card, name)) is not None]
        if min(sum(y for _, y in values), sum(not y for _, y in values)) >= _LEAST:
            figures[f"AUC {name} (n = {len(values)})"] = auc([y for _, y in values], [x for x, _ in values])
    return TaskResult(
        task,
        data,
        len(applied),
        abstention_rate=1 - len(applied) / len(scored),
        baselines={"chance AUC": 0.5, "AUC of the rep's question count": _question_auc(known)},
        figures={**figures, **alone},
        reach_for=reach_for,
    )


def _a_turn(kind: str) -> _Measure:
    def rate(dialogue: Dialogue, signals: Sequence[Signal]) -> float:
        turns = sum(not turn.is_backchannel for turn in dialogue.by("rep"))
        return sum(signal.kind == kind for signal in signals) / max(1, turns)

    return rate


def _paraphrases_a_sentence(dialogue: Dialogue, signals: Sequence[Signal]) -> float:
    sentences = len(FINDERS["rep_sentence"](dialogue, signals))
    return sum(signal.kind == "paraphrase" for signal in signals) / max(1, sentences)


def _open_share(dialogue: Dialogue, signals: Sequence[Signal]) -> float:
    asked = [signal.label for signal in signals if signal.kind == "question"]
    return asked.count("open") / len(asked) if asked else 0.0


def _customer_word_share(dialogue: Dialogue, signals: Sequence[Signal]) -> float:
    customer = sum(turn.word_count for turn in dialogue.by("customer"))
    return customer / max(1, customer + sum(turn.word_count for turn in dialogue.by("rep")))


# Signals shown beside the scores: what the conversation itself would tell, whatever a rubric asks for.
_MEASURES: dict[str, _Measure] = {
    "paraphrases a rep sentence": _paraphrases_a_sentence,
    "open questions among all": _open_share,
    "the customer's share of words": _customer_word_share,
    **{f"{kind} a rep turn": _a_turn(kind) for kind in ("paraphrase", "question", "tension", "solution")},
}


def _signals_alone(known: Sequence[tuple[Conversation, bool]], kit: EvaluationKit) -> dict[str, Interval]:
    """AUC of each measure: the same whatever the rubric."""
    extracted = [kit.signals_of(conversation) for conversation, _ in known]
    is_positive = [y for _, y in known]
    return {
        f"AUC of {name}": auc(is_positive, [measure(*one) for one in extracted]) for name, measure in _MEASURES.items()
    }


def _question_auc(known: Sequence[tuple[Conversation, bool]]) -> float:
    asked = [float(sum("?" in turn.text for turn in conversation.by("rep"))) for conversation, _ in known]
    return auc([y for _, y in known], asked).value


def _score(card: ScoreCard, criterion_id: str) -> float | None:
    return next(score.score for score in card.scores if score.criterion_id == criterion_id)
