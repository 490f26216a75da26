"""From a live moment to a scenario: what the customer said becomes the opening, the facts and the challenges."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coachlake.conversations.conversation import Speaker
from coachlake.conversations.sentences import split_sentences
from coachlake.language.content import content_stems
from coachlake.language.words import ADDRESSES_YOU
from coachlake.practice.moments.anonymise import Anonymiser
from coachlake.practice.moments.second_person import core, given_back
from coachlake.practice.scenarios.keywords import keywords_in
from coachlake.practice.scenarios.schema import Challenge, ChallengeKind, Customer, Fact, Issue, Scenario
from coachlake.rubrics.schema import Criterion, Rubric
from coachlake.signals.kit import SignalKit
from coachlake.signals.listening import asks_data
from coachlake.signals.questions import form_of

_KINDS: dict[ChallengeKind, tuple[str, str, float]] = {
    "escalation": ("escalation", "heated", 0.65),
    "rejection": ("rejection", "rejection", 0.55),
    "trouble": ("empathy_cue", "cue", 0.6),
}
_OPPORTUNITY_KIND: dict[str, ChallengeKind] = {
    "customer_trouble": "trouble",
    "customer_heated": "escalation",
    "failed_attempt": "rejection",
}
_LEAST_WORDS, _MOST_FACTS, _MOST_KEYWORDS, _MOST_OF_A_KIND = 4, 5, 4, 2
_CUSTOMERS = ("Alex Morrow", "Robin Sayer", "Kim Dalton")
_FOLLOWED: dict[ChallengeKind, tuple[str, str]] = {
    "trouble": ("{}, I can see how much that weighs on you.", "{}, of course that worries you."),
    "escalation": ("{}, you have every reason to be upset about that.", "{}, that should not have happened to you."),
}
# Where the customer's own words cannot be given back in short, or are a no.
_PLAIN: dict[ChallengeKind, tuple[str, str]] = {
    "trouble": (
        "I hear what this is doing to you, and I want to get it right.",
        "That is a lot to carry, let's see to it.",
    ),
    "escalation": (
        "You have every reason to be upset, I'm staying on this.",
        "Thank you for saying it, let's put it right.",
    ),
    "rejection": (
        "If that doesn't work, let's look for another way.",
        "Then we leave that aside, what would work for you?",
    ),
}
# What any customer may say; the words of the call's own facts must not be among them.
_CLOSING = ("Okay, thank you, that helps. Goodbye.", "Good, then I know where I stand. Thanks, bye.")
_REJECTS = ("No, that doesn't work for me.", "That won't help me, I need another way.")
_RAISES = ("I'd like to know what you can do about it.", "So what can you do for me there?")
_BRINGS_BACK = (
    "And what happens with what I called about?",
    "That still leaves what I called about.",
    "So what are you going to do about it?",
)
_WISH = Fact(
    id="wish",
    asked_by=("What would a good outcome look like for you?", "What would help you most?"),
    answers=("I want it off my plate, that would be a good outcome.", "That it's off my plate and I'm done with it."),
    keywords=("off my plate",),
)
_FIXED = (*_CLOSING, *_REJECTS, *_RAISES, *_BRINGS_BACK, *_WISH.answers)


@dataclass(frozen=True, slots=True)
class EvidenceInCall:
    """The evidence of a score, and the turns of its live call in order. `names`: those the call facts give."""

    evidence_id: str
    criterion_id: str
    turns: tuple[tuple[Speaker, str], ...]
    cue_turn_index: int | None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """One anonymised customer turn, what the rep had said before it (last turn, last three), and what kind of challenge
    it is."""

    turn_index: int
    text: str
    before: str
    lately: str
    kind: ChallengeKind | None


def scenario_of_moment(evidence: EvidenceInCall, rubric: Rubric, kit: SignalKit) -> Scenario:
    """The situation of a live moment as a scenario for its criterion.

    Raises ValueError where the customer said too little to build one on.
    """
    criterion = next(one for one in rubric.criteria if one.id == evidence.criterion_id)
    turns = _anonymised(evidence)
    said = _customer_turns(turns, kit)
    opening = next((one for one in said if len(one.text.split()) >= 2 * _LEAST_WORDS), None)
    if opening is None:
        raise ValueError("the customer said too little in this call to practise on")
    challenges = _challenges(said, evidence, criterion, opening, kit)
    voiced = {int(one.id.rsplit("_", 1)[1]) for one in challenges}
    taken = [*_openings(opening.text), *_FIXED, *(line for one in challenges for line in one.says)]
    facts = _facts([one for one in said if one.turn_index not in voiced | {opening.turn_index}], taken, kit)
    return Scenario(
        id=f"live_{evidence.evidence_id}",
        version="1",
        name=f"{criterion.name}: from a live call",
        kind="live_moment",
        rubric_id=rubric.id,
        focus=criterion.id,
        pass_threshold=max(50.0, round(criterion.target_score)),
        situation=_situation(criterion, opening),
        customer=_customer(challenges),
        opening=_openings(opening.text),
        issues=(_issue(turns, facts, challenges, rubric, kit),),
        facts=facts,
        challenges=challenges,
        good_answers=_good_answers(rubric, opening.text),
        closing=_CLOSING,
        from_evidence_id=evidence.evidence_id,
    )


def _anonymised(evidence: EvidenceInCall) -> list[tuple[Speaker, str]]:
    anonymiser = Anonymiser(evidence.names)
    anonymiser.learn([text for _, text in evidence.turns])
    return [(speaker, anonymiser.replace(text)) for speaker, text in evidence.turns]


def _customer_turns(turns: Sequence[tuple[Speaker, str]], kit: SignalKit) -> list[_Said]:
    found, before, spoken = [], "", list[str]()
    for index, (speaker, text) in enumerate(turns):
        if speaker == "rep":
            before = text
            spoken.append(text)
        elif len(text.split()) >= _LEAST_WORDS:
            found.append(_Said(index, text.strip(), before, " ".join(spoken[-3:]), _kind(text, kit)))
    return found


def _kind(text: str, kit: SignalKit) -> ChallengeKind | None:
    pieces = split_sentences(text)
    for kind, (question, label, least) in _KINDS.items():
        if max(kit.probability(question, label, pieces), default=0.0) >= least:
            return kind
    return None


def _challenges(
    said: list[_Said], evidence: EvidenceInCall, criterion: Criterion, opening: _Said, kit: SignalKit
) -> tuple[Challenge, ...]:
    """The call's troubles, outbursts and refusals; the moment at hand is among them whatever the signals say."""
    wanted = _OPPORTUNITY_KIND.get(str(criterion.opportunity))
    found: list[Challenge] = []
    for one in said:
        is_it = one.turn_index == evidence.cue_turn_index and wanted is not None
        kind = wanted if is_it else one.kind
        if not is_it and _answers(one, kit):
            continue
        if kind is None or one.turn_index == opening.turn_index:  # nobody says their first words twice
            continue
        if sum(other.kind == kind for other in found) < _MOST_OF_A_KIND or is_it:
            # What the call's own rep provoked is not thrown at one who has given no cause.
            is_provoked = kind == "rejection" or (kind == "escalation" and not is_it)
            after = None if is_provoked else 1 + sum(other.kind == kind for other in found) * 2
            found.append(_challenge(f"{kind}_{one.turn_index}", kind, one, after))
    return tuple(found)


