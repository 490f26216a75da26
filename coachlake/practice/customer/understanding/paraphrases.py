"""Which of the rep's sentences give back what the customer said."""

from coachlake.language.content import shared_content
from coachlake.practice.customer.understanding.patterns import CHECKS
from coachlake.practice.customer.understanding.rep_turn import RepTurn

# From this many words a paraphrase may do without one of the customer's.
_ENOUGH_WORDS = 6


def paraphrases(turn: RepTurn) -> list[str]:
    """The signal's paraphrases, and what a check is put to.

    "So it was taken twice. Is that right?": the check is a sentence of its own, what it checks stands before it.
    """
    customer = turn.customer_words(3)
    # Without one of the customer's words a few of the rep's own ("okay, one moment") give nothing back.
    found = [
        text
        for text in turn.quotes("paraphrase")
        if len(text.split()) >= _ENOUGH_WORDS or shared_content(text, customer) > 0
    ]
    for before, text in zip(["", *turn.sentences], turn.sentences, strict=False):
        if CHECKS.search(text) and shared_content(f"{before} {text}", customer) > 0:
            found += [before, text]
    return [text for text in found if text]
