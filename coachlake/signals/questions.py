"""Rep questions, open or closed by what they invite, never by topic or mark.

Open: the answer is left to the customer (what, how, why, "tell me", "I'm curious how that came about"). Closed: yes or
no, a choice, a number, one fact. After Miller & Rollnick (Motivational Interviewing, 3rd ed.) and the MITI 4 manual.
"""

from coachlake.conversations.dialogue import Exchange
from coachlake.conversations.sentences import split_sentences
from coachlake.language.question_form import Form
from coachlake.language.question_form import question_form as form_of_question
from coachlake.language.types import Utterance
from coachlake.signals.kit import SignalKit
from coachlake.signals.signal import Signal, signal_at

_ASKS_FROM = 0.5
# Formulas of opening and closing ("how can I help") ask for no account of anything.
_FORMULA_FROM = 0.5


def questions(exchange: Exchange, kit: SignalKit) -> list[Signal]:
    """Each rep question of an exchange with its form. Value: 1 for open, 0 for closed. Formulas are left out, and what
    was asked before in the same words."""
    found = []
    for sentence, acts in zip(exchange.fresh_sentences, kit.answers(exchange, exchange.fresh_sentences), strict=True):
        form, sure = question_form(sentence.text, exchange.cue_text, kit)
        if form and acts.chance("script", "script") < _FORMULA_FROM:
            found.append(signal_at(sentence, "question", form, 1.0 if form == "open" else 0.0, sure))
    return found


def form_of_turn(text: str, cue: str | None, kit: SignalKit) -> Form:
    """The form of the last sentence of a turn that asks, of a turn that is known to ask; its likeliest one else."""
    moments = [Utterance(sentence, cue) for sentence in split_sentences(text) or [text]]
    is_open, is_closed = (kit.likely("question", label, moments) for label in ("open", "closed"))
    asking = [i for i in range(len(moments)) if is_open[i] + is_closed[i] >= _ASKS_FROM]
    at = asking[-1] if asking else max(range(len(moments)), key=lambda i: is_open[i] + is_closed[i])
    return form_of_question(moments[at].response, is_question=True) or "closed"


def form_of(text: str, kit: SignalKit, cue: str | None = None) -> Form | None:
    """The form of a sentence that asks; None where it does not."""
    return question_form(text, cue, kit)[0]


def question_form(text: str, cue: str | None, kit: SignalKit) -> tuple[Form | None, float]:
    """The form of a sentence that asks (None where it does not) and how sure that is, 0–1.

    Whether it asks is for the judge to say, by meaning and without its mark; of what asks, how it is built tells the
    form better than the judge does (docs/signals.md).
    """
    is_open, is_closed = (kit.likely("question", label, [Utterance(text, cue)])[0] for label in ("open", "closed"))
    if is_open + is_closed < _ASKS_FROM:
        return None, 1 - is_open - is_closed
    return form_of_question(text, is_question=True) or "closed", is_open + is_closed
