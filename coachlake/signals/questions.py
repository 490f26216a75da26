"""Rep questions, open or closed by their form (`question_form`)."""

import re

from coachlake.conversations.conversation import Conversation, Turn
from coachlake.conversations.sentences import Sentence, sentences_of
from coachlake.language.question_form import Form, question_form
from coachlake.signals.signal import Signal

__all__ = ["Form", "form_of_turn", "question_form", "questions"]

# Formulas of opening and closing ask for no account of anything.
_FORMULA = re.compile(
    r"\b(?:how (?:are you|is it going|(?:can|may|could) (?:i|we) (?:help|assist))"
    r"|what (?:can|may|could) (?:i|we) do for you|anything else (?:that )?(?:i|we) can)\b",
    re.IGNORECASE,
)


def questions(conversation: Conversation) -> list[Signal]:
    """Each rep question with its form. Value: 1 for open, 0 for closed. Formulas ("how can I help") are left out."""
    return [
        _signal(sentence, form)
        for turn in conversation.by("rep")
        for sentence in sentences_of(turn)
        if (form := question_form(sentence.text)) and not _FORMULA.search(sentence.text)
    ]


def form_of_turn(text: str, *, is_question: bool = False) -> Form | None:
    """The form of the last question of a turn; None where it asks nothing. `is_question`: it is known to ask."""
    sentences = [sentence.text for sentence in sentences_of(Turn(0, "rep", 0.0, 1.0, text))]
    forms = [form for sentence in sentences if (form := question_form(sentence))]
    if forms or not is_question or not sentences:
        return forms[-1] if forms else None
    return question_form(sentences[-1], is_question=True)


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
