"""All signals of a conversation."""

from collections.abc import Mapping
from dataclasses import replace

from coachlake.conversations.conversation import Phase
from coachlake.conversations.dialogue import Dialogue
from coachlake.signals.adaptability import adaptations
from coachlake.signals.empathy import empathy_moments
from coachlake.signals.hedges import hedges
from coachlake.signals.interruptions import interruptions
from coachlake.signals.kit import SignalKit
from coachlake.signals.listening import acknowledgements, clarifying_questions, paraphrases
from coachlake.signals.outcome import outcome
from coachlake.signals.phases import phase_of_turns, solutions
from coachlake.signals.questions import questions
from coachlake.signals.regulation import pressure
from coachlake.signals.signal import Signal
from coachlake.signals.talk import talk_measures


def extract_signals(dialogue: Dialogue, kit: SignalKit) -> list[Signal]:
    """Every signal found (kinds in `coachlake.signals.signal.SIGNAL_KINDS`), each occurrence with its phase.

    Signals that need a clock are absent from an untimed dialogue; a signal without an opportunity is absent, not zero.
    """
    exchanges = dialogue.exchanges
    offered = [found for exchange in exchanges for found in solutions(exchange, kit)]
    phases = phase_of_turns(dialogue, offered)
    cut = interruptions(dialogue)
    asked = [_with_phase(found, phases) for exchange in exchanges for found in questions(exchange, kit)]
    empathy = empathy_moments(dialogue, kit)
    found = [
        *talk_measures(dialogue, len(cut)),
        *cut,
        *asked,
        *(found for exchange in exchanges for found in hedges(exchange, kit)),
        *empathy,
        *paraphrases(dialogue, kit),
        *clarifying_questions(asked),
        *acknowledgements(empathy),
        *offered,
        *pressure(dialogue, kit),
        *outcome(dialogue, kit),
        *adaptations(dialogue, kit),
    ]
    return [_with_phase(signal, phases) for signal in found]


def _with_phase(signal: Signal, phases: Mapping[int, Phase]) -> Signal:
    if signal.turn_index is None:
        return signal
    return replace(signal, phase=phases[signal.turn_index])
