"""A criterion's anchors as a judge: fitted when the rubric loads, from what the team wrote and nothing else."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from coachlake.conversations.sentences import Sentence
from coachlake.language.head import fit_head
from coachlake.language.types import HARD_NEGATIVE_WEIGHT, Example, Judge, Utterance
from coachlake.rubrics.schema import Criterion, Level
from coachlake.scoring.concepts import ActFeatures
from coachlake.scoring.opportunities import Opportunity
from coachlake.scoring.requirements import Requirements
from coachlake.signals.examples.load import load_examples
from coachlake.signals.kit import SignalKit

POINTS: dict[Level, float] = {"good": 100.0, "average": 50.0, "poor": 0.0}
# Over three levels chance is .33. Below .40 the best level is hardly likelier than the next: say nothing.
ABSTAIN_BELOW = 0.40
_UNRELATED = "unrelated"
_SHARPNESS = 2.0
# A sentence is about the behaviour unless it is this likely not to be: lower, a head misses the team's own examples
# when each is left out in turn; higher, it takes ordinary sentences for the behaviour.
_UNRELATED_FROM = 0.57
# An ordinary sentence is taken out of the background where it is less likely than this to belong there.
_SURELY_BEHAVIOUR_BELOW = 0.5
_FOLDS = 5
# What reps ordinarily say at such a moment without the behaviour. A team writes a handful of anchors; these widen
# what counts as "straight to process", at a quarter of the weight, and never say what is good: that is the team's.
_ORDINARY: dict[str, tuple[tuple[str, str, Level], ...]] = {
    "customer_trouble": (
        ("acknowledgement", "none", "poor"),
        ("solution", "solution", "poor"),
        ("acknowledgement", "generic", "average"),
    ),
    "customer_concern": (("solution", "solution", "poor"),),
    "customer_heated": (("tension", "tense", "poor"), ("tension", "composed", "average")),
}
_ORDINARY_WEIGHT = 0.25
# What a rep says that is neither here nor there; a whole call is mostly made of it.
_BACKGROUND = (
    ("solution", "other"),
    ("tension", "composed"),
    ("acknowledgement", "none"),
    ("paraphrase", "other"),
    ("hedge", "undermining"),
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged opportunity. `points` is 0–100, between levels where the judge is unsure; level None: it abstains.
    `runner_up` is the sentence that would have decided next. `is_absence`: nothing in the call shows the behaviour, and
    the sentence is only its place."""

    opportunity: Opportunity
    sentence: Sentence
    level: Level | None
    points: float
    confidence: float
    nearest_example: str | None
    runner_up: Sentence | None = None
    is_absence: bool = False


