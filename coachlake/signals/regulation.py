"""Emotional regulation under pressure: how the rep's tension moves as the customer escalates.

Escalation and tension are each 0–1 a turn, from words and, where there is audio, from voice against the speaker's
own baseline. Regulation is the slope of the rep's tension on the escalation it answers, by least squares with a
95 % interval; a rep who stays level has a slope near 0. Not applicable where the customer never escalates.
"""

from statistics import fmean

import numpy as np

from coachlake.conversations.conversation import Turn, Voice
from coachlake.conversations.dialogue import Dialogue, Exchange
from coachlake.signals.kit import SignalKit
from coachlake.signals.signal import Signal, signal_at

# On held-out items of the act model's own bank: .85 of what reaches it is irritated or heated, .84 of the heated do.
HEATED_FROM = 0.4
TENSE_FROM = 0.65
_MIN_PAIRS = 4
# One robust standard deviation louder, faster and higher scales a turn by this much: voice supports words, it does
# not outvote them.
_VOICE_WEIGHT = 0.1


_Levels = dict[int, float]  # turn_index → 0–1


def pressure(dialogue: Dialogue, kit: SignalKit) -> list[Signal]:
    """Each heated customer turn (`escalation`), each rep turn that is clipped, defensive, blaming, louder or faster
    than their own baseline (`tension`), value 0–1; then what `regulation` makes of both."""
    heat, strain = _levels(dialogue, kit)
    return [
        *(signal_at(dialogue.turns[at], "escalation", "heated", x, x) for at, x in heat.items() if x >= HEATED_FROM),
        *(signal_at(dialogue.turns[at], "tension", "tense", x, x) for at, x in strain.items() if x >= TENSE_FROM),
        *_regulation(dialogue, heat, strain),
    ]


def _regulation(dialogue: Dialogue, heat: _Levels, strain: _Levels) -> list[Signal]:
    """Call-level `slope`, `slope_low`, `slope_high` (95 %) and `customer_calmed` (1 or 0); empty where no customer
    turn is heated or fewer than four exchanges could show a slope."""
    pairs = [_pair(exchange, heat, strain) for exchange in dialogue.exchanges]
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


def _levels(dialogue: Dialogue, kit: SignalKit) -> tuple[_Levels, _Levels]:
    """How heated each customer turn is, how tense each rep turn, each against what it answers."""
    heat: _Levels = {}
    strain: _Levels = {}
    for exchange in dialogue.exchanges:
        for turn in exchange.cue:
            heat[turn.turn_index] = _level(dialogue, turn, ("escalation", "heated"), exchange.before, kit)
        for turn in exchange.response:
            strain[turn.turn_index] = _level(dialogue, turn, ("tension", "tense"), exchange.cue_text, kit)
    return heat, strain


def _level(dialogue: Dialogue, turn: Turn, asked: tuple[str, str], cue: str, kit: SignalKit) -> float:
    said = [sentence.text for sentence in dialogue.sentences[turn.turn_index]]
    words = max(kit.probability(*asked, said, cue), default=0.0)
    # A raised voice makes heated words hotter; by itself it may be joy, effort or a bad line.
    return float(np.clip(words * (1 + _raised(turn.voice)), 0, 1))


def _raised(voice: Voice | None) -> float:
    if voice is None:
        return 0.0
    parts = [z for z in (voice.pitch_z, voice.loudness_z, voice.rate_z) if z is not None]
    return _VOICE_WEIGHT * float(np.clip(fmean(parts), -2, 3)) if parts else 0.0


def _pair(exchange: Exchange, heat: _Levels, strain: _Levels) -> tuple[float, float] | None:
    if not exchange.cue or not exchange.response:
        return None
    return (
        max(heat[turn.turn_index] for turn in exchange.cue),
        max(strain[turn.turn_index] for turn in exchange.response),
    )


def _slope(x: np.ndarray, y: np.ndarray) -> tuple[float, float]:  # type: ignore[type-arg]
    from scipy import stats

    if float(np.ptp(x)) == 0:
        return 0.0, 1.0
    fit = stats.linregress(x, y)
    return float(fit.slope), float(stats.t.ppf(0.975, len(x) - 2) * fit.stderr)
