"""Dialogue acts of both sides and their slots.

Where SWBD-DAMSL (Jurafsky, Shriberg & Biasca 1997) or ISO 24617-2 has a name it is taken: open and closed questions,
paraphrase (DAMSL "reformulate"), sympathy, offer, hedge, hold, confirm, disconfirm, contact check, turn keeping. The
names are the keys of `responses.yaml`, and the signals' where a signal finds the act.
"""

from dataclasses import dataclass
from typing import Literal, TypeVar

from coachlake.language.question_form import Form
from coachlake.practice.scenarios.schema import ChallengeKind
from coachlake.rubrics.schema import Level

RepFunction = Literal[
    "paraphrase",  # gives back what the customer said
    "formula",  # a phrase of sympathy that fits any call
    "concession",  # grants the customer a point, in more than a phrase
    "hedge",  # weakens an answer
    "tension",  # defensive, clipped or blaming
    "commit_date",  # says when something will happen
    "ask_permission",  # asks whether to go on: lets the customer decide
    "hold",  # asks for a moment to look something up
    "goodbye",
    # Acts that answer nothing: the customer reacts to them instead of going on.
    "silence",
    "other_language",
    "prompt_injection",  # tries to make the simulator drop its role
    "insult",
    "monologue",  # too much at once
    "self_repetition",  # word for word what was said before
]
Adaptation = Literal["changed", "repeated"]
DataKind = Literal["number", "birth_date", "email", "address", "phone", "name"]


@dataclass(frozen=True, slots=True)
class Question:
    """`fact`: the fact it goes to; `data`: the kind of data it asks for, if any.

    `is_about_customer`: "have you ...?"; `is_wh`: "where ...?", which no "no" answers.
    """

    form: Form
    fact: str | None = None
    data: DataKind | None = None
    is_about_customer: bool = False
    is_wh: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A solution put forward. `issue`: what it is about, None where about nothing the customer wants.

    `rejection`: the challenge it runs into; `is_fitting`: it would work; `adaptation`: how it stands to what was turned
    down before, as the signal of adaptability labels it.
    """

    issue: str | None = None
    rejection: str | None = None
    is_fitting: bool = False
    adaptation: Adaptation | None = None


@dataclass(frozen=True, slots=True)
class Sympathy:
    """The answer to trouble or anger: good names the situation, average fits any call, poor goes past it."""

    level: Level


RepAct = RepFunction | Question | Offer | Sympathy
RepActs = frozenset[RepAct]
_Slotted = TypeVar("_Slotted", Question, Offer, Sympathy)


def find(acts: RepActs, kind: type[_Slotted]) -> _Slotted | None:
    """The act of a kind that has slots; None where the turn performs none."""
    return next((act for act in acts if isinstance(act, kind)), None)


CustomerFunction = (
    ChallengeKind
    | DataKind
    | Literal[
        "opening",
        "closing",
        "cool_closing",
        "give_up",
        "hang_up",
        # about facts and questions
        "fact",
        "told_already",
        "withhold",  # trust does not reach for the answer
        "nothing_to_add",
        "unsure",
        "disconfirm",  # "no, not so far"
        "dont_know",
        "criticise_questions",  # closed ones in a row
        # about issues and offers
        "issue",
        "brings_back",
        "too_soon",
        "doubt",
        "disbelief",
        "not_relevant",
        "accept",
        "reject_other",  # a rejection in words that name no offer
        "reject_again",
        "would_work",
        "ask_when",
        "ask_next_step",
        "not_settled",
        # about how the rep's turn came over
        "appreciate",
        "acknowledge",
        "protest",  # what was said was passed over
        "confirm",
        "criticise_formula",
        "criticise_repetition",
        "object",  # to an insult
        "give_permission",
        "backchannel",
        "contact_check",
        "keep_turn",
        "not_followed",
        "not_understood",
        "language_not_understood",
    ]
)


@dataclass(frozen=True, slots=True)
class CustomerAct:
    """One thing the customer does, and the fact, issue or challenge it is about."""

    function: CustomerFunction
    about: str | None = None
