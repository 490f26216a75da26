"""The same words in another form: what a recogniser, a typist or another way of speaking makes of a text.

Each change takes a text and a seeded generator, and never what the text is judged to be.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from coachlake.conversations.conversation import Conversation

Change = Callable[[str, Random], str]

ERROR_RATE = 0.10
_FILLER_RATE = 0.08
_FILLERS = ("um", "uh", "er", "you know", "I mean", "like", "well", "so yeah")
# Words that recognisers take for one another. Both ways where both are words of their own.
_SOUND_ALIKE = dict(
    re.findall(
        r"(\S+)/(\S+)",
        """their/there there/their they're/there your/you're you're/your its/it's it's/its to/two two/to too/to
        for/four four/for here/hear hear/here by/buy buy/by know/no no/know right/write write/right our/are
        are/our were/where where/were than/then then/than week/weak new/knew would/wood which/witch one/won
        won/one ate/eight eight/ate sent/cent mail/male bill/build build/bill plan/plane can/can't can't/can
        did/didn't didn't/did will/well we'll/will i'll/aisle he'll/heel she'll/shell we're/where i'm/am
        this/these these/this that/at and/an an/and in/and of/off off/of him/them them/him had/has has/had
        want/won't won't/want meet/meat part/heart wait/weight call/cold""",
    )
)
_ARTICLE = re.compile(r"\b(?:the|a|an) (?=[a-z])")
# Features of Indian English that carry no other meaning (Sedlatschek 2009; Lange 2012): the progressive with states,
# "only" and "itself" for focus, the invariant tag, dropped articles, "do one thing", reduplication.
_INDIAN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"\bI (know|want|understand|need|think)\b(?! to\b)", r"I am \1ing"),
        (r"(?i), (?:isn't it|aren't you|don't you|doesn't it|won't you|right)\?", ", no?"),
        (r"\b(today|now|here|tomorrow)\b(?=[.,!?]|$)", r"\1 itself"),
        (r"\b(?:very|really) (\w+)\b", r"very very \1"),
        (r"\bdiscuss\b(?! about)", "discuss about"),
        (r"\breturn\b(?! back)", "return back"),
        (r"\b(?:Let us|Let's) (\w+)", r"Do one thing, let us \1"),
        (r"\bplease\b", "kindly"),
        (r"\bPlease\b", "Kindly"),
        (r"\bI will\b", "I shall"),
        (r"\bI'll\b", "I will"),
        (r"\b(?:more )?information\b", "informations"),
    )
)


def no_punctuation(text: str, _: Random) -> str:
    """Without marks, capitals as they were; an apostrophe stays in its word."""
    return " ".join(re.sub(r"[^\w\s']|(?<!\w)'|'(?!\w)", " ", text).split()) or text


def lower_case(text: str, _: Random) -> str:
    """In lower case, marks as they were."""
    return text.lower()


def bare(text: str, dice: Random) -> str:
    """Neither marks nor capitals."""
    return no_punctuation(text, dice).lower()


def recognised(text: str, dice: Random) -> str:
    """One word in ten wrong: four in ten of these lost, the rest taken for one that sounds alike, or, where the list
    has none, for another of the same text. The marks stay."""
    words = text.split()
    made = []
    for word in words:
        if dice.random() >= ERROR_RATE:
            made.append(word)
        elif dice.random() >= 0.4:
            made.append(_misheard(word, words, dice))
    return " ".join(made) or text


def with_fillers(text: str, dice: Random) -> str:
    """A filler before about one word in twelve."""
    made = []
    for word in text.split():
        if dice.random() < _FILLER_RATE:
            made.append(f"{dice.choice(_FILLERS)},")
        made.append(word)
    return " ".join(made) or text


def indian_english(text: str, dice: Random) -> str:
    """As many speakers of Indian English would say it, by rules; one article in three is dropped, and one sentence in
    five takes "only" at its end."""
    for pattern, said in _INDIAN:
        text = pattern.sub(said, text)
    text = _ARTICLE.sub(lambda found: "" if dice.random() < 1 / 3 else found.group(), text)
    return re.sub(r"(?<=[a-z])\.(?=\s|$)", lambda _: " only." if dice.random() < 0.2 else ".", text)


def shuffled(text: str, dice: Random) -> str:
    """The words in another order: a control, whose meaning is gone."""
    words = text.split()
    dice.shuffle(words)
    return " ".join(words)


FORMS: dict[str, Change] = {
    "no punctuation": no_punctuation,
    "lower case": lower_case,
    "no punctuation, lower case": bare,
    "10 % recognition errors": recognised,
    "fillers": with_fillers,
    "Indian English": indian_english,
}
CONTROL = ("words shuffled", shuffled)


def in_form(conversation: Conversation, name: str, change: Change) -> Conversation:
    """A conversation with every turn's text changed, seeded by its name; what a word's time was no longer holds, so
    turns keep theirs and words have none."""
    dice = Random(f"{conversation.call_id} {name}")
    turns = tuple(replace(turn, text=change(turn.text, dice), words=()) for turn in conversation.turns)
    return replace(conversation, call_id=f"{conversation.call_id}, {name}", turns=turns)


def _misheard(word: str, words: list[str], dice: Random) -> str:
    core = re.sub(r"^\W+|\W+$", "", word)
    if not core:
        return word
    instead = _SOUND_ALIKE.get(core.lower()) or re.sub(r"^\W+|\W+$", "", dice.choice(words)) or core
    return word.replace(core, instead)
