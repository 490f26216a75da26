"""Moments that the product finds in the written conversations, drawn for a reader."""

from collections import defaultdict
from collections.abc import Mapping
from random import Random

from coachlake.conversations.conversation import Conversation
from coachlake.conversations.dialogue import Dialogue
from coachlake.rubrics.schema import Criterion
from coachlake.scoring.anchors import Judged
from evaluation.kit import EvaluationKit
from evaluation.reading.draw import Row, around

# Of one kind of opportunity and level no more than this: what is common would crowd out the rest.
_OF_EACH = 85


def draw(dialogues: Mapping[str, tuple[str, Conversation]], kit: EvaluationKit, seed: int) -> list[Row]:
    """At most `_OF_EACH` moments of a kind of opportunity and a level, in random order."""
    found: dict[tuple[str, str], list[tuple[str, str, Dialogue, Criterion, Judged]]] = defaultdict(list)
    for name, (rubric, conversation) in dialogues.items():
        dialogue, signals = kit.signals_of(conversation)
        for criterion, moment in kit.scorer(rubric).moments(dialogue, signals):
            found[str(criterion.opportunity), moment.level or ""].append((name, rubric, dialogue, criterion, moment))
    random = Random(seed)
    drawn = [one for of_kind in found.values() for one in random.sample(of_kind, min(_OF_EACH, len(of_kind)))]
    random.shuffle(drawn)
    return [_row(number, *one) for number, one in enumerate(drawn, 1)]


def _row(number: int, name: str, rubric: str, dialogue: Dialogue, criterion: Criterion, moment: Judged) -> Row:
    level = moment.level or "poor"
    return Row(
        number=number,
        criterion=criterion.name,
        observes=criterion.observes,
        level=level,
        means=criterion.anchors.of(level).description,
        cue=moment.opportunity.cue.text if moment.opportunity.cue else "",
        quote=moment.sentence.text,
        around=around(dialogue, moment.sentence.turn_index),
        data="written",
        call_id=name,
        rubric_id=rubric,
        criterion_id=criterion.id,
        confidence=moment.confidence,
    )
