"""Is it a question, and is it open or closed? By form, never by topic.

Open: the form leaves the answer to the customer (what, how, why, "what about", "tell me", "walk me through").
Closed: yes or no, a choice, a number on a scale, or one fact (when, who, how many, what number). After Miller &
Rollnick (Motivational Interviewing, 3rd ed.) and the MITI 4 coding manual; "how about you?" is open as in SWBD-DAMSL.
"""

import re
from functools import lru_cache
from typing import Literal

from coachlake.language.words import single_blanks

Form = Literal["open", "closed"]

# Speech around a question: fillers go, a repeated start ("what- what", "do, do") counts once.
_FILLER = re.compile(
    r"\[[^\]]*\]|[\"“”]|\b(?:uh|um|er|erm|hm+|mm-?hmm?)\b[,.]?|(?:,\s*)?\b(?:i mean|kind of like)\b,?", re.I
)
_STUTTER = re.compile(r"\b(\w+(?: \w+)?)(?:\s*[-–—,]+\s*|\s+)\1\b", re.I)
# "w-where", "th-that": a word begun and begun again.
_BEGUN = re.compile(r"\b(\w{1,3})[-–—]+(?=\1)", re.I)
# What comes before a dash or dots was given up ("this, it-- what was different?").
_RESTART = re.compile(r"^.*(?:--|—|\.\.\.|…)\s*(?=(?:and |so |but )?(?:what|how|why|when|where|who|which)\b)", re.I)

_LEAD = (
    r"^(?:(?:and|so|but|or|okay|ok|well|right|now|then|also|great|alright|all right|oh|yeah|yes|no|just|because|like|"
    r"actually|again|first|i guess|you know(?=,)|let me ask you|i(?:'m| am)? (?:just |also )?(?:wondering"
    r"|curious|wonder)(?: if)?|"
    r"i(?:'d| would)? (?:just )?(?:want|like) to (?:know|ask|hear)|can i ask(?: you)?|may i ask|maybe|think|"
    r"(?:for|with|about|to|at|in|on|from|by) (?=wh|how))\b[,.:]?\s*)*"
)
_AUXILIARY = (
    r"(?:do|does|did|don't|didn't|doesn't|is|are|was|were|isn't|aren't|wasn't|weren't|can|can't|could|couldn't|would|"
    r"wouldn't|will|won't|have|haven't|has|hasn't|had|hadn't|may|might|shall|should|shouldn't|am|ain't)"
)
_SUBJECT = (
    r"(?:you|i|we|it|that|this|there|he|she|they|your|the|my|our|his|her|their|any|anyone|anybody|anything|someone|"
    r"something|everything|everyone|either|these|those|a|an|people|most|one|all|some|not)"
)
_DATUM = (
    r"(?:name|surname|number|address|date|email|e-mail|postcode|zip|code|age|phone|reference|model"
    r"|make (?:is|of|and)|serial|price|"
    r"total|year|time|day|month|birthday|colou?r|size|amount|score|quantity|percentage|version|brand|title|address)"
)
_SCALE = re.compile(r"\bscale (?:of|from)\b")
# The question names the answers to choose from.
_CHOICE = re.compile(r",\s+(?:like |a |an |the |is it |are they )*(?:\S+ ){1,4}or(?: \S+){0,4}\W*$")
_FACT = (
    rf"(?:(?:what|which)(?:'s| is| was| are| were)?(?: (?:your|the|his|her|their|my|that|a))?(?: \w+)? {_DATUM}\b"
    r"|how (?:many|much|long|old|often|far|soon|late|big|tall|likely|frequently|recently)\b"
    r"|how about (?:(?:we|i|if|at|on|next|tomorrow|today|tonight|noon|\w+day)\b|\d)"
    r"|when\b|who\b|who's\b|whose\b|whom\b|which\b|where\b)"
)
# "Where" asks for a place unless it asks for a standpoint.
_STANDPOINT = (
    rf"(?:where(?:'s|'re)? {_AUXILIARY}? ?.*\b(?:think|stand|see|like to|want to|start|leave|fits?|fitting|going)\b)"
)
_TELLS = (
    r"(?:tell|describe|explain|elaborate|expand|walk|talk|share|repeat back|help (?:me|us) understand"
    r"|say (?:a bit |a little |some )?more|give)"
)
_OPEN = (
    rf"(?:what\b|what's\b|how\b|how's\b|why\b|in what way|to what extent|{_STANDPOINT}"
    rf"|(?:can|could|would|will) you (?:please |just |maybe )*{_TELLS}\b(?! me (?:your|the|if|whether|when"
    rf"|who|where|which))"
    rf"|(?:do you (?:want|wanna|mind) (?:to )?|i(?:'d| would) (?:like|love|want) (?:for )?you to ){_TELLS}"
    rf"|{_TELLS}\b(?: (?:me|us))?(?! (?:your|the {_DATUM}|if|whether|when|who|where|which)))"
)
_CLOSED = rf"(?:{_AUXILIARY}\s+(?:\w+ )?{_SUBJECT}\b|{_AUXILIARY}\s+{_SUBJECT}\b)"
# A question without its mark: turned round beyond doubt ("do something", "have a seat", "what I mean is" are none).
_TURNED_ROUND = (
    rf"(?:(?:what|how|why|where)(?:'s|'re| (?:kind|sort) of \w+)? {_AUXILIARY} (?:you|your|it|that|this"
    rf"|there|he|she|they|we|i)\b"
    rf"|how (?:long|many|much|often|old|far)(?: \w+)? {_AUXILIARY} (?:you|your|it|that|this|there|he|she|they|we|i)\b"
    rf"|(?:what|how|why|where|when) (?:do|does|did) \w+|(?:how|what) about\b|what else\b"
    rf"|(?:what|how|where)'s (?:your|the|it|that)\b"
    rf"|(?:{_AUXILIARY}) (?:you|he|she|they|there|it|your)\b(?! to\b))"
)
# A wh-word that asks although the sentence did not begin with it: what follows is turned round as in a question.
_INSIDE = re.compile(
    rf"(?<!know )(?<!see )(?<!mean )(?<!remember )(?<!understand )(?<!of )(?<!that's )"
    rf"\b(?:what|how|why)(?:'s|'re| {_AUXILIARY} (?:{_SUBJECT})| else| about| kind| sort| made| makes"
    rf"| happens| brought)\b"
)
_ENDS_OPEN = re.compile(r"\b(?:how|why)\W*$")
_TAG = re.compile(
    rf"(?:^|, )(?:{_AUXILIARY} (?:you|it|that|they|he|she|we|i)|right|yeah|okay|or what|or not|huh|correct|no)\W*$"
)
_IS = {
    name: re.compile(_LEAD + pattern)
    for name, pattern in {
        "standpoint": _STANDPOINT, "fact": _FACT, "open": _OPEN, "closed": _CLOSED,
        "asks": _TURNED_ROUND,
        "tell": r"(?:tell|describe|explain|walk|talk|help) (?:me|us)\b",
    }.items()
}  # fmt: skip


