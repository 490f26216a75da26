"""Emotional regulation under pressure: how the rep's tension moves as the customer escalates.

Escalation and tension are each 0–1 a turn, from words and, where there is audio, from voice against the speaker's
own baseline. Regulation is the slope of the rep's tension on the escalation it answers, by least squares with a
95 % interval; a rep who stays level has a slope near 0. Not applicable where the customer never escalates.
"""

from statistics import fmean

import numpy as np

from coachlake.conversations.conversation import Conversation, Turn, Voice
from coachlake.conversations.sentences import sentences_of
from coachlake.signals.exchange import Exchange, exchanges
from coachlake.signals.kit import SignalKit
from coachlake.signals.signal import Signal

# Of counselling clients' turns, which are hardly ever heated at the other, about 1 % reach this.
HEATED_FROM = 0.5
TENSE_FROM = 0.65
_MIN_PAIRS = 4
# One robust standard deviation louder, faster and higher scales a turn by this much: voice supports words, it does
# not outvote them.
_VOICE_WEIGHT = 0.1


def escalations(conversation: Conversation, kit: SignalKit) -> list[Signal]:
    """Each heated customer turn. Value: 0–1."""
    return [
        _turn_signal("escalation", "heated", turn, value)
        for turn, value in _levels(conversation, "customer", kit).values()
        if value >= HEATED_FROM
    ]


def tensions(conversation: Conversation, kit: SignalKit) -> list[Signal]:
    """Each tense rep turn: clipped, defensive, blaming, louder or faster than their own baseline. Value: 0–1."""
    return [
        _turn_signal("tension", "tense", turn, value)
        for turn, value in _levels(conversation, "rep", kit).values()
        if value >= TENSE_FROM
    ]


def regulation(conversation: Conversation, kit: SignalKit) -> list[Signal]:
    """Call-level `slope`, `slope_low`, `slope_high` (95 %) and `customer_calmed` (1 or 0); empty where no customer
    turn is heated or fewer than four exchanges could show a slope."""
    heat = _levels(conversation, "customer", kit)
    strain = _levels(conversation, "rep", kit)
    pairs = [_pair(exchange, heat, strain) for exchange in exchanges(conversation)]
    known = [pair for pair in pairs if pair]
    if len(known) < _MIN_PAIRS or max(x for x, _ in known) < HEATED_FROM:
        return []
    x, y = np.array([x for x, _ in known]), np.array([y for _, y in known])
    slope, margin = _slope(x, y)
    after = float(np.mean(x[int(np.argmax(x)) + 1 :])) if int(np.argmax(x)) + 1 < len(x) else float(x[-1])
    values = {
        "slope": slope,
        "slope_low": slope - margin,
        "slope_high": slope + margin,
        "customer_calmed": 1.0 if after < 0.5 * float(x.max()) else 0.0,
    }
    confidence = float(1 / (1 + margin))
    return [Signal("regulation", label, value, confidence) for label, value in values.items()]


def _levels(conversation: Conversation, speaker: str, kit: SignalKit) -> dict[int, tuple[Turn, float]]:
    question, label = ("escalation", "heated") if speaker == "customer" else ("tension", "tense")
    levels = {}
    for turn in conversation.turns:
        if turn.speaker != speaker or turn.is_backchannel:
            continue
        likely = kit.probability(question, label, [sentence.text for sentence in sentences_of(turn)])
        words = max(likely, default=0.0)
        # A raised voice makes heated words hotter; by itself it may be joy, effort or a bad line.
        levels[turn.turn_index] = (turn, float(np.clip(words * (1 + _raised(turn.voice)), 0, 1)))
    return levels


def _raised(voice: Voice | None) -> float:
    if voice is None:
        return 0.0
    parts = [z for z in (voice.pitch_z, voice.loudness_z, voice.rate_z) if z is not None]
    return _VOICE_WEIGHT * float(np.clip(fmean(parts), -2, 3)) if parts else 0.0


def _pair(
    exchange: Exchange, heat: dict[int, tuple[Turn, float]], strain: dict[int, tuple[Turn, float]]
) -> tuple[float, float] | None:
    if not exchange.cue or not exchange.response:
        return None
    return (
        max(heat[turn.turn_index][1] for turn in exchange.cue),
        max(strain[turn.turn_index][1] for turn in exchange.response),
    )


def _slope(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:  # type: ignore[type-arg]
    from scipy import stats

    if float(np.ptp(x)) == 0:
        return 0.0, 1.0
    fit = stats.linregress(x, y)
    return float(fit.slope), float(stats.t.ppf(0.975, len(x) - 2) * fit.stderr)


def _turn_signal(kind: str, label: str, turn: Turn, value: float) -> Signal:
    return Signal(kind, label, value, value, turn.turn_index, turn.start_s, turn.end_s, turn.text)
