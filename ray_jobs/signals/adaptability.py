"""Adaptability: after the customer says it does not work, does the rep change approach or repeat it?"""

from ray_jobs.conversation import Conversation
from ray_jobs.evidence import Signal
from ray_jobs.signals.exchange import exchanges
from ray_jobs.signals.kit import SignalKit
from ray_jobs.turns import Sentence, sentences_of

_REJECTED_FROM = 0.55
# A proposal is looked for more eagerly than an offered fix that ends discovery: half a plan can be turned down too.
_PROPOSED_FROM = 0.45
# Two proposals closer than this (cosine) are the same one in other words.
_SAME_FROM = 0.7


def adaptations(conversation: Conversation, kit: SignalKit) -> list[Signal]:
    """One signal a rejected attempt: label `changed` or `repeated`, value 1 or 0; the cue is the rejection.

    Only where the rep had proposed something before: a "no" to a plain question rejects nothing.
    """
    found = []
    proposed: list[Sentence] = []
    for exchange in exchanges(conversation):
        said = exchange.response_sentences
        if exchange.cue and proposed and said and _is_rejection(exchange.cue_text, kit):
            cue = exchange.cue[-1].turn_index
            found.append(_judge(proposed, said, cue, kit))
        proposed = [*proposed, *_proposals(said, kit)]
    return found


def _is_rejection(text: str, kit: SignalKit) -> bool:
    from ray_jobs.conversation import Turn

    pieces = [sentence.text for sentence in sentences_of(Turn(0, "customer", 0.0, 1.0, text))]
    return max(kit.probability("rejection", "rejection", pieces), default=0.0) >= _REJECTED_FROM


def _proposals(said: list[Sentence], kit: SignalKit) -> list[Sentence]:
    likely = kit.probability("solution", "solution", [sentence.text for sentence in said])
    return [sentence for sentence, probability in zip(said, likely, strict=True) if probability >= _PROPOSED_FROM]


def _judge(proposed: list[Sentence], said: list[Sentence], cue: int, kit: SignalKit) -> Signal:
    before = kit.encoder.encode([sentence.text for sentence in proposed])
    now = kit.encoder.encode([sentence.text for sentence in said])
    closeness = (now @ before.T).max(axis=1)
    closest = int(closeness.argmax())
    is_repeat = float(closeness[closest]) >= _SAME_FROM
    # The sentence that shows it: the repeat itself, or what is new (the least like anything before).
    shown = said[closest if is_repeat else int(closeness.argmin())]
    distance = abs(float(closeness[closest]) - _SAME_FROM)
    return Signal(
        kind="adaptability",
        label="repeated" if is_repeat else "changed",
        value=0.0 if is_repeat else 1.0,
        confidence=min(1.0, 0.55 + distance),
        turn_index=shown.turn_index,
        start_s=shown.start_s,
        end_s=shown.end_s,
        quote=shown.text,
        cue_turn_index=cue,
    )
