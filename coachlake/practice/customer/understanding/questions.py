"""Which of the rep's sentences ask, and what they go to."""

import re
from collections.abc import Callable, Mapping, Sequence

from coachlake.language.question_form import Form
from coachlake.practice.customer.acts import DataKind, Question
from coachlake.practice.customer.understanding.patterns import (
    ABOUT_CUSTOMER,
    ASKS_PERMISSION,
    CHECKS,
    DATA,
    INVITES,
    PROPOSES,
    SEEKS_AGREEMENT,
    WH_WORD,
)
from coachlake.practice.customer.understanding.scenario_vectors import ScenarioVectors

FormOf = Callable[[str], Form | None]

# A question brings out the fact whose own question it is this close to (cosine); what is talked of at the moment is
# meant sooner than the rest.
_ASKS_FROM, _TALKED_OF = 0.5, 0.12


def puts_forward(text: str) -> bool:
    """Whether a sentence offers something although it is put as a question."""
    return bool(PROPOSES.search(text) or SEEKS_AGREEMENT.search(text))


def asking_sentences(sentences: Sequence[str], form_of: FormOf) -> list[str]:
    """The sentences that ask, and offer nothing by it."""
    asks = [text for text in sentences if text.endswith("?") or form_of(text)]
    return [text for text in asks if not puts_forward(text)]


def question_of(
    sentences: Sequence[str], asking: Sequence[str], form_of: FormOf, vectors: ScenarioVectors, talked_of: set[str]
) -> Question | None:
    """The turn's question; None where it asks nothing, only checks or only asks for permission.

    `asking`: its asking sentences; `talked_of`: the facts that what is open needs.
    """
    questions = [
        text for text in asking if form_of(text) and not CHECKS.search(text) and not ASKS_PERMISSION.search(text)
    ]
    is_invitation = any(INVITES.search(text) for text in sentences)
    if not questions and not is_invitation:
        return None
    is_open = is_invitation or any(form_of(text) == "open" for text in questions)
    return Question(
        "open" if is_open else "closed",
        fact=_fact(questions, vectors, talked_of),
        data=_data(questions, DATA),
        is_about_customer=any(ABOUT_CUSTOMER.search(text) for text in questions),
        is_wh=any(WH_WORD.search(text) for text in questions),
    )


def _fact(questions: Sequence[str], vectors: ScenarioVectors, talked_of: set[str]) -> str | None:
    """The fact the questions go to."""
    if not questions:
        return None
    asked = vectors.encode(questions)
    closeness = {
        name: float((known @ asked.T).max()) + (_TALKED_OF if name in talked_of else 0.0)
        for name, known in vectors.facts.items()
    }
    best = max(closeness, key=closeness.__getitem__)
    return best if closeness[best] >= _ASKS_FROM else None


def _data(questions: Sequence[str], patterns: Mapping[DataKind, str]) -> DataKind | None:
    asked = " ".join(questions)
    return next((name for name, pattern in patterns.items() if re.search(pattern, asked, re.IGNORECASE)), None)
