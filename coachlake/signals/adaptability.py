"""Adaptability: after the customer says it does not work, does the rep change approach or repeat it?"""

from collections.abc import Sequence
from dataclasses import dataclass

from coachlake.conversations.dialogue import Dialogue, Exchange
from coachlake.conversations.sentences import Sentence
from coachlake.signals.kit import SignalKit
from coachlake.signals.questions import form_of
from coachlake.signals.signal import Signal, signal_at

REJECTED_FROM = 0.55
# A proposal is looked for more eagerly than an offered fix that ends discovery: half a plan can be turned down too.
PROPOSED_FROM = 0.45
# A proposal is turned down in the customer's next answers, or not at all: trouble voiced later is something else.
_ON_OFFER = 2
# Two proposals closer than this (cosine) are the same one in other words.
_SAME_FROM = 0.7


def adaptations(dialogue: Dialogue, kit: SignalKit) -> list[Signal]:
    """One signal a rejected attempt: label `changed` or `repeated`, value 1 or 0; the cue is the turn that rejects.

    Only where the rep had something on offer: a "no" to a plain question rejects nothing, nor does the trouble a
    customer calls about.
    """
    found, offers = [], Offers()
    for exchange in dialogue.exchanges:
        if adaptation := offers.adaptation_in(exchange, kit):
            found.append(adaptation)
        offers = offers.then(exchange, kit)
    return found


@dataclass(frozen=True, slots=True)
class Offers:
    """What the rep proposed so far, exchange by exchange, whether their last answer ended in a plain question, and
    all they said: a step that is repeated need not have sounded like a proposal the first time."""

    proposed: tuple[tuple[Sentence, ...], ...] = ()
    asks: bool = False
    said: tuple[Sentence, ...] = ()

    def adaptation_in(self, exchange: Exchange, kit: SignalKit) -> Signal | None:
        """What the rep does in the next exchange about a proposal turned down in it; None where none is."""
        said = exchange.response_sentences
        if not exchange.cue or not said or self.asks or not any(self.proposed[-_ON_OFFER:]):
            return None
        rejection, likely = kit.likeliest("rejection", "rejection", exchange.cue_sentences, exchange.before)
        if rejection is None or likely < REJECTED_FROM:
            return None
        return _judge(self.said, said, rejection.turn_index, kit)

    def then(self, exchange: Exchange, kit: SignalKit) -> "Offers":
        """The offers after the next exchange."""
        said = exchange.response_sentences
        on_offer = tuple(_proposals(exchange, kit))
        asks = bool(said) and said[-1] not in on_offer and bool(form_of(said[-1].text, kit, exchange.cue_text))
        return Offers((*self.proposed, on_offer), asks, (*self.said, *said))


def _proposals(exchange: Exchange, kit: SignalKit) -> list[Sentence]:
    """What the rep proposes or promises, also where it is put as a question."""
    said = exchange.response_sentences
    likely = kit.probability("solution", "solution", [sentence.text for sentence in said], exchange.cue_text)
    return [sentence for sentence, chance in zip(said, likely, strict=True) if chance >= PROPOSED_FROM]


def _judge(before_it: Sequence[Sentence], said: Sequence[Sentence], cue: int, kit: SignalKit) -> Signal:
    before = kit.encoder.encode([sentence.text for sentence in before_it])
    now = kit.encoder.encode([sentence.text for sentence in said])
    closeness = (now @ before.T).max(axis=1)
    closest = int(closeness.argmax())
    is_repeat = float(closeness[closest]) >= _SAME_FROM
    # The sentence that shows it: the repeat itself, or what is new (the least like anything before).
    shown = said[closest if is_repeat else int(closeness.argmin())]
    distance = abs(float(closeness[closest]) - _SAME_FROM)
    label, value = ("repeated", 0.0) if is_repeat else ("changed", 1.0)
    return signal_at(shown, "adaptability", label, value, min(1.0, 0.55 + distance), cue)
