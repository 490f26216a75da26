"""Rep questions, open or closed by their form (`question_form`)."""

import re

from coachlake.conversations.dialogue import Dialogue
from coachlake.conversations.sentences import split_sentences
from coachlake.language.question_form import Form, question_form
from coachlake.signals.signal import Signal, signal_at

# Formulas of opening and closing ask for no account of anything.
_FORMULA = re.compile(
    r"\b(?:how (?:are you|is it going|(?:can|may|could) (?:i|we) (?:help|assist))"
    r"|what (?:can|may|could) (?:i|we) do for you|anything else (?:that )?(?:i|we) can)\b",
    re.IGNORECASE,
)
_CONFIDENCE = 0.9


def questions(dialogue: Dialogue) -> list[Signal]:
    """Each rep question with its form. Value: 1 for open, 0 for closed. Formulas ("how can I help") are left out."""
    return [
        signal_at(sentence, "question", form, 1.0 if form == "open" else 0.0, _CONFIDENCE)
        for sentence in dialogue.rep_sentences
        if (form := question_form(sentence.text)) and not _FORMULA.search(sentence.text)
    ]


def form_of_turn(text: str, *, is_question: bool = False) -> Form | None:
    """The form of the last question of a turn; None where it asks nothing. `is_question`: it is known to ask."""
    sentences = split_sentences(text)
    forms = [form for sentence in sentences if (form := question_form(sentence))]
    if forms or not is_question or not sentences:
        return forms[-1] if forms else None
    return question_form(sentences[-1], is_question=True)
