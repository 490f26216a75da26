"""A rubric as a scorer."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import fmean
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from coachlake.conversations.dialogue import Dialogue
from coachlake.language.acts.model import Acts
from coachlake.language.head import fit_head
from coachlake.language.kept_vectors import kept_vectors
from coachlake.language.types import HARD_NEGATIVE_WEIGHT, Encoder, Example, Judge, Utterance
from coachlake.rubrics.schema import Criterion, CustomOpportunity, Rubric
from coachlake.scoring.anchors import POINTS, AnchorJudge, Judged
from coachlake.scoring.defended import Defended
from coachlake.scoring.evidence import Evidence, Score, ScoreCard, Struck
from coachlake.scoring.features import VERSION as FEATURES_VERSION
from coachlake.scoring.features import Decided, score_features
from coachlake.scoring.moment import moment_evidence
from coachlake.scoring.opportunities import FINDERS, Opportunity, answers_to, is_room_for
from coachlake.scoring.ranking import Ranking
from coachlake.scoring.reasons import reason
from coachlake.scoring.shares import score_share
from coachlake.scoring.timing import score_timing
from coachlake.signals.examples.load import load_examples
from coachlake.signals.kit import SignalKit
from coachlake.signals.signal import Signal
from coachlake.sources import Sources

# What a call's rows rest on, from its transcript to its signals, scores and evidence.
DEPENDS_ON = Sources(
    parts=(
        "admission", "conversations", "files.py", "lake/gate.py", "lake/rows.py", "lake/tables.py", "language",
        "models", "privacy", "rubrics/schema.py", "scoring", "signals", "sources.py", "timings.py",
        "yaml_files.py",
    ),
    without=(
        "conversations/transcripts",
        "models/fingerprint.py",  # a hash beside this one
        "models/hub", "models/upkeep",  # the recogniser's and diarizer's
        "privacy/names.py",  # part of what a transcript depends on
        "signals/live.py",  # practice, turn by turn
        "signals/probing.py", "signals/warmth.py",  # measured by `coachlake eval`, in no score
    ),
)  # fmt: skip
# Moments kept as evidence per call and criterion: more than anyone reads, fewer than a long call holds.
_SHOWN = 8
_CUSTOM_FROM = 0.6


class LevelMapping(Protocol):
    """Cut-points, and maybe a ranking, from a calibration (`coachlake.calibration.in_force.Mapping`)."""

    @property
    def calibration_id(self) -> str:
        """The calibration they come from."""
        ...

    @property
    def average_from(self) -> float:
        """Scores from here on are average."""
        ...

    @property
    def good_from(self) -> float:
        """Scores from here on are good."""
        ...

    @property
    def ranking(self) -> Ranking | None:
        """What gives the score, None where it stays the anchors' own."""
        ...