class AnchorJudge:
    """Judges a criterion's opportunities against its anchors."""

    def __init__(self, criterion: Criterion, kit: SignalKit) -> None:
        self._criterion, self._encoder = criterion, kit.encoder
        self._is_search = criterion.opportunity == "whole_call"
        examples = _examples(criterion)
        known = {example.response for example in examples}
        concepts = ActFeatures(kit.acts)
        around = _ordinary(criterion, known)
        if self._is_search:
            around = _without_the_behaviour(_background(known), examples, kit, concepts)
        self._head: Judge = fit_head([*examples, *around], kit.encoder, features=concepts)
        self.fingerprint = self._head.fingerprint
        self._asks_for = Requirements(criterion, kit.acts)
        self._texts = {level: criterion.anchors.of(level).examples for level in POINTS}
        self._vectors = {level: kit.encoder.encode(texts) for level, texts in self._texts.items()}

    def judge(self, opportunity: Opportunity) -> Judged:
        """One opportunity (at least one sentence). A level settled by a signal stands; its sentence is still found."""
        cue = opportunity.cue.text if opportunity.cue else None
        sentences = opportunity.sentences
        moments = [Utterance(sentence.text, cue) for sentence in sentences]
        verdicts = self._head.judge(moments)
        chances = np.array([[v.probabilities.get(level, 0.0) for level in POINTS] for v in verdicts])
        if opportunity.settled:
            return self._settled(opportunity, chances)
        unrelated = np.array([verdict.probabilities.get(_UNRELATED, 0.0) for verdict in verdicts])
        if self._is_search:
            chances, does_it = self._asks_for.applied(moments, chances)
            unrelated = np.where(does_it, unrelated, 1.0)
        meant = np.flatnonzero(unrelated < _UNRELATED_FROM)
        if not meant.size and self._is_search:
            return self._absent(opportunity, float(1 - chances[:, :2].sum(axis=1).max()))
        if not meant.size:
            return Judged(opportunity, sentences[0], None, 0.0, 0.0, None)
        deciding = int(meant[self._deciding(chances[meant])])
        found = self._judged(opportunity, deciding, chances[deciding])
        others = meant[meant != deciding]
        if not others.size or found.sentence is not sentences[deciding]:
            return found
        return replace(found, runner_up=sentences[int(others[self._deciding(chances[others])])])

    def _deciding(self, chances: NDArray[np.float64]) -> int:
        points = chances @ np.array(list(POINTS.values()))
        if self._criterion.counts == "worst":
            # Per sentence: how far below average it falls, so that a neutral sentence does not decide.
            return int((chances[:, 2] - chances[:, 0]).argmax())
        return int(points.argmax())

    def _judged(self, opportunity: Opportunity, deciding: int, row: NDArray[np.float64]) -> Judged:
        row = row / max(float(row.sum()), 1e-9)
        levels: tuple[Level, ...] = tuple(POINTS)
        level, confidence = levels[int(row.argmax())], float(row.max())
        # Where nothing good was said, the answer's first sentence shows what was said instead.
        is_first = level == "poor" and self._criterion.counts == "best" and not self._is_search
        sentence = opportunity.sentences[0 if is_first else deciding]
        points = _points(row)
        nearest = self._nearest(sentence.text, level)
        return Judged(
            opportunity, sentence, level if confidence >= ABSTAIN_BELOW else None, points, confidence, nearest
        )

    def _settled(self, opportunity: Opportunity, chances: NDArray[np.float64]) -> Judged:
        level = opportunity.settled or "poor"
        sentence = opportunity.sentences[int(chances[:, list(POINTS).index(level)].argmax())]
        return Judged(opportunity, sentence, level, POINTS[level], 0.7, self._nearest(sentence.text, level))

    def _absent(self, opportunity: Opportunity, confidence: float) -> Judged:
        """Nothing in the call shows the behaviour: poor, with the rep's last sentence of substance as its place."""
        last = max(opportunity.sentences, key=lambda s: (len(s.text.split()) >= 4, s.start_s))
        confidence = max(ABSTAIN_BELOW, min(1.0, confidence))
        return Judged(opportunity, last, "poor", 0.0, confidence, None, is_absence=True)

    def _nearest(self, text: str, level: Level) -> str:
        closeness = self._vectors[level] @ self._encoder.encode([text])[0]
        return self._texts[level][int(closeness.argmax())]


def _points(row: NDArray[np.float64]) -> float:
    """The chances of good, average and poor as 0–100. A judge fitted on a handful of examples doubts itself more than
    its best guess deserves, so its mean would pull every score to the middle; squared, what it holds likeliest leads.
    """
    surer = row**_SHARPNESS / (row**_SHARPNESS).sum()
    return float(surer @ np.array(list(POINTS.values())))


def _examples(criterion: Criterion) -> list[Example]:
    found = []
    for level in POINTS:
        anchor = criterion.anchors.of(level)
        found += [Example(text, level) for text in anchor.examples]
        found += [
            Example(
                negative.says,
                _UNRELATED if negative.is_really == "none" else negative.is_really,
                weight=HARD_NEGATIVE_WEIGHT,
            )
            for negative in anchor.hard_negatives
        ]
    return found


def _ordinary(criterion: Criterion, known: set[str]) -> list[Example]:
    kinds = _ORDINARY.get(str(criterion.opportunity), ())
    return [
        Example(example.response, level, weight=_ORDINARY_WEIGHT)
        for name, label, level in kinds
        for example in load_examples(name)
        if example.label == label and example.response not in known
    ]


def _without_the_behaviour(
    background: list[Example], examples: list[Example], kit: SignalKit, concepts: ActFeatures
) -> list[Example]:
    """The background less what reads as the behaviour to a head that has not seen it.

    A team may score something that reps ordinarily do ("your refund arrives by Friday"): there it is no background.
    """
    kept = []
    for fold in range(_FOLDS):
        held_out = background[fold::_FOLDS]
        others = [example for i, example in enumerate(background) if i % _FOLDS != fold]
        head = fit_head([*examples, *others], kit.encoder, features=concepts)
        verdicts = head.judge([Utterance(example.response) for example in held_out])
        pairs = zip(held_out, verdicts, strict=True)
        kept += [example for example, verdict in pairs if verdict.probabilities[_UNRELATED] >= _SURELY_BEHAVIOUR_BELOW]
    return kept


def _background(known: set[str]) -> list[Example]:
    texts = [e.response for name, label in _BACKGROUND for e in load_examples(name) if e.label == label]
    return [Example(text, _UNRELATED) for text in texts if text not in known]
