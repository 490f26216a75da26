"""Hedges that undermine trust in an answer or outcome. Politeness, empathy and honest scoping are not hedges."""

import re

from coachlake.conversations.conversation import Conversation
from coachlake.conversations.sentences import Sentence, sentences_of
from coachlake.signals.kit import SignalKit
from coachlake.signals.signal import Signal

# Words that can hedge (Hyland 1998, epistemic devices in speech). They only make a candidate: the head decides by
# meaning whether the sentence weakens an answer.
_CAN_HEDGE = re.compile(
    r"\b(think|guess|suppose|believe|maybe|perhaps|probably|possibly|might|may|hopefully|sure|certain|should|could|"
    r"imagine|assume|assuming|kind of|sort of|as far as|don't know|no idea|see|hope|usually|want to say|depends|"
    r"seems)\b",
    re.IGNORECASE,
)
_FROM = 0.5


def hedges(conversation: Conversation, kit: SignalKit) -> list[Signal]:
    """Each rep statement that undermines trust in an answer. Value: its probability. Questions never count."""
    candidates = [
        sentence
        for turn in conversation.by("rep")
        for sentence in sentences_of(turn)
        if _CAN_HEDGE.search(sentence.text) and not sentence.text.endswith("?")
    ]
    likely = kit.probability("hedge", "undermining", [sentence.text for sentence in candidates])
    return [_signal(s, p) for s, p in zip(candidates, likely, strict=True) if p >= _FROM]


def _signal(sentence: Sentence, probability: float) -> Signal:
    return Signal(
        kind="hedge",
        label="undermining",
        value=probability,
        confidence=probability,
        turn_index=sentence.turn_index,
        start_s=sentence.start_s,
        end_s=sentence.end_s,
        quote=sentence.text,
    )