class Scorer:
    """Scores conversations under one rubric. Built once, used for every call."""

    def __init__(self, rubric: Rubric, kit: SignalKit, mappings: Mapping[str, LevelMapping] | None = None) -> None:
        self.rubric, self._kit, self._mappings = rubric, kit, dict(mappings or {})
        self._criteria = [self._mapped(criterion) for criterion in rubric.criteria]
        self._worded = {c.id: _WordedCriterion(c, kit) for c in self._criteria if c.is_judged}
        parts = [worded.fingerprint for worded in self._worded.values()]
        self.fingerprint = hashlib.sha256("-".join([kit.fingerprint, *parts]).encode()).hexdigest()[:12]
        self.judged_by = f"{self.fingerprint}-{_judging_sha256(rubric)}-{FEATURES_VERSION}"
        self._mappings = {name: one for name, one in self._mappings.items() if self._fits(one)}

    def score(self, dialogue: Dialogue, signals: list[Signal], struck: Collection[Struck] = ()) -> ScoreCard:
        """Scores and evidence for each criterion, in the rubric's order; `overall` is None where none applied.

        A struck moment does not count: the score is what it is without that opportunity. A share of talk time rests
        on the whole call and has no moment to strike.
        """
        found = self._judged(dialogue, signals, frozenset(struck))
        ranked = any(mapping.ranking for mapping in self._mappings.values())
        features = self._features(dialogue, found) if ranked else {}
        scores, evidence = [], []
        for one in found:
            score = self._calibrated(one.score, features.get(one.score.criterion_id))
            scores.append(score)
            # What shows the level comes first, whoever gave it.
            evidence += sorted(one.evidence, key=lambda moment: moment.level != score.level)
        return ScoreCard(
            rubric_id=self.rubric.id,
            rubric_version=self.rubric.version,
            rubric_sha256=self.rubric.sha256,
            model_fingerprint=self.fingerprint,
            overall=overall_score(self.rubric, scores),
            scores=tuple(scores),
            evidence=tuple(evidence),
        )

    def features(self, dialogue: Dialogue, signals: list[Signal]) -> dict[str, NDArray[np.float64]]:
        """criterion_id → what its score rests on (`score_features`), whatever is calibrated; of those that apply."""
        return self._features(dialogue, self._judged(dialogue, signals, frozenset()))

    def moments(self, dialogue: Dialogue, signals: list[Signal]) -> list[tuple[Criterion, Judged]]:
        """Every moment that its criterion's anchors give a level, whether or not a reader would likely defend it."""
        return [
            (worded.criterion, moment)
            for worded in self._worded.values()
            for moment in worded.moments(dialogue, signals)
        ]

    def _judged(self, dialogue: Dialogue, signals: list[Signal], struck: frozenset[Struck]) -> list["_Found"]:
        found = []
        for criterion in self._criteria:
            if worded := self._worded.get(criterion.id):
                found.append(worded.score(dialogue, signals, struck))
            elif criterion.scale.by == "signal_share":
                found.append(_Found(*score_share(criterion, dialogue, signals, struck)))
            else:
                found.append(_Found(*score_timing(criterion, dialogue, signals, struck)))
        return found

    def _features(self, dialogue: Dialogue, found: Sequence["_Found"]) -> dict[str, NDArray[np.float64]]:
        said = [
            acts for exchange in dialogue.exchanges for acts in self._kit.answers(exchange, exchange.response_sentences)
        ]
        scores = [one.score for one in found]
        return {
            one.score.criterion_id: score_features(one.score, one.decided, said, scores)
            for one in found
            if said and one.score.score is not None
        }

    def _mapped(self, criterion: Criterion) -> Criterion:
        mapping = self._mappings.get(criterion.id)
        if mapping is None or mapping.ranking is not None:
            return criterion
        return _with_cut_points(criterion, mapping)

    def _calibrated(self, score: Score, features: NDArray[np.float64] | None) -> Score:
        mapping = self._mappings.get(score.criterion_id)
        if mapping is None or score.score is None:
            return score
        if mapping.ranking is None:
            return replace(score, calibration_id=mapping.calibration_id)
        if features is None:
            return score
        points = mapping.ranking.points(features)
        level = _with_cut_points(self.rubric.criterion(score.criterion_id), mapping).level_of(points)
        return replace(score, score=points, level=level, calibration_id=mapping.calibration_id)

    def _fits(self, mapping: LevelMapping) -> bool:
        """A ranking and its cut-points mean nothing on another judge's features."""
        return mapping.ranking is None or mapping.ranking.judged_by == self.judged_by


def build_scorer(rubric: Rubric, kit: SignalKit, mappings: Mapping[str, LevelMapping] | None = None) -> Scorer:
    """A scorer from a rubric's anchors: under a second, no training data but the anchors themselves.

    `mappings`: criterion_id → what calibration puts in place of the rubric's own: cut-points, by which levels follow
    while scores stay as they are, and where reviews taught one a ranking, which gives the score. Each such score
    names its calibration. A ranking that was fitted on another judge's scores is left out, its cut-points with it.
    """
    with kept_vectors(kit.encoder):
        return Scorer(rubric, kit, mappings)


def overall_score(rubric: Rubric, scores: Sequence[Score]) -> float | None:
    """The mean of the scores that applied, by the rubric's weights; None where none did."""
    weights = {criterion.id: criterion.weight for criterion in rubric.criteria}
    applied = [(score.score, weights[score.criterion_id]) for score in scores if score.score is not None]
    total = sum(weight for _, weight in applied)
    return sum(score * weight for score, weight in applied) / total if total else None


@dataclass(frozen=True, slots=True)
class _Found:
    """A criterion's score before any calibration, its evidence and what decided it."""

    score: Score
    evidence: list[Evidence]
    decided: Decided = field(default_factory=Decided)


def _with_cut_points(criterion: Criterion, mapping: LevelMapping) -> Criterion:
    return criterion.model_copy(update={"average_from": mapping.average_from, "good_from": mapping.good_from})


def _judging_sha256(rubric: Rubric) -> str:
    """Of all that scores depend on: weights, targets and cut-points are none of it."""
    return hashlib.sha256("-".join(criterion.sha256 for criterion in rubric.criteria).encode()).hexdigest()[:12]


