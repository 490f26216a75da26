"""What a rubric may say. Field descriptions are what `coachlake rubric check` tells the author."""

import hashlib
import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Level = Literal["good", "average", "poor"]
LEVELS: tuple[Level, ...] = ("good", "average", "poor")
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,39}$")]

Opportunity = Literal[
    "customer_trouble",  # the customer voices trouble, emotion or a personal circumstance
    "customer_concern",  # the customer explains what they need, before a fix is offered
    "customer_heated",  # the customer is angry or escalating
    "customer_statement",  # every customer statement (timing only)
    "failed_attempt",  # the customer says that what the rep proposed did not work or is not wanted
    "rep_question",  # each question the rep asks in discovery
    "rep_answer",  # each rep sentence that gives an answer, an outcome or a commitment
    "rep_sentence",  # each sentence of the rep: for what they do how much of the time
    "talk_time",  # who speaks for how long (by the clock, or by words where there is none)
    "whole_call",  # once a call: is the behaviour shown anywhere?
]
ScoredBy = Literal["mean_level", "poor_count", "poor_share", "rep_share", "signal_share"]
# What a sentence of the rep can be counted as, found by the project's own definitions whatever the anchors say.
CountedSignal = Literal["paraphrase", "open_question", "closed_question", "hedge", "solution"]
# Signals with a target in a unit people know: the share of statements interrupted, hedges a call.
ToldSignal = Literal["interrupted_share", "hedges_per_call"]
# What is measured by who speaks when.
MEASURED_BY_TIME = ("customer_statement", "talk_time")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HardNegative(_Strict):
    """A sentence that sounds like an anchor but is not; `is_really` is the level it earns, or none at all."""

    says: Text
    is_really: Literal["good", "average", "poor", "none"] = Field(
        description="the level it earns: good, average, poor, or none where it is not about this behaviour at all"
    )


class Anchor(_Strict):
    """One level of a criterion: what is observed, and how it sounds."""

    description: Text = Field(description="what the rep observably does")
    examples: tuple[Text, ...] = Field(min_length=2, description="at least two sentences as a rep would say them")
    hard_negatives: tuple[HardNegative, ...] = Field(
        default=(), description="sentences that sound like this level but are not, with the level they earn"
    )


class Anchors(_Strict):
    """The three levels."""

    good: Anchor
    average: Anchor
    poor: Anchor

    def of(self, level: Level) -> Anchor:
        """The anchor of a level."""
        anchor: Anchor = getattr(self, level)
        return anchor


class CustomOpportunity(_Strict):
    """An opportunity of the team's own: the customer says something like `customer_says`, not like `but_not`."""

    customer_says: tuple[Text, ...] = Field(min_length=3, description="at least three things a customer would say")
    but_not: tuple[Text, ...] = Field(default=(), description="things on the same topic that are no opportunity")


class Scale(_Strict):
    """How judged moments become 0–100.

    mean_level: the mean of the moments (good 100, average 50, poor 0, weighted by how sure the judge is).
    poor_count / poor_share: how many, or which share, of the moments are poor: 100 at `best`, 0 at `worst`.
    rep_share: the rep's share of all talk, for `talk_time`.
    signal_share: the share of the moments that carry `signal`; wanted where `best` is greater than `worst`, unwanted
    where it is less. A poor_count may name the `signal` its moments are: its mean a call is then told beside the score.
    """

    by: ScoredBy = "mean_level"
    best: float = Field(default=0.0, ge=0, description="the count or share that earns 100")
    worst: float | None = Field(default=None, ge=0, description="the count or share that earns 0")
    signal: CountedSignal | None = Field(
        default=None, description="what is counted, for `by: signal_share`; what the poor moments are, for poor_count"
    )

    @model_validator(mode="after")
    def _has_range(self) -> "Scale":
        if (self.by == "signal_share") != (self.signal is not None) and not (
            self.by == "poor_count" and self.signal == "hedge"
        ):
            raise ValueError(
                "`by: signal_share` and `signal` belong together; `by: poor_count` may have `signal: hedge`"
            )
        if self.by == "signal_share":
            if self.worst is None or self.worst == self.best:
                raise ValueError("`by: signal_share` needs `worst`: the share that earns 0, other than `best`")
        elif self.by != "mean_level" and (self.worst is None or self.worst <= self.best):
            raise ValueError(f"`by: {self.by}` needs `worst`: the count or share that earns 0, greater than `best`")
        return self


