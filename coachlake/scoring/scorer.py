"""A rubric as a scorer."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import fmean
from typing import Protocol

from coachlake.conversations.dialogue import Dialogue
from coachlake.language.head import fit_head
from coachlake.language.kept_vectors import kept_vectors
from coachlake.language.types import HARD_NEGATIVE_WEIGHT, Encoder, Example, Judge, Utterance
from coachlake.rubrics.schema import Criterion, CustomOpportunity, Rubric
from coachlake.scoring.anchors import AnchorJudge, Judged
from coachlake.scoring.evidence import Evidence, Score, ScoreCard
from coachlake.scoring.moment import moment_evidence
from coachlake.scoring.opportunities import FINDERS, Opportunity, answers_to, is_room_for
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
        "models", "privacy", "rubrics/schema.py", "scoring", "signals", "sources.py", "yaml_files.py",
    ),
    without=(
        "conversations/transcripts",
        "privacy/names.py",  # part of what a transcript depends on
        "signals/live.py",  # practice, turn by turn
        "signals/probing.py", "signals/warmth.py",  # measured by `coachlake eval`, in no score
    ),
)  # fmt: skip
# Moments kept as evidence per call and criterion: more than anyone reads, fewer than a long call holds.
_SHOWN = 8
_CUSTOM_FROM = 0.6


class LevelMapping(Protocol):
    """Cut-points from a calibration (`coachlake.calibration.in_force.Mapping`)."""

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


class Scorer:
    """Scores conversations under one rubric. Built once, used for every call."""

    def __init__(self, rubric: Rubric, kit: SignalKit, mappings: Mapping[str, LevelMapping] | None = None) -> None:
        self.rubric = rubric
        self._mappings = mappings or {}
        self._criteria = [self._mapped(criterion) for criterion in rubric.criteria]
        self._worded = {c.id: _WordedCriterion(c, kit) for c in self._criteria if c.is_judged}
        parts = [worded.fingerprint for worded in self._worded.values()]
        self.fingerprint = hashlib.sha256("-".join([kit.fingerprint, *parts]).encode()).hexdigest()[:12]

    def score(self, dialogue: Dialogue, signals: list[Signal]) -> ScoreCard:
        """Scores and evidence for each criterion, in the rubric's order; `overall` is None where none applied."""
        scores, evidence = [], []
        for criterion in self._criteria:
            if worded := self._worded.get(criterion.id):
                score, moments = worded.score(dialogue, signals)
            elif criterion.scale.by == "signal_share":
                score, moments = score_share(criterion, dialogue, signals)
            else:
                score, moments = score_timing(criterion, dialogue, signals)
            mapping = self._mappings.get(criterion.id)
            scores.append(replace(score, calibration_id=mapping.calibration_id) if mapping and score.level else score)
            evidence += moments
        return ScoreCard(
            rubric_id=self.rubric.id,
            rubric_version=self.rubric.version,
            rubric_sha256=self.rubric.sha256,
            model_fingerprint=self.fingerprint,
            overall=overall_score(self.rubric, scores),
            scores=tuple(scores),
            evidence=tuple(evidence),
        )

    def _mapped(self, criterion: Criterion) -> Criterion:
        mapping = self._mappings.get(criterion.id)
        if mapping is None:
            return criterion
        return criterion.model_copy(update={"average_from": mapping.average_from, "good_from": mapping.good_from})


def build_scorer(rubric: Rubric, kit: SignalKit, mappings: Mapping[str, LevelMapping] | None = None) -> Scorer:
    """A scorer from a rubric's anchors: under a second, no training data but the anchors themselves.

    `mappings`: criterion_id → cut-points that calibration puts in place of the rubric's own. Scores stay as they
    are; levels follow, and each such score names its calibration.
    """
    with kept_vectors(kit.encoder):
        return Scorer(rubric, kit, mappings)


def overall_score(rubric: Rubric, scores: Sequence[Score]) -> float | None:
    """The mean of the scores that applied, by the rubric's weights; None where none did."""
    weights = {criterion.id: criterion.weight for criterion in rubric.criteria}
    applied = [(score.score, weights[score.criterion_id]) for score in scores if score.score is not None]
    total = sum(weight for _, weight in applied)
    return sum(score * weight for score, weight in applied) / total if total else None


class _WordedCriterion:
    """One criterion that is judged by what was said."""

    def __init__(self, criterion: Criterion, kit: SignalKit) -> None:
        self._criterion = criterion
        self._judge = AnchorJudge(criterion, kit)
        custom = criterion.opportunity
        self._custom = _custom_head(custom, kit.encoder) if isinstance(custom, CustomOpportunity) else None
        self.fingerprint = self._judge.fingerprint + (self._custom.fingerprint if self._custom else "")

    def score(self, dialogue: Dialogue, signals: list[Signal]) -> tuple[Score, list[Evidence]]:
        opportunities = self._opportunities(dialogue, signals)
        judged = [self._judge.judge(opportunity) for opportunity in opportunities]
        sure = [moment for moment in judged if moment.level is not None]
        if not sure:
            reason = "low_confidence" if judged else "no_opportunity"
            return Score(self._criterion.id, None, None, 0.0, len(judged), reason), []
        if self._criterion.scale.by == "poor_share" and not is_room_for(str(self._criterion.opportunity), len(sure)):
            return Score(self._criterion.id, None, None, 0.0, len(judged), "no_opportunity"), []
        value = self._value(sure)
        level = self._criterion.level_of(value)
        confidence = fmean(moment.confidence for moment in sure)
        shown = sorted(sure, key=lambda moment: (moment.level != level, -moment.confidence))[:_SHOWN]
        evidence = [_evidence(self._criterion, moment) for moment in shown]
        return Score(self._criterion.id, value, level, confidence, len(judged)), evidence

    def _opportunities(self, dialogue: Dialogue, signals: list[Signal]) -> list[Opportunity]:
        if self._custom is None:
            return FINDERS[str(self._criterion.opportunity)](dialogue, signals)
        turns = [turn for turn in dialogue.by("customer") if not turn.is_backchannel]
        verdicts = self._custom.judge([Utterance(turn.text) for turn in turns])
        meant = {t.turn_index for t, v in zip(turns, verdicts, strict=True) if v.probabilities["cue"] >= _CUSTOM_FROM}
        return answers_to(dialogue, meant)

    def _value(self, sure: list[Judged]) -> float:
        scale = self._criterion.scale
        poor = sum(moment.level == "poor" for moment in sure)
        if scale.by == "poor_count":
            return self._criterion.score_of(poor)
        if scale.by == "poor_share":
            return self._criterion.score_of(poor / len(sure))
        return fmean(moment.points for moment in sure)


def _custom_head(custom: CustomOpportunity, encoder: Encoder) -> Judge:
    """Tells the team's own opportunity from everything else customers say."""
    ordinary = [e.response for name in ("empathy_cue", "rejection") for e in load_examples(name) if e.label != "cue"]
    examples = [
        *(Example(text, "cue") for text in custom.customer_says),
        *(Example(text, "other", weight=HARD_NEGATIVE_WEIGHT) for text in custom.but_not),
        *(Example(text, "other") for text in ordinary),
    ]
    return fit_head(examples, encoder)


def _evidence(criterion: Criterion, moment: Judged) -> Evidence:
    level = moment.level or "poor"
    why = criterion.anchors.of(level).description
    if moment.nearest_example:
        why += f' Closest anchor example: "{moment.nearest_example}"'
    return moment_evidence(criterion, level, moment.sentence, moment.opportunity.cue, why, moment.confidence)