class _WordedCriterion:
    """One criterion that is judged by what was said."""

    def __init__(self, criterion: Criterion, kit: SignalKit) -> None:
        self.criterion, self._acts = criterion, kit.acts
        self._judge, self._defended = AnchorJudge(criterion, kit), Defended(criterion, kit)
        custom = criterion.opportunity
        self._custom = _custom_head(custom, kit.encoder) if isinstance(custom, CustomOpportunity) else None
        parts = [self._judge.fingerprint, self._defended.fingerprint]
        self.fingerprint = "".join([*parts, *([self._custom.fingerprint] if self._custom else [])])

    def moments(self, dialogue: Dialogue, signals: list[Signal]) -> list[Judged]:
        return [one for one in self._all(dialogue, signals) if one.level is not None]

    def _all(self, dialogue: Dialogue, signals: list[Signal]) -> list[Judged]:
        return [self._judge.judge(opportunity) for opportunity in self._opportunities(dialogue, signals)]

    def score(self, dialogue: Dialogue, signals: list[Signal], struck: frozenset[Struck]) -> _Found:
        judged = [one for one in self._all(dialogue, signals) if self._moment(one) not in struck]
        sure = self._defensible(judged)
        if not self._is_enough(sure):
            reason = "low_confidence" if self._is_enough(judged) else "no_opportunity"
            return _Found(Score(self.criterion.id, None, None, 0.0, len(judged), reason), [])
        value = self._value(sure)
        level = self.criterion.level_of(value)
        confidence = fmean(moment.confidence for moment in sure)
        shown = sorted(sure, key=lambda moment: (moment.level != level, -moment.confidence))[:_SHOWN]
        evidence = [self._evidence(moment, _counts(sure)) for moment in shown]
        decided = Decided(tuple(moment.level or "poor" for moment in sure), tuple(self._acts_of(m) for m in sure))
        return _Found(Score(self.criterion.id, value, level, confidence, len(judged)), evidence, decided)

    def _is_enough(self, moments: Sequence[Judged]) -> bool:
        """Whether a score can rest on so many."""
        kind = str(self.criterion.opportunity)
        return bool(moments) and (self.criterion.scale.by != "poor_share" or is_room_for(kind, len(moments)))

    def _defensible(self, judged: Sequence[Judged]) -> list[Judged]:
        """Those with a level that a reader would likely defend, as sure as that is; what a signal has settled, and that
        a behaviour is nowhere in a call, do not rest on one sentence and stand as they are."""
        kept = []
        for one in judged:
            cue = one.opportunity.cue.text if one.opportunity.cue else None
            if one.level is None:
                continue
            if one.is_absence or one.opportunity.settled:
                kept.append(one)
                continue
            chance = self._defended.chance(one.level, one.sentence.text, cue, one.confidence)
            if chance >= self._defended.least:
                kept.append(replace(one, confidence=chance))
        return kept

    def _moment(self, one: Judged) -> Struck:
        return Struck(self.criterion.id, one.sentence.turn_index, one.sentence.text)

    def _opportunities(self, dialogue: Dialogue, signals: list[Signal]) -> list[Opportunity]:
        if self._custom is None:
            return FINDERS[str(self.criterion.opportunity)](dialogue, signals)
        turns = [turn for turn in dialogue.by("customer") if not turn.is_backchannel]
        verdicts = self._custom.judge([Utterance(turn.text) for turn in turns])
        meant = {t.turn_index for t, v in zip(turns, verdicts, strict=True) if v.probabilities["cue"] >= _CUSTOM_FROM}
        return answers_to(dialogue, meant)

    def _acts_of(self, moment: Judged) -> Acts:
        cue = moment.opportunity.cue
        (acts,) = self._acts.judge([Utterance(moment.sentence.text, cue.text if cue else None)])
        return acts

    def _value(self, sure: list[Judged]) -> float:
        scale = self.criterion.scale
        poor = sum(moment.level == "poor" for moment in sure)
        if scale.by == "poor_count":
            return self.criterion.score_of(poor)
        if scale.by == "poor_share":
            return self.criterion.score_of(poor / len(sure))
        return fmean(moment.points for moment in sure)

    def _evidence(self, moment: Judged, counts: str) -> Evidence:
        level, cue = moment.level or "poor", moment.opportunity.cue
        why = f"{reason(self._acts_of(moment))} {self.criterion.anchors.of(level).description}"
        if moment.nearest_example:
            why += f' Closest anchor example: "{moment.nearest_example}"'
        if moment.runner_up:
            why += f' Next in line: "{moment.runner_up.text}"'
        return moment_evidence(self.criterion, level, moment.sentence, cue, why + counts, moment.confidence)


def _counts(sure: Sequence[Judged]) -> str:
    """Of how many moments this is one, where the level is made of several kinds."""
    kinds = {level: sum(moment.level == level for moment in sure) for level in POINTS}
    named = [f"{n} {level}" for level, n in kinds.items() if n]
    return f" One of {len(sure)} moments: {', '.join(named)}." if len(named) > 1 else ""


def _custom_head(custom: CustomOpportunity, encoder: Encoder) -> Judge:
    """Tells the team's own opportunity from everything else customers say."""
    ordinary = [e.response for name in ("empathy_cue", "rejection") for e in load_examples(name) if e.label != "cue"]
    examples = [
        *(Example(text, "cue") for text in custom.customer_says),
        *(Example(text, "other", weight=HARD_NEGATIVE_WEIGHT) for text in custom.but_not),
        *(Example(text, "other") for text in ordinary),
    ]
    return fit_head(examples, encoder)