class Criterion(_Strict):
    """One skill."""

    id: Identifier = Field(description="lower case with underscores, such as active_listening")
    name: Text = Field(description="how people read it")
    observes: Text = Field(description="one sentence: what behaviour is scored")
    opportunity: Opportunity | CustomOpportunity = Field(description="when the behaviour is called for")
    counts: Literal["best", "worst"] = Field(
        default="best", description="the best or the worst sentence of an answer decides"
    )
    scale: Scale = Scale()
    weight: float = Field(gt=0, le=100, description="share in the overall score; any positive number")
    target: float = Field(ge=0, description="a score for mean_level, else a count or share")
    average_from: float = Field(default=100 / 3, ge=0, le=100, description="scores from here on are average")
    good_from: float = Field(default=200 / 3, ge=0, le=100, description="scores from here on are good")
    anchors: Anchors

    @model_validator(mode="after")
    def _is_consistent(self) -> "Criterion":
        if self.opportunity == "customer_statement" and self.scale.by == "mean_level":
            raise ValueError("`customer_statement` is measured by timing: use `scale: {by: poor_share, worst: ...}`")
        if (self.opportunity == "talk_time") != (self.scale.by == "rep_share"):
            raise ValueError("`talk_time` and `scale: {by: rep_share, worst: ...}` belong together")
        if self.scale.by == "signal_share" and self.opportunity not in ("rep_sentence", "rep_question", "rep_answer"):
            raise ValueError("`by: signal_share` counts sentences: use rep_sentence, rep_question or rep_answer")
        if self.scale.by == "mean_level" and self.target > 100:
            raise ValueError("`target` of a mean_level criterion is a score from 0 to 100")
        if self.good_from <= self.average_from:
            raise ValueError("`good_from` must be greater than `average_from`")
        return self

    @property
    def is_judged(self) -> bool:
        """Whether what was said is judged against the anchors; if not it is measured, and they are for people."""
        return self.opportunity not in MEASURED_BY_TIME and self.scale.by != "signal_share"

    @property
    def told_signal(self) -> ToldSignal | None:
        """The signal whose figure people know in the unit of the criterion's target; None where it has no such."""
        if self.opportunity == "customer_statement" and self.scale.by == "poor_share":
            return "interrupted_share"
        return "hedges_per_call" if self.scale.by == "poor_count" and self.scale.signal == "hedge" else None

    @property
    def target_score(self) -> float:
        """The target as a score, 0–100."""
        return self.target if self.scale.by == "mean_level" else self.score_of(self.target)

    def score_of(self, amount: float) -> float:
        """A count or share as a score: linear from 100 at `best` to 0 at `worst`, whichever is greater."""
        worst = self.scale.worst if self.scale.worst is not None else 1.0
        return 100.0 * min(1.0, max(0.0, (worst - amount) / (worst - self.scale.best)))

    @property
    def sha256(self) -> str:
        """Hash of everything the criterion's scores depend on; cut-points of levels and weights are not part of it."""
        content = self.model_dump(exclude={"weight", "target", "average_from", "good_from"})
        if self.scale.by != "signal_share":  # elsewhere `signal` only names what is counted
            content["scale"]["signal"] = None
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def level_of(self, score: float) -> Level:
        """The level of a score, by the criterion's cut-points."""
        if score >= self.good_from:
            return "good"
        return "average" if score >= self.average_from else "poor"


class Rubric(_Strict):
    """A line of business."""

    id: Identifier
    version: Text = Field(description='your own version, in quotes: "1", "2026-11"')
    name: Text
    based_on: str | None = Field(default=None, description="the rubric this one was copied from")
    criteria: tuple[Criterion, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _ids_are_unique(self) -> "Rubric":
        ids = [criterion.id for criterion in self.criteria]
        repeated = sorted({name for name in ids if ids.count(name) > 1})
        if repeated:
            raise ValueError(f"criterion id used more than once: {', '.join(repeated)}")
        return self

    @property
    def sha256(self) -> str:
        """Hash of the content: a comment or another layout of the file does not change it, any word does."""
        return hashlib.sha256(json.dumps(self.model_dump(), sort_keys=True).encode()).hexdigest()

    def criterion(self, criterion_id: str) -> Criterion:
        """The criterion of that id. Raises KeyError naming those there are."""
        for criterion in self.criteria:
            if criterion.id == criterion_id:
                return criterion
        raise KeyError(f"no criterion {criterion_id!r} in {self.id}: {', '.join(c.id for c in self.criteria)}")
