"""Active listening: paraphrases, clarifying questions before a fix, acknowledged emotional cues."""

from dataclasses import replace

from coachlake.conversations.dialogue import Dialogue, Exchange
from coachlake.conversations.endings import has_marks, is_left_open
from coachlake.conversations.sentences import split_sentences
from coachlake.language.question_form import is_turned_round
from coachlake.signals.kit import SignalKit
from coachlake.signals.signal import Signal, signal_at

PARAPHRASE_FROM = 0.5
# Questions that take down data clarify nothing about the concern.
DATA_WORDS = frozenset(
    [
        "name",
        "number",
        "address",
        "email",
        "date",
        "birth",
        "postcode",
        "zip",
        "phone",
        "account",
        "policy",
        "spell",
        "reference",
    ]
)


def paraphrases(dialogue: Dialogue, kit: SignalKit) -> list[Signal]:
    """Each rep sentence that gives back what the customer just said. Value: its probability.

    By meaning, by form (it states rather than asks and speaks of the customer's matter) and by what it takes up of
    the customer's words (`coachlake.language.paraphrase`). A sentence that breaks off gives nothing back.
    """
    is_marked = has_marks([turn.text for turn in dialogue.by("rep")])
    found = (paraphrases_in(exchange, kit, is_marked=is_marked) for exchange in dialogue.exchanges)
    return [signal for signals in found for signal in signals]


def paraphrases_in(exchange: Exchange, kit: SignalKit, *, is_marked: bool) -> list[Signal]:
    """Those of one exchange. `is_marked`: whether the rep's sentences end with a mark at all (`has_marks`)."""
    if not exchange.cue:
        return []
    sentences = [s for s in exchange.response_sentences if not is_left_open(s.text, is_marked=is_marked)]
    likely = _likely([sentence.text for sentence in sentences], exchange.cue_text, kit)
    return [
        signal_at(sentence, "paraphrase", "paraphrase", probability, probability, exchange.cue[-1].turn_index)
        for sentence, probability in zip(sentences, likely, strict=True)
        if probability >= PARAPHRASE_FROM
    ]


def clarifying_questions(asked: list[Signal]) -> list[Signal]:
    """The questions asked in discovery that are about the concern, not about data of the account."""
    return [
        replace(question, kind="clarifying_question")
        for question in asked
        if question.phase == "discovery" and question.quote and not asks_data(question.quote)
    ]


def acknowledgements(empathy: list[Signal]) -> list[Signal]:
    """Emotional cues the rep acknowledged: label `specific` or `generic`."""
    labels = {"good": "specific", "average": "generic"}
    return [
        replace(moment, kind="acknowledgement", label=labels[moment.label])
        for moment in empathy
        if moment.label in labels
    ]


def paraphrase_of_turn(text: str, cue: str, kit: SignalKit) -> float:
    """How likely a turn gives back its cue: that of its likeliest sentence, 0–1."""
    return max(_likely(split_sentences(text), cue, kit), default=0.0)


def _likely(texts: list[str], cue: str, kit: SignalKit) -> list[float]:
    """By meaning and form; what asks by its form is a question, whatever it takes up (MITI 4.2)."""
    likely = kit.probability("paraphrase", "paraphrase", texts, cue)
    return [0.0 if is_turned_round(text) else chance for text, chance in zip(texts, likely, strict=True)]


def asks_data(text: str) -> bool:
    """Whether a question takes down data: it names one of DATA_WORDS."""
    return any(word.strip("?.,!'\"") in DATA_WORDS for word in text.lower().split())
