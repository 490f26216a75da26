"""How much of what a rep says is of one kind: the share of sentences that carry a signal."""

from collections.abc import Collection, Sequence

from coachlake.conversations.dialogue import Dialogue
from coachlake.rubrics.schema import Criterion, Level
from coachlake.scoring.evidence import Evidence, Score, Struck
from coachlake.scoring.moment import moment_evidence
from coachlake.scoring.opportunities import FINDERS, Opportunity, is_room_for
from coachlake.signals.signal import Signal

_SHOWN = 8
# signal of a criterion → its kind, and its label where the kind has several
_KINDS: dict[str, tuple[str, str | None]] = {
    "paraphrase": ("paraphrase", None),
    "open_question": ("question", "open"),
    "closed_question": ("question", "closed"),
    "hedge": ("hedge", None),
    "solution": ("solution", None),
}


def score_share(
    criterion: Criterion, dialogue: Dialogue, signals: Sequence[Signal], struck: Collection[Struck] = ()
) -> tuple[Score, list[Evidence]]:
    """The share of the criterion's sentences, without the struck ones, that carry its signal, on its scale; NULL where
    there is no sentence, or too few to tell by that an unwanted signal is rare.

    Evidence: the sentences that carry it, surest first. Where a wanted signal is missing throughout, the rep's answer
    to the longest thing the customer said.
    """
    found = FINDERS[str(criterion.opportunity)](dialogue, signals)
    moments = [moment for moment in found if (criterion.id, *_key(moment)) not in struck]
    is_wanted = criterion.scale.best > (criterion.scale.worst or 0.0)
    if not moments or not (is_wanted or is_room_for(str(criterion.opportunity), len(moments))):
        return Score(criterion.id, None, None, 0.0, 0, "no_opportunity"), []
    carried = _carried(criterion, signals)
    carriers = [moment for moment in moments if _key(moment) in carried]
    share = len(carriers) / len(moments)
    score = criterion.score_of(share)
    why = f"{len(carriers)} of {len(moments)} sentences ({share:.0%}) are of this kind: {criterion.observes}"
    shown = sorted(carriers, key=lambda moment: -carried[_key(moment)])[:_SHOWN]
    level: Level = "good" if is_wanted else "poor"
    evidence = [moment_evidence(criterion, level, m.sentences[0], m.cue, why, carried[_key(m)]) for m in shown]
    if not shown and is_wanted:
        missed = max(moments, key=lambda moment: moment.cue.word_count if moment.cue else 0)
        evidence = [moment_evidence(criterion, "poor", missed.sentences[0], missed.cue, why, 0.5)]
    # As for any share: its half-width shrinks with root n.
    confidence = round(1 - 0.5 / len(moments) ** 0.5, 3)
    return Score(criterion.id, score, criterion.level_of(score), confidence, len(moments)), evidence


def _carried(criterion: Criterion, signals: Sequence[Signal]) -> dict[tuple[int, str], float]:
    """(turn_index, quote) → confidence."""
    kind, label = _KINDS[str(criterion.scale.signal)]
    return {
        (signal.turn_index, signal.quote): signal.confidence
        for signal in signals
        if signal.kind == kind and label in (None, signal.label) and signal.quote and signal.turn_index is not None
    }


def _key(moment: Opportunity) -> tuple[int, str]:
    sentence = moment.sentences[0]
    return sentence.turn_index, sentence.text
