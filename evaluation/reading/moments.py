"""Moments that the product finds in the written conversations, drawn for a reader."""

from collections import defaultdict
from collections.abc import Mapping
from random import Random

from coachlake.conversations.conversation import Conversation
from coachlake.conversations.dialogue import Dialogue
from coachlake.rubrics.schema import Criterion
from coachlake.scoring.anchors import Judged
from coachlake.scoring.moment import moment_evidence
from evaluation.kit import EvaluationKit
from evaluation.reading.draw import Row, row_of

# Of one kind of opportunity and level no more than this: what is common would crowd out the rest.
_OF_EACH = 85


def draw(dialogues: Mapping[str, tuple[str, Conversation]], kit: EvaluationKit, seed: int) -> list[Row]:
    """At most `_OF_EACH` moments of a kind of opportunity and a level, in random order."""
    found: dict[tuple[str, str], list[tuple[str, Dialogue, Criterion, Judged]]] = defaultdict(list)
    for rubric, conversation in dialogues.values():
        dialogue, signals = kit.signals_of(conversation)
        for criterion, moment in kit.scorer(rubric).moments(dialogue, signals):
            found[str(criterion.opportunity), moment.level or ""].append((rubric, dialogue, criterion, moment))
    random = Random(seed)
    drawn = [one for of_kind in found.values() for one in random.sample(of_kind, min(_OF_EACH, len(of_kind)))]
    random.shuffle(drawn)
    return [_row(number, *one) for number, one in enumerate(drawn, 1)]


def _row(number: int, rubric: str, dialogue: Dialogue, criterion: Criterion, moment: Judged) -> Row:
    shown = moment_evidence(
        criterion, moment.level or "poor", moment.sentence, moment.opportunity.cue, "", moment.confidence
    )
    return row_of(number, "written", rubric, dialogue, shown, criterion)
