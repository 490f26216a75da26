"""Evidence of a moment: what was said, what it answers, and why it counts."""

from coachlake.conversations.conversation import Turn
from coachlake.conversations.sentences import Sentence
from coachlake.rubrics.schema import Criterion, Level
from coachlake.scoring.evidence import Evidence


def moment_evidence(
    criterion: Criterion, level: Level, said: Turn | Sentence, cue: Turn | None, why: str, confidence: float
) -> Evidence:
    """`said` (the rep's turn or a sentence of it, quoted verbatim) as evidence for `level`; `cue`: what it answers."""
    return Evidence(
        criterion_id=criterion.id,
        level=level,
        turn_index=said.turn_index,
        quote=said.text,
        start_s=said.start_s,
        end_s=said.end_s,
        cue_turn_index=cue.turn_index if cue else None,
        cue_quote=cue.text if cue else None,
        cue_start_s=cue.start_s if cue else None,
        why=why,
        confidence=confidence,
    )
