"""What does one phrase, said before every turn of the rep, add to a score, and how many bad levels does it delete?"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from coachlake.conversations.conversation import Conversation
from coachlake.conversations.dialogue import dialogue_of
from coachlake.scoring.evidence import ScoreCard
from evaluation.dialogues import RUBRIC_OF, sample
from evaluation.kit import EvaluationKit
from evaluation.measure import share
from evaluation.result import TaskResult

PHRASES = (
    "What happened exactly?",
    "So if I have got this right, you have a problem.",
    "I understand your frustration.",
    "I can hear how hard this must be for you.",
    "That's a very good question.",
    "I will take care of it by Friday at noon.",
    "How did that make you feel?",
    "Let's try another way then.",
)
# Says nothing: what any text in that place does to a score.
CONTROL = "And here we are on the phone, the two of us."
_OF_EACH = {"stc3": 24, "annomi": 8, "primock57": 4}
_Known = Sequence[tuple[Conversation, str, ScoreCard]]


def gaming(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """One result a phrase: points of the overall that it adds, with the interval over dialogues, and the bad levels
    (criterion × dialogue) that are no longer bad, of those there were."""
    drawn = [(call, RUBRIC_OF[name]) for name, calls in sample(folder, _OF_EACH).items() for call in calls]
    known = [(call, rubric, card) for call, rubric in drawn if (card := kit.try_score(call, rubric))]
    return [_with_phrase(phrase, known, kit) for phrase in (*PHRASES, CONTROL)]


def before_every_turn(call: Conversation, phrase: str) -> Conversation:
    """The conversation with a phrase before what the rep says in each turn that is no backchannel."""
    turns = tuple(
        replace(turn, text=f"{phrase} {turn.text}", words=())
        if turn.speaker == "rep" and not turn.is_backchannel
        else turn
        for turn in dialogue_of(call).turns
    )
    return Conversation(f"{call.call_id}, {phrase}", turns, call.duration_s, call.is_timed)


def _with_phrase(phrase: str, known: _Known, kit: EvaluationKit) -> TaskResult:
    added, deleted, groups, errors = list[float](), list[bool](), list[str](), 0
    for call, rubric, before in known:
        after = kit.try_score(before_every_turn(call, phrase), rubric)
        if after is None:
            errors += 1
            continue
        if before.overall is not None and after.overall is not None:
            added.append(after.overall - before.overall)
        levels = {score.criterion_id: score.level for score in after.scores}
        bad = [levels[score.criterion_id] != "poor" for score in before.scores if score.level == "poor"]
        deleted += bad
        groups += [call.call_id] * len(bad)
    figures = {"points added": share(added)} | (
        {"bad levels deleted": share(deleted, groups=groups)} if deleted else {}
    )
    return TaskResult(
        "gaming",
        f"“{phrase}”" + (" (control)" if phrase == CONTROL else ""),
        len(added),
        figures={**figures, "of bad levels": float(len(deleted))},
        baselines={"chance": 0.0},
        reach_for="control" if phrase == CONTROL else "≤ 3 points",
        note=f"{errors} dialogues end in an error" if errors else "",
    )
