"""Active listening: paraphrases, clarifying questions before a fix, acknowledged emotional cues."""

from dataclasses import replace

from coachlake.conversations.dialogue import Dialogue, Exchange
from coachlake.conversations.endings import has_marks, is_left_open
from coachlake.signals.kit import SignalKit
from coachlake.signals.signal import Signal, signal_at

# Two judges are seldom sure together: where both lean to it.
PARAPHRASE_FROM = 0.4
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

    A sentence that breaks off gives nothing back, nor does one that was said before in the same words.
    """
    is_marked = has_marks([turn.text for turn in dialogue.by("rep")])
    found = (paraphrases_in(exchange, kit, is_marked=is_marked) for exchange in dialogue.exchanges)
    return [signal for signals in found for signal in signals]


def paraphrases_in(exchange: Exchange, kit: SignalKit, *, is_marked: bool) -> list[Signal]:
    """Those of one exchange. `is_marked`: whether the rep's sentences end with a mark at all (`has_marks`)."""
    if not exchange.cue:
        return []
    sentences = [s for s in exchange.fresh_sentences if not is_left_open(s.text, is_marked=is_marked)]
    likely = kit.probability("paraphrase", "paraphrase", [s.text for s in sentences], exchange.cue_text)
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
    """How likely a whole turn gives back its cue, 0–1."""
    return kit.probability("paraphrase", "paraphrase", [text], cue)[0]


def asks_data(text: str) -> bool:
    """Whether a question takes down data: it names one of DATA_WORDS."""
    return any(word.strip("?.,!'\"") in DATA_WORDS for word in text.lower().split())
