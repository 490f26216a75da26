"""One task a file. A task takes the folder of labelled sets and the shared kit, and returns its results; it raises
SetNotFoundError where its set is missing. To add one: write the file, and name it here."""

from collections.abc import Callable
from pathlib import Path

from evaluation.kit import EvaluationKit
from evaluation.result import TaskResult
from evaluation.tasks import (
    acts,
    backchannels,
    confidence,
    cost,
    cost_of_checks,
    empathy,
    flips,
    gaming,
    helpdesk,
    interruptions,
    operators,
    outcomes,
    own,
    questions,
    reflections,
    transcription,
    traps,
    unheard,
)

Task = Callable[[Path, EvaluationKit], list[TaskResult]]

TASKS: dict[str, Task] = {
    "open_closed": questions.open_closed,
    "question_form": questions.question_form,
    "reflection": reflections.reflection,
    "reformulation": reflections.reformulation,
    "empathy_level": empathy.empathy_level,
    "explorations": empathy.explorations,
    "backchannels": backchannels.backchannels,
    "interruption": interruptions.interruption,
    "diarization": transcription.diarization,
    "word_errors": transcription.word_errors,
    "speaker_by_word": transcription.speaker_by_word,
    "unheard": unheard.unheard,
    "cost": cost.cost,
    "cost_of_checks": cost_of_checks.cost_of_checks,
    "own_hedge": own.hedge,
    "own_empathy": own.empathy,
    "own_phases": own.phases,
    "own_escalation": own.escalation,
    "own_adaptability": own.adaptability,
    "acts": acts.acts,
    "dated_commitment": acts.dated_commitment,
    "traps": traps.traps,
    "operator_questions": operators.operator_questions,
    "operator_commitments": operators.operator_commitments,
    "unmarked_questions": operators.unmarked_questions,
    "helpdesk": helpdesk.helpdesk,
    "flips": flips.flips,
    "gaming": gaming.gaming,
    "confidence": confidence.confidence,
    "quality": outcomes.quality,
    "conversion": outcomes.conversion,
}
