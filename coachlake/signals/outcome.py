"""What a call came to, as it is heard in it: from how the customer speaks last and what the rep has promised by then.

It is no part of any score. A rep can do everything right and not solve it, or be lucky; kept apart, it lets the
correlation of a skill with satisfaction be read beside what became of the matter.
"""

from collections.abc import Callable, Sequence

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

# With what the rep had put forward before it: a "no" to "anything else?" turns nothing down.
_Judged = tuple[Sentence, Acts, bool]
_Shown = tuple[Sentence, float]


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
    rep = [one for exchange in end for one in _rep(exchange, kit)]
    return [*_state(customer[-_LAST_SENTENCES:]), *(_escalated(customer[-2:]) or _settled(customer, rep))]


def _customer(exchange: Exchange, kit: SignalKit) -> list[_Judged]:
    said = exchange.cue_sentences
    is_offered = kit.probability("solution", "solution", [exchange.before])[0] >= _FROM
    acts = kit.acts.judge([Utterance(one.text, exchange.before) for one in said])
    return [(one, judged, is_offered) for one, judged in zip(said, acts, strict=True)]


def _rep(exchange: Exchange, kit: SignalKit) -> list[_Judged]:
    said = exchange.response_sentences
    return [(one, acts, False) for one, acts in zip(said, kit.answers(exchange, said), strict=True)]


def _state(customer: Sequence[_Judged]) -> list[Signal]:
    if not customer:
        return []
    value = sum(acts.chance("state", "content") - acts.chance("state", "dissatisfied") for _, acts, _ in customer)
    value /= len(customer)
    return [signal_at(customer[-1][0], "customer_state", "end", value, (1 + abs(value)) / 2)]


def _escalated(customer: Sequence[_Judged]) -> list[Signal]:
    likely = [(said, acts.chance("heat", "heated")) for said, acts, _ in customer]
    said, most = max(likely, key=lambda shown: shown[1], default=(None, 0.0))
    return [signal_at(said, "outcome", "escalated", most, most)] if said is not None and most >= HEATED_FROM else []


def _settled(customer: Sequence[_Judged], rep: Sequence[_Judged]) -> list[Signal]:
    content = _last(customer, lambda acts, _: acts.chance("state", "content"), _FROM)
    is_open = _last(customer, _open, _OPEN_FROM)
    promise = _last(rep, lambda acts, _: acts.chance("action", "commitment"), _FROM)
    if content and not (is_open and _place(is_open) > _place(content)):
        return [signal_at(content[0], "outcome", "solved", content[1], content[1])]
    if promise and not (is_open and _place(is_open) > _place(promise)):
        return [signal_at(promise[0], "outcome", "promised", promise[1], promise[1])]
    return [signal_at(is_open[0], "outcome", "unsolved", is_open[1], is_open[1])] if is_open else []


def _open(acts: Acts, is_offered: bool) -> float:
    """How likely something is still open after a customer's sentence."""
    rejects = acts.chance("rejects", "rejects") if is_offered else 0.0
    return max(acts.chance("state", "dissatisfied"), rejects, 1 - acts.chance("trouble", "none"))


def _last(said: Sequence[_Judged], likely: Callable[[Acts, bool], float], least: float) -> _Shown | None:
    found = ((one, likely(acts, is_offered)) for one, acts, is_offered in reversed(said))
    return next((shown for shown in found if shown[1] >= least), None)


def _place(shown: _Shown) -> tuple[int, float]:
    return shown[0].turn_index, shown[0].start_s
