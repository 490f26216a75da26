"""Rep questions, open or closed by their form.

Open: the form leaves the answer to the customer (what, how, why, "tell me about", "walk me through"). Closed: yes
or no, a choice, or one fact (when, where, who, how many, what name). Form, not topic: the same form is the same
label whatever the call is about. (Miller & Rollnick, Motivational Interviewing; MITI 4 coding manual.)
"""

import re

from ray_jobs.conversation import Conversation, Turn
from ray_jobs.evidence import Signal
from ray_jobs.turns import Sentence, sentences_of

_LEAD = r"^(?:(?:and|so|but|okay|ok|well|right|now|um|uh|then|also|great|alright|all right|oh|yeah|just)\b[,.]?\s+)*"
_FACT = (
    r"(?:what(?:'s| is| was)? (?:your|the|his|her|their|my)?\s*(?:\w+\s)?"
    r"(?:name|number|address|date|email|postcode|zip|age|phone|reference|model|make|serial|price|total|year|time|day)\b"
    r"|what (?:time|day|date|year|number|size|colou?r|make|model|version|kind|type)\b"
    r"|how (?:many|much|long|old|often|far|soon|late|big|tall|likely|about)\b"
    r"|when\b|where\b|who\b|whose\b|which\b)"
)
_OPEN_FORM = (
    r"(?:what\b|how\b|why\b|in what way|to what extent"
    r"|(?:can|could|would|will) you (?:please )?"
    r"(?:tell|describe|explain|walk|talk|share|help me understand|say|give me)"
    r"|(?:tell|describe|explain|walk|talk|share|help me understand)\b)"
)
_CLOSED_FORM = (
    r"(?:(?:do|does|did|don't|didn't|doesn't|is|are|was|were|isn't|aren't|wasn't|can|can't|could|couldn't|would|"
    r"wouldn't|will|won't|have|haven't|has|hasn't|had|may|shall|should|shouldn't|am)\s+"
    r"(?:you|i|we|it|that|this|there|he|she|they|your|the|my|any|anyone|someone|either|these|those)\b)"
)
_IS_FACT = re.compile(_LEAD + _FACT, re.IGNORECASE)
_IS_OPEN = re.compile(_LEAD + _OPEN_FORM, re.IGNORECASE)
_IS_CLOSED = re.compile(_LEAD + _CLOSED_FORM, re.IGNORECASE)
_OPEN_INSIDE = re.compile(r"\b(?:what|how|why)\b", re.IGNORECASE)
_ASKS_TO_TELL = re.compile(_LEAD + r"(?:tell|describe|explain|walk|talk|help) (?:me|us)\b", re.IGNORECASE)
# "What else", "how are you": open form, but "how are you" and "how can I help" ask for no account of anything.
_FORMULA = re.compile(r"\bhow (?:are you|is it going|(?:can|may|could) i (?:help|assist))\b", re.IGNORECASE)


def questions(conversation: Conversation) -> list[Signal]:
    """Each rep question with its form. Value: 1 for open, 0 for closed. Formulas ("how can I help") are left out."""
    return [
        _signal(sentence, form)
        for turn in conversation.by("rep")
        for sentence in sentences_of(turn)
        if (form := question_form(sentence.text)) and not _FORMULA.search(sentence.text)
    ]


def question_form(text: str) -> str | None:
    """`open` or `closed` for a sentence that asks something, None for one that does not."""
    plain = text.strip()
    asks = plain.endswith("?") or bool(_ASKS_TO_TELL.match(plain))
    if not asks and not _IS_CLOSED.match(plain):
        return None
    return _form_of(_last_clause(plain))


def _form_of(clause: str) -> str:
    if _IS_FACT.match(clause):
        return "closed"
    if _IS_OPEN.match(clause):
        return "open"
    if _IS_CLOSED.match(clause):
        return "closed"
    # A question that does not start as one ("and your mood has been how?", "so what brought that on?").
    found = _OPEN_INSIDE.search(clause)
    return "open" if found and not re.search(_FACT, clause[found.start() :], re.IGNORECASE) else "closed"


def _last_clause(text: str) -> str:
    """What follows the last comma that is itself a question start, so a lead-in does not hide the form."""
    pieces = re.split(r",\s+", text)
    for start in range(len(pieces) - 1, 0, -1):
        clause = ", ".join(pieces[start:])
        if any(form.match(clause) for form in (_IS_FACT, _IS_OPEN, _IS_CLOSED)):
            return clause
    return text


def _signal(sentence: Sentence, form: str) -> Signal:
    return Signal(
        kind="question",
        label=form,
        value=1.0 if form == "open" else 0.0,
        confidence=0.9,
        turn_index=sentence.turn_index,
        start_s=sentence.start_s,
        end_s=sentence.end_s,
        quote=sentence.text,
    )


def form_of_turn(text: str) -> str | None:
    """The form of the last question of a turn; None where it asks nothing."""
    whole = Turn(0, "rep", 0.0, 1.0, text)
    forms = [form for sentence in sentences_of(whole) if (form := question_form(sentence.text))]
    return forms[-1] if forms else None