def _challenge(name: str, kind: ChallengeKind, one: _Said, after: int | None) -> Challenge:
    text = one.text
    # "Are you even listening" is about us: given back it would be nonsense.
    back = None if kind == "escalation" and ADDRESSES_YOU.search(text) else given_back(text)
    patterns = _FOLLOWED.get(kind)
    answers = (
        [pattern.format(back[0].upper() + back[1:]) for pattern in patterns] if back and patterns else _PLAIN[kind]
    )
    is_no = kind == "rejection"
    return Challenge(
        id=name,
        kind=kind,
        says=_variants(text),
        after=after,
        good_answers=tuple(answers),
        rejected_words=_rejected_words(one) if is_no else (),
        says_otherwise=_REJECTS if is_no else (),
    )


def _rejected_words(one: _Said) -> tuple[str, ...]:
    """What names the proposal a customer turned down: the words both used, else the words of the no itself.

    Too few rather than too many: an offer that is not recognised is turned down in words that fit any.
    """
    own = {word.lower() for word in _content_words(one.text)}
    both = tuple(word for word in _content_words(one.lately) if word.lower() in own)
    return both or tuple(_content_words(one.text)) or (one.text,)


def _variants(text: str) -> tuple[str, ...]:
    plain = core(text)
    plain = plain if plain[-1] in ".?!" else f"{plain}."
    rest = re.sub(r"^no,?\s+", "", plain, flags=re.IGNORECASE)
    lowered = rest if rest.split()[0] in ("I", "I'm", "I've", "I'd") else rest[0].lower() + rest[1:]
    return (plain[0].upper() + plain[1:], f"{'The thing is' if rest == plain else 'I am sorry'}, {lowered}")


