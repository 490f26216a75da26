"""Who is the rep, from everything that is known; where that is not enough, a question for a person.

The order of trust: a person's answer; then what was recorded about the call (the rep's name; a person's rule for its
source, else which channel the rep is on and the roles the source gives); then what is said. Evidence that disagrees is
not averaged: scoring one person for another's words is worse than asking.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import exp, log

from coachlake.conversations.assemble import conversation_of
from coachlake.conversations.conversation import Conversation
from coachlake.conversations.hand_over import second_greeting
from coachlake.conversations.known import DecidedBy, Direction, Known, Roles
from coachlake.conversations.names import introduces_as, introductions, same_person
from coachlake.conversations.rep_likeness import Likeness, chance_of_rep, rep_likeness
from coachlake.conversations.transcript import RECORDING, Participant, Role, Transcript

# Words alone decide from this confidence on; against other evidence they count from the second on. Between the two
# they neither decide nor contradict. Measured by `coachlake gauntlet --plain DIR`.
WORDS_DECIDE_FROM, WORDS_CONTRADICT_FROM = 0.97, 0.98
_CONFIDENCE: dict[DecidedBy, float] = {
    "answer": 1.0,
    "rule": 0.97,
    "channel_layout": 0.97,
    "rep_name": 0.98,
    "source_roles": 0.97,
}


# Whoever is called speaks first: on an inbound call the rep, on an outbound one the customer, nine times in ten.
_ANSWERS_FIRST = log(0.9 / 0.1)


@dataclass(frozen=True)
class _Cast:
    """Everybody who speaks in a transcript; what they say is read once."""

    transcript: Transcript
    direction: Direction | None

    @cached_property
    def everyone(self) -> list[Participant]:
        """In order of first speech, machines too."""
        known = {participant.label: participant for participant in self.transcript.participants}
        return [known.get(label, Participant(label)) for label in self.transcript.labels]

    @cached_property
    def people(self) -> list[Participant]:
        """Everyone but machines."""
        return [person for person in self.everyone if person.role != "system"]

    @cached_property
    def said(self) -> Mapping[str, list[str]]:
        """Label → what they say, in order."""
        said: dict[str, list[str]] = {label: [] for label in self.transcript.labels}
        for segment in self.transcript.segments:
            if segment.text.strip():
                said[segment.speaker].append(segment.text)
        return said

    @cached_property
    def likeness(self) -> Mapping[str, Likeness]:
        """Label → how much they speak as a rep does."""
        return {label: rep_likeness(texts, self.direction) for label, texts in self.said.items()}


@dataclass(frozen=True, slots=True)
class _Vote:
    by: DecidedBy
    label: str
    says: str


class WhoIsRepError(ValueError):
    """Nothing says for sure who the rep is; the message is the question to a person."""


def conversation_with(call_id: str, transcript: Transcript, known: Known | None = None) -> Conversation:
    """A transcript as the conversation between the rep and the customer, by `decide_roles`.

    Raises WhoIsRepError where a person has to say who the rep is.
    """
    roles = decide_roles(transcript, known or Known())
    if roles.question:
        raise WhoIsRepError(roles.question)
    return conversation_of(call_id, transcript, roles)


def likely_conversation(call_id: str, transcript: Transcript, known: Known | None = None) -> Conversation:
    """As `conversation_with`, with the likeliest rep where it raises: to measure by, never to score by."""
    return conversation_of(call_id, transcript, decide_roles(transcript, known or Known()))


def decide_roles(transcript: Transcript, known: Known) -> Roles:
    """The role of each participant. `question` of the result is set where a person has to say who the rep is."""
    cast = _Cast(transcript, known.direction)
    if answered := _answered(cast, known):
        return answered
    if not cast.people:
        return Roles(_roles(cast, None), "undecided", 0.0, "nobody's words are in it")
    votes = _votes(cast, known)
    if not votes and len(cast.people) > 2:
        names = ", ".join(person.label for person in cast.people)
        question = f"{len(cast.people)} people speak ({names}), and nothing names the rep"
        return Roles(_roles(cast, None), "undecided", 0.0, question)
    return _alone(cast, _other_name(cast, known, _weighed(cast, votes, _by_words(cast))))


def _answered(cast: _Cast, known: Known) -> Roles | None:
    given = {label: role for label, role in known.answers.items() if label in cast.said}
    reps = [label for label, role in given.items() if role == "rep"]
    return Roles(_roles(cast, reps[0]) | given, "answer", 1.0) if len(reps) == 1 else None


def _votes(cast: _Cast, known: Known) -> list[_Vote]:
    """Who the rep is by each kind of record; a kind that points at nobody, or at several, has no vote."""
    people = cast.people
    candidates: list[tuple[DecidedBy, list[Participant], str]] = []
    if known.rule:
        ruled = [person for person in people if person.label == known.rule]
        candidates.append(("rule", ruled, "the rule for its queue names the rep"))
    elif known.channel_layout in ("rep_left", "rep_right"):
        channel = 0 if known.channel_layout == "rep_left" else 1
        side = "left" if channel == 0 else "right"
        on = [person for person in people if person.channel == channel]
        candidates.append(("channel_layout", on, f"the call facts put the rep on the {side} channel"))
    if known.rep_name:
        named = [person for person in people if same_person(known.rep_name, person.name or person.label)]
        if not named:
            named = [person for person in people if introduces_as(cast.said[person.label], known.rep_name)]
        candidates.append(("rep_name", named, f"the call facts name {known.rep_name} as the rep"))
    agents = [person for person in people if person.role == "rep"]
    if not agents and len(people) == 2:
        agents = [person for person in people if any(p.role == "customer" for p in people if p is not person)]
        agents = [person for person in agents if person.role is None]
    if not known.rule:
        candidates.append(("source_roles", agents, "the transcript's own roles"))
    return [_Vote(by, found[0].label, says) for by, found, says in candidates if len(found) == 1]


def _by_words(cast: _Cast) -> tuple[str, float]:
    """The likeliest rep by what is said, and how sure that is (0–1). One speaker alone tells nothing."""
    labels = [person.label for person in cast.people]
    best = max(labels, key=lambda label: (cast.likeness[label].is_opening, cast.likeness[label].mean))
    rivals = [label for label in labels if label != best]
    if not rivals:
        return best, 0.0
    sure = min(chance_of_rep(cast.likeness[best], cast.likeness[rival]) for rival in rivals)
    if cast.direction is None or not cast.transcript.is_timed:
        return best, sure
    is_rep_first = (labels[0] == best) == (cast.direction == "inbound")
    odds = log(sure / max(1 - sure, 1e-9)) + (_ANSWERS_FIRST if is_rep_first else -_ANSWERS_FIRST)
    if odds < 0 and len(rivals) == 1:
        best, odds = rivals[0], -odds
    return best, 1 / (1 + exp(-odds))


def _weighed(cast: _Cast, votes: Sequence[_Vote], words: tuple[str, float]) -> Roles:
    likeliest, confidence = words
    if not votes:
        question = (
            None if confidence >= WORDS_DECIDE_FROM else "nothing says who the rep is, and their words leave it open"
        )
        by: DecidedBy = "words" if question is None else "undecided"
        return Roles(_roles(cast, likeliest), by, round(confidence, 3), question)
    first = votes[0]
    if other := next((vote for vote in votes if vote.label != first.label), None):
        question = f"{first.says} ({first.label}), but {other.says} ({other.label})"
        return Roles(_roles(cast, first.label), "undecided", 0.5, question)
    strongest = max(votes, key=lambda vote: _CONFIDENCE[vote.by])
    # A name that was found in the source itself is not overruled by the manner of speaking; a channel may be wired
    # the other way round, and a diarizer's or vendor's label may be swapped.
    is_named = any(vote.by == "rep_name" for vote in votes)
    if likeliest != first.label and confidence >= WORDS_CONTRADICT_FROM and not is_named:
        question = f"{strongest.says} ({strongest.label}), but {likeliest} speaks as the rep"
        return Roles(_roles(cast, strongest.label), "undecided", 0.5, question)
    return Roles(_roles(cast, strongest.label), strongest.by, _CONFIDENCE[strongest.by])


def _other_name(cast: _Cast, known: Known, found: Roles) -> Roles:
    """As found by words alone, or a question where that person gives themself another name than the facts do.

    Names as a recogniser hears them are no proof, and neither are they against a role that the source itself gives:
    people answer for one another and go by other names.
    """
    rep = next((label for label, role in found.of.items() if role == "rep"), None)
    if not known.rep_name or rep is None or found.decided_by != "words":
        return found
    named = next((person.name for person in cast.people if person.label == rep), None)
    if named and not same_person(known.rep_name, named):
        question = f"the call facts name {known.rep_name} as the rep, but who speaks as the rep is {named}"
        return Roles(found.of, "undecided", 0.5, question)
    if cast.transcript.format == RECORDING or not (given := introductions(cast.said[rep])):
        return found
    question = f"the call facts name {known.rep_name} as the rep, but {rep} says their name is {given[0]}"
    return Roles(found.of, "undecided", 0.5, question)


def _alone(cast: _Cast, found: Roles) -> Roles:
    """As found, or a question where a colleague may speak under the rep's label or, on a mixed signal, under any.

    Two customers on a line of their own are one side of the call.
    """
    if found.question:
        return found
    for person in cast.people:
        if person.voices > 1 and (person.channel is None or found.of.get(person.label) == "rep"):
            question = (
                f"{person.voices} voices are heard as {person.label}: the words of more than one person may be scored"
            )
            return replace(found, decided_by="undecided", confidence=0.5, question=question)
    if line := second_greeting(cast.transcript):
        question = f"after the call is passed on somebody introduces themself who was heard before ({line.speaker})"
        return replace(found, decided_by="undecided", confidence=0.5, question=question)
    return found


def _roles(cast: _Cast, rep: str | None) -> dict[str, Role]:
    """Everybody's role once the rep is known: colleagues, the customer, and who is neither."""
    everyone = cast.everyone
    roles: dict[str, Role] = {person.label: person.role or "other" for person in everyone}
    roles |= {person.label: "other_rep" for person in everyone if person.role == "rep"}
    if rep is None:
        return roles
    roles[rep] = "rep"
    open_ = [person.label for person in everyone if person.role is None and person.label != rep]
    has_customer = any(role == "customer" for role in roles.values())
    if open_ and not has_customer:
        roles[_customer(cast, rep, open_)] = "customer"
    for label in (label for label in open_ if roles[label] == "other"):
        rivals = [cast.likeness[other] for other, role in roles.items() if role == "customer"]
        if any(chance_of_rep(cast.likeness[label], rival) > 0.5 for rival in rivals):
            roles[label] = "other_rep"
    if not has_customer and not open_:  # the source calls everybody an agent: with two, the other one is the customer
        others = [person.label for person in everyone if person.label != rep and person.role == "rep"]
        if len(others) == 1:
            roles[others[0]] = "customer"
    return roles


def _customer(cast: _Cast, rep: str, labels: Sequence[str]) -> str:
    """Of those who are not like a rep, the one who speaks most often right before or after them; on a tie the one least
    like a rep. (A curt colleague who passes the call on is even less like a rep than the customer.)"""
    order = [segment.speaker for segment in cast.transcript.segments if segment.text.strip()]
    with_rep = Counter(other for pair in pairwise(order) if rep in pair for other in pair)
    likeness = cast.likeness
    return min(labels, key=lambda label: (likeness[label].is_like_a_rep, -with_rep[label], likeness[label].mean))
