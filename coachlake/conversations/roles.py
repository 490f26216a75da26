"""Who is the rep, from everything that is known; where that is not enough, a question for a person.

The order of trust: a person's answer; then what was recorded about the call (the rep's name; a person's rule for its
source, else which channel the rep is on and the roles the source gives); then what is said. Evidence that disagrees is
not averaged: scoring one person for another's words is worse than asking.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import exp, log

from coachlake.conversations.assemble import conversation_of
from coachlake.conversations.conversation import Conversation
from coachlake.conversations.known import DecidedBy, Direction, Known, Roles
from coachlake.conversations.names import introduces_as, introductions, same_person
from coachlake.conversations.rep_likeness import chance_by_manner, rep_likeness
from coachlake.conversations.transcript import RECORDING, Participant, Role, Transcript

# How likely (0–1) the first of two speakers, rather than the second, is the rep; their turns in order.
Compare = Callable[[Sequence[str], Sequence[str], Direction | None], float]

# Words alone decide from this confidence on; against other evidence they count from the second on. Between the two
# they neither decide nor contradict. Measured by `coachlake gauntlet --plain DIR`.
WORDS_DECIDE_FROM, WORDS_CONTRADICT_FROM = 0.95, 0.98
_CONFIDENCE: dict[DecidedBy, float] = {
    "answer": 1.0,
    "rule": 0.97,
    "channel_layout": 0.97,
    "rep_name": 0.98,
    "source_roles": 0.97,
}


# Whoever is called speaks first: on an inbound call the rep, on an outbound one the customer, nine times in ten.
_ANSWERS_FIRST = log(0.9 / 0.1)


@dataclass(frozen=True, slots=True)
class _Vote:
    by: DecidedBy
    label: str
    says: str


class WhoIsRepError(ValueError):
    """Nothing says for sure who the rep is; the message is the question to a person."""


def conversation_with(
    call_id: str, transcript: Transcript, known: Known | None = None, compare: Compare = chance_by_manner
) -> Conversation:
    """A transcript as the conversation between the rep and the customer, by `decide_roles`.

    Raises WhoIsRepError where a person has to say who the rep is.
    """
    roles = decide_roles(transcript, known or Known(), compare)
    if roles.question:
        raise WhoIsRepError(roles.question)
    return conversation_of(call_id, transcript, roles)


def likely_conversation(
    call_id: str, transcript: Transcript, known: Known | None = None, compare: Compare = chance_by_manner
) -> Conversation:
    """As `conversation_with`, with the likeliest rep where it raises: to measure by, never to score by."""
    return conversation_of(call_id, transcript, decide_roles(transcript, known or Known(), compare))


def decide_roles(transcript: Transcript, known: Known, compare: Compare = chance_by_manner) -> Roles:
    """The role of each participant. `question` of the result is set where a person has to say who the rep is.

    `compare` judges by what is said (`coachlake.language.role_head.RoleHead.chance`); the default knows manners only.
    """
    people = _people(transcript)
    if answered := _answered(transcript, known):
        return answered
    if not people:
        return Roles(_roles(transcript, None), "undecided", 0.0, "nobody's words are in it")
    votes = _votes(people, transcript, known)
    if not votes and len(people) > 2:
        question = (
            f"{len(people)} people speak ({', '.join(person.label for person in people)}), and nothing names the rep"
        )
        return Roles(_roles(transcript, None), "undecided", 0.0, question)
    words = _by_words(people, transcript, known.direction, compare)
    found = _weighed(transcript, votes, words, _opener(people, transcript, known.direction))
    return _other_name(transcript, known, found)


def _people(transcript: Transcript) -> list[Participant]:
    speaking = transcript.labels
    known = {participant.label: participant for participant in transcript.participants}
    people = [known.get(label, Participant(label)) for label in speaking]
    return [person for person in people if person.role != "system"]


def _texts(transcript: Transcript, label: str) -> list[str]:
    return [segment.text for segment in transcript.segments if segment.speaker == label]


def _answered(transcript: Transcript, known: Known) -> Roles | None:
    speaking = transcript.labels
    reps = [label for label, role in known.answers.items() if role == "rep" and label in speaking]
    if len(reps) != 1:
        return None
    given = {label: role for label, role in known.answers.items() if label in speaking}
    return Roles(_roles(transcript, reps[0]) | given, "answer", 1.0)


def _votes(people: Sequence[Participant], transcript: Transcript, known: Known) -> list[_Vote]:
    """Who the rep is by each kind of record; a kind that points at nobody, or at several, has no vote."""
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
            named = [person for person in people if introduces_as(_texts(transcript, person.label), known.rep_name)]
        candidates.append(("rep_name", named, f"the call facts name {known.rep_name} as the rep"))
    agents = [person for person in people if person.role == "rep"]
    if not agents and len(people) == 2:
        agents = [person for person in people if any(p.role == "customer" for p in people if p is not person)]
        agents = [person for person in agents if person.role is None]
    if not known.rule:
        candidates.append(("source_roles", agents, "the transcript's own roles"))
    return [_Vote(by, found[0].label, says) for by, found, says in candidates if len(found) == 1]


def _by_words(
    people: Sequence[Participant], transcript: Transcript, direction: Direction | None, compare: Compare
) -> tuple[str, float]:
    """The likeliest rep by what is said, and how sure that is (0–1). One speaker alone tells nothing."""
    said = {person.label: _texts(transcript, person.label) for person in people}
    labels, best = list(said), next(iter(said))
    if len(labels) < 2:
        return best, 0.0
    for label in labels[1:]:
        if compare(said[label], said[best], direction) > 0.5:
            best = label
    rivals = (compare(said[best], said[label], direction) for label in labels if label != best)
    sure = min(rivals)
    if direction is None or not transcript.is_timed:
        return best, sure
    is_rep_first = (labels[0] == best) == (direction == "inbound")
    odds = log(sure / max(1 - sure, 1e-9)) + (_ANSWERS_FIRST if is_rep_first else -_ANSWERS_FIRST)
    if odds < 0 and len(labels) == 2:
        best, odds = next(label for label in labels if label != best), -odds
    return best, 1 / (1 + exp(-odds))


def _opener(people: Sequence[Participant], transcript: Transcript, direction: Direction | None) -> str | None:
    """Who alone opens as a company does ("Parcel Post, how may I help you?"); None where nobody or several do."""
    openers = [
        person.label for person in people if rep_likeness(_texts(transcript, person.label), direction).is_opening_as_rep
    ]
    return openers[0] if len(openers) == 1 else None


def _weighed(transcript: Transcript, votes: Sequence[_Vote], words: tuple[str, float], opener: str | None) -> Roles:
    likeliest, confidence = words
    if not votes:
        question = (
            None if confidence >= WORDS_DECIDE_FROM else "nothing says who the rep is, and their words leave it open"
        )
        by: DecidedBy = "words" if question is None else "undecided"
        return Roles(_roles(transcript, likeliest), by, round(confidence, 3), question)
    first = votes[0]
    if other := next((vote for vote in votes if vote.label != first.label), None):
        question = f"{first.says} ({first.label}), but {other.says} ({other.label})"
        return Roles(_roles(transcript, first.label), "undecided", 0.5, question)
    strongest = max(votes, key=lambda vote: _CONFIDENCE[vote.by])
    # A name that was found in the source itself is not overruled by the manner of speaking; a channel may be wired
    # the other way round, and a diarizer's or vendor's label may be swapped.
    is_named = any(vote.by == "rep_name" for vote in votes)
    least = WORDS_DECIDE_FROM if opener == likeliest else WORDS_CONTRADICT_FROM
    if likeliest != first.label and confidence >= least and not is_named:
        question = f"{strongest.says} ({strongest.label}), but {likeliest} speaks as the rep"
        return Roles(_roles(transcript, strongest.label), "undecided", 0.5, question)
    return Roles(_roles(transcript, strongest.label), strongest.by, _CONFIDENCE[strongest.by])


def _other_name(transcript: Transcript, known: Known, found: Roles) -> Roles:
    """As found by words alone, or a question where that person gives themself another name than the facts do.

    Names as a recogniser hears them are no proof, and neither are they against a role that the source itself gives:
    people answer for one another and go by other names.
    """
    rep = next((label for label, role in found.of.items() if role == "rep"), None)
    if not known.rep_name or rep is None or found.decided_by != "words":
        return found
    named = next((person.name for person in transcript.participants if person.label == rep), None)
    if named and not same_person(known.rep_name, named):
        question = f"the call facts name {known.rep_name} as the rep, but who speaks as the rep is {named}"
        return Roles(found.of, "undecided", 0.5, question)
    if transcript.format == RECORDING or not (given := introductions(_texts(transcript, rep))):
        return found
    question = f"the call facts name {known.rep_name} as the rep, but {rep} says their name is {given[0]}"
    return Roles(found.of, "undecided", 0.5, question)


def _roles(transcript: Transcript, rep: str | None) -> dict[str, Role]:
    """Everybody's role once the rep is known: colleagues, the customer, and who is neither."""
    known = {participant.label: participant for participant in transcript.participants}
    people = [known.get(label, Participant(label)) for label in transcript.labels]
    roles: dict[str, Role] = {person.label: person.role or "other" for person in people}
    roles |= {person.label: "other_rep" for person in people if person.role == "rep"}
    if rep is None:
        return roles
    roles[rep] = "rep"
    open_ = [person.label for person in people if person.role is None and person.label != rep]
    has_customer = any(role == "customer" for role in roles.values())
    if open_ and not has_customer:
        roles[_customer(transcript, rep, open_)] = "customer"
    for label in open_:
        if roles[label] == "other" and rep_likeness(_texts(transcript, label), None).is_like_a_rep:
            roles[label] = "other_rep"
    if not has_customer and not open_:  # the source calls everybody an agent: with two, the other one is the customer
        others = [person.label for person in people if person.label != rep and person.role == "rep"]
        if len(others) == 1:
            roles[others[0]] = "customer"
    return roles


def _customer(transcript: Transcript, rep: str, labels: Sequence[str]) -> str:
    """Of those who are not like a rep, the one who speaks most often right before or after them; on a tie the one least
    like a rep. (A curt colleague who passes the call on is even less like a rep than the customer.)"""
    order = [segment.speaker for segment in transcript.segments if segment.text.strip()]
    with_rep = Counter(other for pair in pairwise(order) if rep in pair for other in pair)
    likeness = {label: rep_likeness(_texts(transcript, label), None) for label in labels}
    return min(labels, key=lambda label: (likeness[label].is_like_a_rep, -with_rep[label], likeness[label].score))
