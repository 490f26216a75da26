"""What a call came to, as it is heard in it: from how the customer speaks last and what the rep has promised by then.

It is no part of any score. A rep can do everything right and not solve it, or be lucky; kept apart, it lets the
correlation of a skill with satisfaction be read beside what became of the matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from coachlake.conversations.dialogue import Dialogue, Exchange
from coachlake.conversations.sentences import Sentence
from coachlake.language.acts.model import Acts
from coachlake.language.types import Utterance
from coachlake.signals.kit import SignalKit
from coachlake.signals.regulation import HEATED_FROM
from coachlake.signals.signal import Signal, signal_at

# A sentence shows an act that is likelier than not; that something is open takes more, since a short "no, that's all"
# leaves the model in doubt.
_FROM, _OPEN_FROM = 0.5, 0.6
# The end of a call: its last exchanges, and the customer's last sentences in them.
_LAST_EXCHANGES, _LAST_SENTENCES = 3, 3

_Shown = tuple[Sentence, float]


@dataclass(frozen=True, slots=True)
class _Heard:
    """A sentence of the customer's and how likely it shows each thing; `is_open`: that something is still open."""

    said: Sentence
    content: float
    dissatisfied: float
    heated: float
    is_open: float


def outcome(dialogue: Dialogue, kit: SignalKit) -> list[Signal]:
    """Two signals at most, at the sentences that show them; none where the customer says nothing.

    `customer_state`, label `end`: the mean over the customer's last three sentences of how likely they are content
    less how likely dissatisfied, −1 to 1. `outcome`: `escalated` (the customer ends heated), `solved` (content, and
    nothing is open after it), `promised` (a commitment of the rep's after what was open last), `unsolved` (trouble, a
    refusal or dissatisfaction stands last); absent where the end of the call shows none of them. Value and confidence
    of an outcome: the probability of the act it was read from.
    """
    end = dialogue.exchanges[-_LAST_EXCHANGES:]
    customer = [one for exchange in end for one in _customer(exchange, kit)]
    promises = [one for exchange in end for one in _promises(exchange, kit)]
    return [*_state(customer[-_LAST_SENTENCES:]), *(_escalated(customer[-2:]) or _settled(customer, promises))]


def _customer(exchange: Exchange, kit: SignalKit) -> list[_Heard]:
    said = exchange.cue_sentences
    # A "no" to "anything else?" turns nothing down.
    is_offered = kit.probability("solution", "solution", [exchange.before])[0] >= _FROM
    judged = kit.acts.judge([Utterance(one.text, exchange.before) for one in said])
    return [_heard(one, acts, is_offered) for one, acts in zip(said, judged, strict=True)]


def _heard(said: Sentence, acts: Acts, is_offered: bool) -> _Heard:
    dissatisfied, trouble = acts.chance("state", "dissatisfied"), 1 - acts.chance("trouble", "none")
    rejects = acts.chance("rejects", "rejects") if is_offered else 0.0
    is_open = max(dissatisfied, rejects, trouble)
    return _Heard(said, acts.chance("state", "content"), dissatisfied, acts.chance("heat", "heated"), is_open)


def _promises(exchange: Exchange, kit: SignalKit) -> list[_Shown]:
    said = exchange.response_sentences
    return [
        (one, acts.chance("action", "commitment")) for one, acts in zip(said, kit.answers(exchange, said), strict=True)
    ]


def _state(customer: Sequence[_Heard]) -> list[Signal]:
    if not customer:
        return []
    value = sum(heard.content - heard.dissatisfied for heard in customer) / len(customer)
    return [signal_at(customer[-1].said, "customer_state", "end", value, (1 + abs(value)) / 2)]


def _escalated(customer: Sequence[_Heard]) -> list[Signal]:
    hottest = max(customer, key=lambda heard: heard.heated, default=None)
    if hottest is None or hottest.heated < HEATED_FROM:
        return []
    return [signal_at(hottest.said, "outcome", "escalated", hottest.heated, hottest.heated)]


def _settled(customer: Sequence[_Heard], promises: Sequence[_Shown]) -> list[Signal]:
    content = _last([(heard.said, heard.content) for heard in customer], _FROM)
    is_open = _last([(heard.said, heard.is_open) for heard in customer], _OPEN_FROM)
    promise = _last(promises, _FROM)
    for label, shown in (("solved", content), ("promised", promise), ("unsolved", is_open)):
        if shown and not (is_open and _place(is_open) > _place(shown)):
            return [signal_at(shown[0], "outcome", label, shown[1], shown[1])]
    return []


def _last(shown: Sequence[_Shown], least: float) -> _Shown | None:
    return next((one for one in reversed(shown) if one[1] >= least), None)


def _place(shown: _Shown) -> tuple[int, float]:
    return shown[0].turn_index, shown[0].start_s