def question_form(text: str, *, is_question: bool = False) -> Form | None:
    """`open` or `closed` for a sentence that asks something, None for one that does not.

    `is_question`: take it for a question whatever its form (somebody else has said so).
    """
    clause = plain(text)
    if not (is_question or clause.endswith("?") or _asks(clause)):
        return None
    if _SCALE.search(clause) or _CHOICE.search(clause):
        return "closed"
    return _form_of(_last_question(clause))


def is_turned_round(text: str) -> bool:
    """Whether a sentence asks by its form (a question word, or the verb before its subject), not by its mark alone:
    "so it stopped on Monday?" only checks."""
    form = question_form(text)
    clause = _last_question(plain(text))
    return form == "open" or (form == "closed" and any(_IS[name].match(clause) for name in ("fact", "closed")))


@lru_cache(maxsize=1024)  # the same sentence is asked for its form by several signals in a row
def plain(text: str) -> str:
    """A spoken sentence in lower case without fillers and repeated starts."""
    begun = _RESTART.sub("", _BEGUN.sub("", text.replace("’", "'")))
    without = single_blanks(_FILLER.sub(" ", begun)).strip(" ,-–—")
    return single_blanks(_STUTTER.sub(r"\1", _STUTTER.sub(r"\1", without))).lower().strip(" ,-–—")


def _asks(clause: str) -> bool:
    return any(_IS[name].match(clause) for name in ("asks", "tell")) and not clause.startswith(("what i", "what you"))


def _form_of(clause: str) -> Form:
    if _IS["standpoint"].match(clause):
        return "open"
    if _IS["fact"].match(clause):
        return "closed"
    if _IS["open"].match(clause):
        return "open"
    if _IS["closed"].match(clause):
        return "closed"
    return "open" if _INSIDE.search(clause) or _ENDS_OPEN.search(clause) else "closed"


def _last_question(clause: str) -> str:
    """What follows the last comma that is itself a question start, so a lead-in does not hide the form."""
    clause = _TAG.sub("", clause) or clause
    pieces = re.split(r",\s+(?:and |but |so |or )?", clause)
    for start in range(len(pieces) - 1, 0, -1):
        piece = ", ".join(pieces[start:])
        if any(_IS[name].match(piece) for name in ("standpoint", "fact", "open", "closed")):
            return piece
    return clause
