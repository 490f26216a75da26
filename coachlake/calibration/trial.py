"""A rubric tried on calls that are already in the lake: what would change, before it goes live."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from coachlake.lake.stored_calls import StoredCall, StoredScore
from coachlake.rubrics.schema import Rubric
from coachlake.scoring.evidence import ScoreCard
from coachlake.scoring.scorer import build_scorer
from coachlake.signals.kit import SignalKit

_NOTHING = StoredScore(None, None, None)


@dataclass(frozen=True, slots=True)
class Change:
    """One criterion of one call, in the lake now and under the rubric on trial. Score None: not applicable."""

    call_id: str
    criterion_id: str
    before: StoredScore
    after: StoredScore

    @property
    def is_change(self) -> bool:
        """Whether the level differs, or the score by a point or more."""
        if self.before.score is None or self.after.score is None:
            return self.before.score is not self.after.score
        return self.before.level != self.after.level or abs(self.after.score - self.before.score) >= 1


@dataclass(frozen=True, slots=True)
class Effect:
    """A criterion over all calls tried. Means 0–100 over the calls that have the score, None where none has."""

    criterion_id: str
    calls: int
    changed: int
    level_up: int
    level_down: int
    mean_before: float | None
    mean_after: float | None


def try_rubric(rubric: Rubric, kit: SignalKit, calls: Sequence[StoredCall]) -> list[Change]:
    """Every criterion of every call, in order, criteria the rubric no longer has last. Writes nothing.

    The calls' turns and signals are used as they are stored; only judging is done anew.
    """
    scorer = build_scorer(rubric, kit)
    return [change for call in calls for change in _changes(call, scorer.score(call.dialogue, call.signals))]


def effects(changes: Sequence[Change]) -> list[Effect]:
    """One line a criterion."""
    by_criterion: dict[str, list[Change]] = {}
    for change in changes:
        by_criterion.setdefault(change.criterion_id, []).append(change)
    return [_effect(criterion, listed) for criterion, listed in by_criterion.items()]


def _changes(call: StoredCall, card: ScoreCard) -> list[Change]:
    quotes: dict[str, str] = {}
    for item in card.evidence:
        quotes.setdefault(item.criterion_id, item.quote)
    after = {s.criterion_id: StoredScore(s.score, s.level, quotes.get(s.criterion_id)) for s in card.scores}
    return [
        Change(call.call_id, criterion, call.scores.get(criterion, _NOTHING), after.get(criterion, _NOTHING))
        for criterion in {**after, **call.scores}
    ]


def _effect(criterion_id: str, changes: list[Change]) -> Effect:
    order = ["poor", "average", "good"]
    moves = [
        order.index(change.after.level) - order.index(change.before.level)
        for change in changes
        if change.before.level and change.after.level
    ]
    return Effect(
        criterion_id,
        calls=len(changes),
        changed=sum(change.is_change for change in changes),
        level_up=sum(move > 0 for move in moves),
        level_down=sum(move < 0 for move in moves),
        mean_before=_mean([change.before.score for change in changes]),
        mean_after=_mean([change.after.score for change in changes]),
    )


def _mean(scores: list[float | None]) -> float | None:
    known = [score for score in scores if score is not None]
    return fmean(known) if known else None
