"""Do levels stay when only the form of the text changes? On real dialogues, whose words stay the same."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from coachlake.conversations.conversation import Conversation
from coachlake.scoring.evidence import ScoreCard
from evaluation.dialogues import RUBRIC_OF, sample
from evaluation.forms import CONTROL, FORMS, Change, in_form
from evaluation.kit import EvaluationKit
from evaluation.measure import share
from evaluation.result import Interval, TaskResult

_AIMS = {"fillers": "≤ .05", "Indian English": "≤ .05", CONTROL[0]: "control"}
_Known = Sequence[tuple[Conversation, str, ScoreCard]]


def flips(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """One result a form: of the levels (criterion × dialogue) given to the text as it is, the share that is another, or
    none, in that form.

    Chance is what would change if levels were drawn from the criterion's own shares each time.
    """
    drawn = [(call, RUBRIC_OF[name]) for name, calls in sample(folder).items() for call in calls]
    known = [(call, rubric, card) for call, rubric in drawn if (card := kit.try_score(call, rubric))]
    chance, failed = _by_chance([card for _, _, card in known]), len(drawn) - len(known)
    note = f"{len(known)} dialogues of stc3, annomi, primock57" + (f"; {failed} more end in an error" if failed else "")
    return [_in_form(name, change, known, kit, chance, note) for name, change in (*FORMS.items(), CONTROL)]


def _in_form(name: str, change: Change, known: _Known, kit: EvaluationKit, chance: float, note: str) -> TaskResult:
    flipped, groups, moved, touched = list[bool](), list[str](), list[float](), list[bool]()
    by_criterion: dict[str, list[bool]] = {}
    errors = 0
    for call, rubric, before in known:
        changed = in_form(call, name, change)
        after = kit.try_score(changed, rubric)
        if after is None:
            errors += 1
            continue
        levels = {score.criterion_id: score.level for score in after.scores}
        touched += [turn.text != other.text for turn, other in zip(call.turns, changed.turns, strict=True)]
        for score in before.scores:
            if score.level:
                flipped.append(score.level != levels[score.criterion_id])
                groups.append(call.call_id)
                by_criterion.setdefault(score.criterion_id, []).append(flipped[-1])
        if before.overall is not None and after.overall is not None:
            moved.append(abs(after.overall - before.overall))
    figures: dict[str, float | Interval] = {"levels that change": share(flipped, groups=groups)}
    if moved:
        figures["points the overall moves"] = share(moved)
    figures["turns whose text changes"] = sum(touched) / max(1, len(touched))
    figures |= {f"{one} (n = {len(found)})": sum(found) / len(found) for one, found in by_criterion.items()}
    return TaskResult(
        "flips",
        name,
        len(flipped),
        figures=figures,
        baselines={"chance": chance},
        reach_for=_AIMS.get(name, "≤ .10"),
        note=note + (f"; {errors} end in an error in this form only" if errors else ""),
    )


def _by_chance(cards: Sequence[ScoreCard]) -> float:
    given: dict[str, Counter[str]] = {}
    for card in cards:
        for score in card.scores:
            if score.level:
                given.setdefault(f"{card.rubric_id} {score.criterion_id}", Counter())[score.level] += 1
    pairs = [(levels.total(), 1 - sum((n / levels.total()) ** 2 for n in levels.values())) for levels in given.values()]
    return sum(n * differ for n, differ in pairs) / max(1, sum(n for n, _ in pairs))
