"""A finished session as a scored call: the same signals, scorer and evidence as any live call."""

from dataclasses import dataclass

from coachlake.conversations.dialogue import Dialogue
from coachlake.practice.feedback import Feedback, feedback
from coachlake.practice.session import Session
from coachlake.scoring.evidence import ScoreCard
from coachlake.scoring.scorer import Scorer
from coachlake.signals.extract import extract_signals
from coachlake.signals.signal import Signal


@dataclass(frozen=True, slots=True)
class Result:
    """What a session came to. `focus_score` is 0–100, None where the focus skill was never called for."""

    dialogue: Dialogue
    signals: list[Signal]
    card: ScoreCard
    focus_score: float | None
    is_passed: bool
    feedback: tuple[Feedback, ...]
    moved: tuple[tuple[int, str, float], ...]  # (rep turn from 1, what it was, change in satisfaction)

    @property
    def overall_score(self) -> float | None:
        """The weighted mean of all criteria that applied, 0–100."""
        return self.card.overall


def score_session(session: Session, scorer: Scorer) -> Result:
    """Score a session under its scenario's rubric, as far as it went.

    Passed: the focus criterion reached the scenario's threshold and the customer's problem was settled; a good
    sentence in a call that fails is no pass. Raises ValueError for the scorer of another rubric.
    """
    scenario = session.scenario
    if scorer.rubric.id != scenario.rubric_id:
        raise ValueError(f"{scenario.id} is scored by {scenario.rubric_id}, not by {scorer.rubric.id}")
    dialogue = session.dialogue()
    signals = extract_signals(dialogue, session.kit)
    card = scorer.score(dialogue, signals)
    focus = next((score.score for score in card.scores if score.criterion_id == scenario.focus), None)
    is_passed = focus is not None and focus >= scenario.pass_threshold and session.ended_by == "resolved"
    moments = feedback(session, scorer.rubric, card)
    return Result(dialogue, signals, card, focus, is_passed, moments, _moved(session))


def _moved(session: Session) -> tuple[tuple[int, str, float], ...]:
    return tuple(
        (turn, one.why, round((one.trust + one.patience - one.anger) / 3, 3))
        for turn, one in session.state.appraised
        if one.name != "turn"
    )
