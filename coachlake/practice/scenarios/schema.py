"""What a scenario may say. Field descriptions are what `coachlake practice check` tells the author."""

import hashlib
import json
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from coachlake.practice.scenarios.keywords import keywords_in

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,59}$")]
Share = Annotated[float, Field(ge=0, le=1)]

Manner = Literal["plain", "wordy", "curt"]
ChallengeKind = Literal["trouble", "escalation", "rejection"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Customer(_Strict):
    """Who is on the line. Patience, anger and trust are where the call starts, each 0–1."""

    names: tuple[Text, ...] = Field(min_length=1, description="names the customer may have, one is drawn a session")
    manner: Manner = Field(default="plain", description="plain, wordy or curt (says as little as possible)")
    patience: Share = Field(default=0.7, description="0 hangs up")
    anger: Share = Field(default=0.2, description="1 hangs up")
    trust: Share = Field(default=0.3, description="guarded facts and acceptance of a fix need it")


class Fact(_Strict):
    """Something the customer knows and tells only when asked for it, or when an open question lets them."""

    id: Identifier
    asked_by: tuple[Text, ...] = Field(min_length=2, description="at least two questions that would bring it out")
    answers: tuple[Text, ...] = Field(min_length=2, description="at least two ways the customer would say it")
    keywords: tuple[Text, ...] = Field(min_length=1, description="words that appear only where this fact has been told")
    needs_trust: Share = Field(default=0.0, description="how far the customer must trust the rep to say it")


class Challenge(_Strict):
    """What calls for a skill of the rep: trouble voiced, anger, or a proposal turned down."""

    id: Identifier
    kind: ChallengeKind = Field(description="trouble, escalation or rejection")
    says: tuple[Text, ...] = Field(min_length=2, description="at least two ways the customer would say it")
    good_answers: tuple[Text, ...] = Field(min_length=2, description="at least two good answers in this situation")
    would_work: tuple[Text, ...] = Field(default=(), description="for a rejection: what the customer says when asked")
    rejected_words: tuple[Text, ...] = Field(
        default=(), description="for a rejection: words that name what `says` turns down"
    )
    says_otherwise: tuple[Text, ...] = Field(
        default=(), description="for a rejection: at least two ways to turn down what has none of `rejected_words`"
    )
    after: int | None = Field(default=None, ge=1, description="voiced after this many rep turns at the latest")

    @model_validator(mode="after")
    def _rejects_what_was_offered(self) -> "Challenge":
        """A customer who turns down what nobody has offered is heard as a machine at once."""
        if self.kind == "rejection" and (not self.rejected_words or len(self.says_otherwise) < 2):
            raise ValueError(
                "a rejection needs `rejected_words` (words that name what `says` turns down, such as post) and two "
                "lines under `says_otherwise` that turn down any other proposal without naming it"
            )
        return self


class Issue(_Strict):
    """Something the customer wants settled. The first one is what the call is about; others come up later."""

    id: Identifier
    says: tuple[Text, ...] = Field(min_length=2, description="at least two ways the customer raises it")
    brings_back: tuple[Text, ...] = Field(min_length=2, description="at least two ways to bring it back when ignored")
    needs: tuple[Identifier, ...] = Field(default=(), description="facts a fix must wait for; before, it is too soon")
    good_fixes: tuple[Text, ...] = Field(min_length=2, description="at least two good fixes in this situation")
    rejects: Literal["nothing", "unfit", "first"] = Field(
        default="nothing",
        description="by a `rejection`; unfit: the first proposal unless it is a good one; first: whatever it is",
    )


class Scenario(_Strict):
    """A situation to practise in."""

    id: Identifier
    version: Text = Field(description='your own version, in quotes: "1"')
    name: Text
    kind: Identifier = Field(description="the kind of call, such as hostile_customer")
    rubric_id: Identifier = Field(description="the rubric that scores it")
    focus: Identifier = Field(description="the criterion it is mostly for")
    pass_threshold: float = Field(gt=0, le=100, description="focus score to pass, 0-100")
    situation: Text = Field(description="what the rep is told before the call")
    is_outbound: bool = Field(default=False, description="the rep calls: the first issue comes up after the first turn")
    customer: Customer
    opening: tuple[Text, ...] = Field(min_length=3, description="at least three first lines")
    issues: tuple[Issue, ...] = Field(min_length=1)
    facts: tuple[Fact, ...] = Field(min_length=1)
    challenges: tuple[Challenge, ...] = ()
    good_answers: dict[Identifier, tuple[Text, ...]] = Field(
        default_factory=dict, description="criterion: how a good one sounds here, where no challenge says it"
    )
    closing: tuple[Text, ...] = Field(min_length=2, description="at least two ways a satisfied customer ends the call")
    from_evidence_id: str | None = Field(default=None, description="the live moment it was made from")

    @model_validator(mode="after")
    def _is_consistent(self) -> "Scenario":
        facts = [fact.id for fact in self.facts]
        for name, ids in (
            ("facts", facts),
            ("issues", [issue.id for issue in self.issues]),
            ("challenges", [challenge.id for challenge in self.challenges]),
        ):
            if twice := sorted({one for one in ids if ids.count(one) > 1}):
                raise ValueError(f"two {name} share an id: {', '.join(twice)}")
        unknown = sorted({need for issue in self.issues for need in issue.needs} - set(facts))
        if unknown:
            raise ValueError(f"`needs` names facts that are not there: {', '.join(unknown)}; there are {facts}")
        if any(issue.rejects != "nothing" for issue in self.issues) and not self.of_kind("rejection"):
            raise ValueError("`rejects` needs a challenge of kind `rejection`: what the customer says then")
        self._gives_nothing_away()
        return self

    def _gives_nothing_away(self) -> None:
        """No line may tell what a fact is meant to hold back."""
        always = [
            *self.opening,
            *self.closing,
            *(line for one in self.challenges for line in (*one.says, *one.would_work, *one.says_otherwise)),
        ]
        always += [line for issue in self.issues for line in (*issue.says, *issue.brings_back)]
        for fact in self.facts:
            others = [line for other in self.facts if other.id != fact.id for line in other.answers]
            for line in [*always, *others]:
                if told := keywords_in(line, fact.keywords):
                    raise ValueError(
                        f'"{line}" gives away the fact {fact.id} ({told[0]}): word one of them differently'
                    )

    def of_kind(self, kind: ChallengeKind) -> tuple[Challenge, ...]:
        """The challenges of a kind, in order."""
        return tuple(challenge for challenge in self.challenges if challenge.kind == kind)

    def fact(self, fact_id: str) -> Fact:
        """The fact of that id. Raises KeyError where there is none."""
        return _by_id(self.facts, fact_id)

    def issue(self, issue_id: str) -> Issue:
        """The issue of that id. Raises KeyError where there is none."""
        return _by_id(self.issues, issue_id)

    def challenge(self, challenge_id: str) -> Challenge:
        """The challenge of that id. Raises KeyError where there is none."""
        return _by_id(self.challenges, challenge_id)

    @property
    def sha256(self) -> str:
        """Hash of everything the scenario says: names exactly what was practised."""
        content = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()


_Part = TypeVar("_Part", Fact, Issue, Challenge)


def _by_id(parts: tuple[_Part, ...], wanted: str) -> _Part:
    found = next((part for part in parts if part.id == wanted), None)
    if found is None:
        raise KeyError(wanted)
    return found
