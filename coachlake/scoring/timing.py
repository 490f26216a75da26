"""What words cannot show: who took the floor when, and who held it for how long."""

from collections.abc import Collection, Sequence

from coachlake.conversations.conversation import Speaker, Turn
from coachlake.conversations.dialogue import Dialogue
from coachlake.conversations.statements import Statement
from coachlake.rubrics.schema import Criterion
from coachlake.scoring.evidence import Evidence, Score, Struck
from coachlake.scoring.moment import moment_evidence
from coachlake.signals.signal import Signal

# Interruptions shown per call; a coach needs the clearest ones, not all.
_SHOWN = 8
# Who hardly speaks cannot be cut off: a call counts from this many customer statements on, of this many words and more.
_LEAST_STATEMENTS = 3
_STATEMENT_WORDS = 3


def score_timing(
    criterion: Criterion, dialogue: Dialogue, signals: list[Signal], struck: Collection[Struck] = ()
) -> tuple[Score, list[Evidence]]:
    """A criterion measured by time: the share of interrupted customer statements, or of the rep's talk. A struck
    interruption counts neither as one nor as a statement."""
    if criterion.opportunity == "talk_time":
        return _score_talk(criterion, dialogue)
    return _score_interruptions(criterion, dialogue, signals, struck)


def _score_talk(criterion: Criterion, dialogue: Dialogue) -> tuple[Score, list[Evidence]]:
    """The rep's share of all talk, in seconds, or in words where there is no clock; the rep's longest turn shows it.

    Not applicable where only one of the two speaks.
    """
    speakers: tuple[Speaker, Speaker] = ("rep", "customer")
    rep, customer = (sum(_amount(turn, dialogue) for turn in dialogue.by(speaker)) for speaker in speakers)
    if not rep or not customer:
        return Score(criterion.id, None, None, 0.0, 0, "no_opportunity"), []
    share = rep / (rep + customer)
    score = criterion.score_of(share)
    level = criterion.level_of(score)
    longest = max(dialogue.by("rep"), key=lambda turn: _amount(turn, dialogue))
    unit = "time" if dialogue.is_timed else "words"
    why = f"The rep had {share:.0%} of all talk ({unit}); this is their longest turn."
    return Score(criterion.id, score, level, 0.9, 1), [moment_evidence(criterion, level, longest, None, why, 0.9)]


def _amount(turn: Turn, dialogue: Dialogue) -> float:
    return turn.duration_s if dialogue.is_timed else float(turn.word_count)


def _score_interruptions(
    criterion: Criterion, dialogue: Dialogue, signals: list[Signal], struck: Collection[Struck]
) -> tuple[Score, list[Evidence]]:
    """Interrupted statements over customer statements, on the criterion's scale.

    NULL for an untimed call, and where the customer makes fewer than three statements of three words.
    """
    if not dialogue.is_timed:
        return Score(criterion.id, None, None, 0.0, 0, "untimed"), []
    statements = dialogue.statements
    if sum(len(statement.text.split()) >= _STATEMENT_WORDS for statement in statements) < _LEAST_STATEMENTS:
        return Score(criterion.id, None, None, 0.0, 0, "no_opportunity"), []
    all_cut = [signal for signal in signals if signal.kind == "interruption"]
    cut = [one for one in all_cut if (criterion.id, one.turn_index, one.quote) not in struck]
    count = max(len(statements) - len(all_cut) + len(cut), 1)
    amount = len(cut) / count if criterion.scale.by == "poor_share" else float(len(cut))
    score = criterion.score_of(amount)
    # Whether a handful of statements says much about a call: the half-width of a share shrinks with root n.
    confidence = round(1 - 0.5 / count**0.5, 3)
    evidence = [_interruption(criterion, dialogue, signal) for signal in cut[:_SHOWN]]
    if not cut and (kept := _let_finish(criterion, dialogue, statements)):
        evidence = [kept]
    return Score(criterion.id, score, criterion.level_of(score), confidence, count), evidence


def _interruption(criterion: Criterion, dialogue: Dialogue, signal: Signal) -> Evidence:
    cue = dialogue.turns[signal.cue_turn_index or 0]
    why = f"The rep started {signal.value or 0:.1f} s before the customer's statement ended and took the floor."
    return Evidence(
        criterion_id=criterion.id,
        level="poor",
        turn_index=signal.turn_index or 0,
        quote=signal.quote or "",
        start_s=signal.start_s or 0.0,
        end_s=signal.end_s or 0.0,
        cue_turn_index=cue.turn_index,
        cue_quote=cue.text,
        cue_start_s=cue.start_s,
        why=why,
        confidence=signal.confidence,
    )


def _let_finish(criterion: Criterion, dialogue: Dialogue, statements: Sequence[Statement]) -> Evidence | None:
    """The longest statement the rep let the customer finish, and what the rep said then."""
    longest = max(statements, key=lambda statement: statement.end_s - statement.start_s)
    cue = longest.turns[-1]
    answer = next((turn for turn in _answers(dialogue, longest) if turn.text.strip()), None)
    if answer is None:
        return None
    seconds = longest.end_s - longest.start_s
    why = f"The rep let the customer finish a statement of {seconds:.0f} s before answering."
    return moment_evidence(criterion, "good", answer, cue, why, 0.9)


def _answers(dialogue: Dialogue, statement: Statement) -> list[Turn]:
    return [turn for turn in dialogue.by("rep") if turn.start_s >= statement.end_s - 0.3]
