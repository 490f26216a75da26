"""All signals of a conversation."""

from collections.abc import Mapping
from dataclasses import replace

from coachlake.conversations.conversation import Conversation, Phase
from coachlake.signals.adaptability import adaptations
from coachlake.signals.empathy import empathy_moments
from coachlake.signals.hedges import hedges
from coachlake.signals.interruptions import interruptions
from coachlake.signals.kit import SignalKit
from coachlake.signals.listening import acknowledgements, clarifying_questions, paraphrases
from coachlake.signals.phases import phase_of_turns, solutions
from coachlake.signals.questions import questions
from coachlake.signals.regulation import escalations, regulation, tensions
from coachlake.signals.signal import Signal
from coachlake.signals.talk import talk_measures


def extract_signals(conversation: Conversation, kit: SignalKit) -> list[Signal]:
    """Every signal found (kinds in `coachlake.signals.signal.SIGNAL_KINDS`), each occurrence with its phase.

    Backchannels must be marked before (`coachlake.conversations.backchannels`). Signals that need a clock are absent
    from an untimed conversation; a signal without an opportunity is absent, not zero.
    """
    offered = solutions(conversation, kit)
    phases = phase_of_turns(conversation, offered)
    cut = interruptions(conversation)
    asked = [_with_phase(question, phases) for question in questions(conversation)]
    empathy = empathy_moments(conversation, kit)
    found = [
        *talk_measures(conversation, len(cut)),
        *cut,
        *asked,
        *hedges(conversation, kit),
        *empathy,
        *paraphrases(conversation, kit),
        *clarifying_questions(conversation, asked),
        *acknowledgements(empathy),
        *offered,
        *escalations(conversation, kit),
        *tensions(conversation, kit),
        *regulation(conversation, kit),
        *adaptations(conversation, kit),
    ]
    return [_with_phase(signal, phases) for signal in found]


def _with_phase(signal: Signal, phases: Mapping[int, Phase]) -> Signal:
    if signal.turn_index is None:
        return signal
    return replace(signal, phase=phases[signal.turn_index])
