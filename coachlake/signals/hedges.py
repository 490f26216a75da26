"""Hedges that undermine trust in an answer or outcome. Politeness, empathy and honest scoping are not hedges."""

import re
from collections.abc import Sequence

from coachlake.conversations.sentences import Sentence
from coachlake.signals.kit import SignalKit
from coachlake.signals.signal import Signal, signal_at

# Words that can hedge (Hyland 1998, epistemic devices in speech). They only make a candidate: the head decides by
# meaning whether the sentence weakens an answer.
_CAN_HEDGE = re.compile(
    r"\b(think|guess|suppose|believe|maybe|perhaps|probably|possibly|might|may|hopefully|sure|certain|should|could|"
    r"imagine|assume|assuming|kind of|sort of|as far as|don't know|no idea|see|hope|usually|want to say|depends|"
    r"seems)\b",
    re.IGNORECASE,
)
_FROM = 0.5


def hedges(said: Sequence[Sentence], kit: SignalKit) -> list[Signal]:
    """Each statement of the rep that undermines trust in an answer. Value: its probability. Questions never count."""
    candidates = [sentence for sentence in said if _CAN_HEDGE.search(sentence.text) and not sentence.text.endswith("?")]
    likely = kit.probability("hedge", "undermining", [sentence.text for sentence in candidates])
    return [signal_at(s, "hedge", "undermining", p, p) for s, p in zip(candidates, likely, strict=True) if p >= _FROM]
