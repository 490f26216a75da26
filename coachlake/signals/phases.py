"""Call phases, from what happens in the call rather than from the clock alone."""

import re

from coachlake.conversations.conversation import Phase
from coachlake.conversations.dialogue import Dialogue, Exchange
from coachlake.signals.kit import SignalKit
from coachlake.signals.signal import Signal, signal_at

# A sentence is an offered fix from this probability on; lower takes many questions for offers.
_SOLUTION_FROM = 0.55
_FIRST_CONCERN_WORDS = 6
_CLOSING = re.compile(
    r"anything else|(?:have|enjoy) (?:a (?:good|great|nice|lovely|wonderful|safe)|the rest|your (?:day|evening))"
    r"|thank(?:s| you) (?:so much |again )?for (?:calling|choosing|being)|good ?bye|bye\b|take care"
    r"|talk (?:to you )?soon|look(?:ing)? forward to",
    re.IGNORECASE,
)
# Closing formulas this early are greetings ("thank you for calling").
_CLOSING_AFTER = 0.5


def solutions(exchange: Exchange, kit: SignalKit) -> list[Signal]:
    """Each of the rep's sentences that offers a fix, a plan or a next step. Value: its probability."""
    said = exchange.response_sentences
    likely = kit.probability("solution", "solution", [sentence.text for sentence in said], exchange.cue_text)
    return [
        signal_at(sentence, "solution", "offered", probability, probability)
        for sentence, probability in zip(said, likely, strict=True)
        if probability >= _SOLUTION_FROM
    ]


def phase_of_turns(dialogue: Dialogue, offered: list[Signal]) -> dict[int, Phase]:
    """turn_index → phase.

    Opening: up to the customer's first turn of six words or more (their concern). Discovery: from there to the
    rep's first offered fix. Resolution: from that to closing. Closing: from the rep's first leave-taking in the
    second half of the call.
    """
    concern = next(
        (t.turn_index for t in dialogue.by("customer") if t.word_count >= _FIRST_CONCERN_WORDS),
        len(dialogue.turns),
    )
    fix = min(
        (s.turn_index for s in offered if s.turn_index is not None and s.turn_index > concern),
        default=len(dialogue.turns),
    )
    closing = _closing_start(dialogue)
    phases: dict[int, Phase] = {}
    for turn in dialogue.turns:
        index = turn.turn_index
        if index >= closing:
            phases[index] = "closing"
        elif index < concern:
            phases[index] = "opening"
        else:
            phases[index] = "discovery" if index < fix else "resolution"
    return phases


def _closing_start(dialogue: Dialogue) -> int:
    earliest = len(dialogue.turns) * _CLOSING_AFTER
    for turn in dialogue.by("rep"):
        if turn.turn_index >= earliest and _CLOSING.search(turn.text):
            return turn.turn_index
    return len(dialogue.turns)
