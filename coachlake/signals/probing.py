"""Does a question probe for more about what the other told? Rhetorical questions, suggestions and offers do not.

After the explorations of Sharma et al. 2020 (EPITOME): probing gently for the other's unstated experience.
"""

import re

from coachlake.conversations.sentences import split_sentences
from coachlake.language.question_form import plain, question_form
from coachlake.language.words import YOU_IN_ANY_FORM

_I_OR_WE = re.compile(r"\b(?:i|im|we|me|my)\b")
_ASKS_TO_HELP = re.compile(r"\b(?:can|could|may|should) (?:i|we) (?:help|do|ask|get|support)\b")
# Put as a question, meant as advice.
_SUGGESTS = re.compile(
    r"^(?:\W|and |or |but |so |also |hey |well )*(?:maybe|perhaps|how about(?! you)|what about(?! you)"
    r"|why (?:not|don't you)|what if"
    r"|imagine|if (?:i|you|we)|have you (?:considered|thought (?:of|about)) (?:that |the )?(?:maybe"
    r"|possib)|could it be|isn't it better)\b"
)
_OFFERS_TO_TALK = re.compile(
    r"\b(?:want|wanna|need|like|care|up)\b(?: (?:to|someone|somebody|for))*(?: a)? (?:talk|chat|vent|message|pm)\b"
)
# Asked of nobody in particular, so no answer is expected.
_RHETORICAL = re.compile(
    r"^you know (?:that|the|when|how|what)\b|\b(?:any(?:one|body) else|what (?:do|did|can) you expect"
    r"|you ever (?:just|feel like)"
    r"|who cares|why bother|what's the (?:point|use)|what (?:choice|can you do)|who (?:knows|wouldn't"
    r"|hasn't|doesn't)"
    r"|why (?:the|on earth|should|bother|would (?:i|anyone|anybody|they|people|we))|do (?:people|they|we)"
    r"|does (?:anyone|anybody|it matter)|am i\b|isn't (?:it|that) "
    r"|aren't (?:we|they)|don't (?:we|they|people)|doesn't (?:it|that|everyone))"
)
# Who answers a question themselves did not ask it.
_ANSWERS = re.compile(
    r"(?:yes|yeah|yep|no|nope|nah|probably|maybe|not (?:really|at all)|of course|exactly|because|so what)\b"
)
# A word or two with a mark is a suggestion or an echo, unless it asks by a question word or of the other.
_BARE = re.compile(r"^(?:\w+\W*){1,3}$")
_ASKS = re.compile(r"\b(?:what|how|why|when|where|who|which|you|your|u|ok|okay|better|alright)\b")
_TAG_ONLY = re.compile(
    r",?\s*(?:you know(?: what i mean)?|ya know|y'know|right|ok|okay|eh|huh|no|if that makes sense)\W*$"
)


def probes(text: str) -> bool:
    """Whether any sentence of a turn asks the other for more about their own matter."""
    sentences = split_sentences(re.sub(r"([?!])\s*(?=[a-z])|\n+", r"\1 ", text))
    pieces = [piece for sentence in sentences for piece in re.split(r"(?<=\?)\s+", sentence)]
    followed = zip(pieces, [*pieces[1:], ""], strict=True)
    return any(is_probe(piece) and not _ANSWERS.match(after.lower()) for piece, after in followed)


def is_probe(sentence: str) -> bool:
    """Whether a sentence asks the other for more about their own matter."""
    if question_form(sentence) is None:
        return False
    clause = plain(sentence)
    if _BARE.match(clause) and not _ASKS.search(clause):
        return False
    if any(pattern.search(clause) for pattern in (_SUGGESTS, _OFFERS_TO_TALK, _RHETORICAL)):
        return False
    if _TAG_ONLY.search(clause) and question_form(_TAG_ONLY.sub("", clause) + ".") is None:
        return False
    speaks_of_me = bool(_I_OR_WE.search(clause)) and not YOU_IN_ANY_FORM.search(clause)
    return not speaks_of_me or bool(_ASKS_TO_HELP.search(clause))