def _facts(said: list[_Said], taken: list[str], kit: SignalKit) -> tuple[Fact, ...]:
    """What the customer told when asked; each needs a word that nothing else they say contains."""
    answers = [one for one in said if _answers(one, kit)]
    found: list[Fact] = []
    for one in answers[:_MOST_FACTS]:
        others = [*taken, *(other.text for other in answers if other is not one)]
        keywords = [word for word in _content_words(one.text) if not any(keywords_in(text, [word]) for text in others)]
        if keywords:
            asked = (_last_sentence(one.before), "Can you tell me more about that?")
            found.append(
                Fact(
                    id=f"fact_{one.turn_index}",
                    asked_by=asked,
                    answers=_variants(one.text),
                    keywords=tuple(sorted(keywords, key=len)[-_MOST_KEYWORDS:]),
                )
            )
    return (*found, _WISH)


def _issue(
    turns: list[tuple[Speaker, str]],
    facts: tuple[Fact, ...],
    challenges: tuple[Challenge, ...],
    rubric: Rubric,
    kit: SignalKit,
) -> Issue:
    rejected = [word for challenge in challenges for word in challenge.rejected_words]
    said = [one for speaker, text in turns if speaker == "rep" for one in split_sentences(text)]
    sentences = [one for one in said if not keywords_in(one, rejected)]
    offers = kit.probability("solution", "solution", sentences)
    doubts = kit.probability("hedge", "undermining", sentences)
    offered = [
        text for text, offer, doubt in zip(sentences, offers, doubts, strict=True)
        if offer >= 0.55 and doubt < 0.5 and not text.endswith("?")
    ]  # fmt: skip
    general = [example for c in rubric.criteria if c.opportunity == "rep_answer" for example in c.anchors.good.examples]
    return Issue(
        id="concern",
        says=_RAISES,
        brings_back=_BRINGS_BACK,
        needs=(facts[0].id,),
        good_fixes=tuple([*dict.fromkeys(offered), *general][:4]),
        rejects="unfit" if any(challenge.kind == "rejection" for challenge in challenges) else "nothing",
    )  # fmt: skip


def _good_answers(rubric: Rubric, opening: str) -> dict[str, tuple[str, ...]]:
    found = {c.id: c.anchors.good.examples[:3] for c in rubric.criteria if c.opportunity == "whole_call"}
    if back := given_back(opening):
        for criterion in rubric.criteria:
            if criterion.opportunity == "customer_concern":
                found[criterion.id] = (f"So {back}, is that right?", f"Let me check I have it: {back}.")
            if kind := _OPPORTUNITY_KIND.get(str(criterion.opportunity)):
                patterns = _FOLLOWED.get(kind, ())
                found[criterion.id] = (
                    tuple(line.format(back[0].upper() + back[1:]) for line in patterns) or _PLAIN[kind]
                )
    return found


def _openings(text: str) -> tuple[str, ...]:
    plain = core(text)
    plain = plain[0].upper() + plain[1:]
    return (f"Hello. {plain}", f"Good morning, {{name}} here. {plain}", f"Yes, hello, my name is {{name}}. {plain}")


def _situation(criterion: Criterion, opening: _Said) -> str:
    words = core(opening.text).split()
    start = " ".join(words[:14]) + ("…" if len(words) > 14 else "")
    return f"From a live call, names and numbers changed. The customer calls: “{start}” Practise: {criterion.observes}"


def _customer(challenges: tuple[Challenge, ...]) -> Customer:
    is_heated = any(challenge.kind == "escalation" for challenge in challenges)
    return Customer(names=_CUSTOMERS, patience=0.65, anger=0.4 if is_heated else 0.2, trust=0.3)


def _answers(one: _Said, kit: SignalKit) -> bool:
    """Whether the customer said it because they were asked, for something other than data."""
    return bool(form_of(_last_sentence(one.before), kit)) and not asks_data(one.before)


def _last_sentence(text: str) -> str:
    return (split_sentences(text) or [""])[-1]


def _content_words(text: str) -> list[str]:
    return [word for word in dict.fromkeys(re.findall(r"[A-Za-z][a-z'-]{3,}", text)) if content_stems(word)]
