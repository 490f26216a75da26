"""Random evidence rows of real calls, with what stands around each."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from coachlake.conversations.conversation import Conversation, conversation_from_lines
from coachlake.conversations.dialogue import Dialogue, dialogue_of
from coachlake.conversations.known import Known
from coachlake.conversations.roles import likely_conversation
from coachlake.rubrics.schema import Criterion
from coachlake.scoring.evidence import Evidence
from coachlake.speech.decode import decode
from evaluation.dialogues import RUBRIC_OF, sample
from evaluation.kit import EvaluationKit
from evaluation.sets import oasis, recordings
from evaluation.sets.find import NothingLabelledError, SetNotFoundError

_SEED = 16
_OF_EACH = {"stc3": 60, "annomi": 10, "primock57": 10}
_OPERATOR_CALLS = 60
# Turns shown before and after a quote: enough to see what it answers, few enough to read a hundred.
_BEFORE, _AFTER = 3, 1


@dataclass(frozen=True, slots=True)
class Row:
    """One piece of evidence. `around` are (speaker, text) from before the quote's turn to after it; what the reader may
    not see (set, call, confidence 0–1) goes to the key."""

    number: int
    criterion: str
    observes: str
    level: str
    means: str
    cue: str
    quote: str
    around: tuple[tuple[str, str], ...]
    data: str
    call_id: str
    rubric_id: str
    criterion_id: str
    confidence: float


def draw(folder: Path, kit: EvaluationKit, count: int, *, with_recordings: bool = True) -> list[Row]:
    """So many rows, each as likely as any other, of the dialogues and (by default) two-channel recordings of the sets;
    fewer where there are fewer. The same folder and product give the same rows. Raises NothingLabelledError where no
    set is there or nothing is shown."""
    shown: list[tuple[str, str, Dialogue, Evidence]] = []
    for data, rubric, call in _calls(folder, kit, with_recordings=with_recordings):
        if card := kit.try_score(call, rubric):
            shown += [(data, rubric, dialogue_of(call), evidence) for evidence in card.evidence]
    if not shown:
        raise NothingLabelledError("evidence of any call")
    chosen = Random(_SEED).sample(shown, min(count, len(shown)))
    return [
        row_of(number, data, rubric, call, evidence, kit.criterion(rubric, evidence.criterion_id))
        for number, (data, rubric, call, evidence) in enumerate(chosen, 1)
    ]


def _around(call: Dialogue, turn_index: int) -> tuple[tuple[str, str], ...]:
    """(speaker, text) of the turns that a reader is shown with a quote of this turn."""
    turns = call.turns[max(0, turn_index - _BEFORE) : turn_index + _AFTER + 1]
    return tuple((turn.speaker, turn.text) for turn in turns)


def _calls(folder: Path, kit: EvaluationKit, *, with_recordings: bool) -> list[tuple[str, str, Conversation]]:
    found: list[tuple[str, str, Conversation]] = []
    with suppress(NothingLabelledError):
        found += [(name, RUBRIC_OF[name], call) for name, calls in sample(folder, _OF_EACH).items() for call in calls]
    with suppress(NothingLabelledError, SetNotFoundError):
        known = sorted(oasis.calls(folder).items())
        for name, turns in Random(_SEED).sample(known, min(_OPERATOR_CALLS, len(known))):
            lines = [(turn.speaker, turn.text) for turn in turns]
            found.append(("bt_oasis", "insurance_service", conversation_from_lines(name, lines)))
    if with_recordings:
        with suppress(SetNotFoundError):
            for name, path in recordings.two_channel_calls(folder).items():
                transcript = kit.transcriber.transcript_of(decode(path))
                call = likely_conversation(name, transcript, Known(channel_layout="rep_left"))
                found.append(("recordings", "insurance_service", call))
    return found


def row_of(number: int, data: str, rubric: str, call: Dialogue, evidence: Evidence, criterion: Criterion) -> Row:
    """A piece of evidence as a reader is shown it. `data` and `rubric` (its id) go to the key."""
    return Row(
        number=number,
        criterion=criterion.name,
        observes=criterion.observes,
        level=evidence.level,
        means=criterion.anchors.of(evidence.level).description,
        cue=evidence.cue_quote or "",
        quote=evidence.quote,
        around=_around(call, evidence.turn_index),
        data=data,
        call_id=call.call_id,
        rubric_id=rubric,
        criterion_id=evidence.criterion_id,
        confidence=evidence.confidence,
    )
