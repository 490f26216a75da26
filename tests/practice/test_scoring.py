"""Scripted reps through every scenario. `benchmarks/practice_reps.py` plays many more seeds."""

from collections.abc import Callable
from itertools import product

from benchmarks.practice_reps import ENDING, better_share
from coachlake.practice.scoring import Result, score_session
from coachlake.practice.session import Session
from coachlake.scoring.scorer import Scorer
from tests.practice.conftest import NAMES
from tests.practice.reps import play, rep

Start = Callable[[str, int], Session]
SEEDS = range(3)


def played(kind: str, start: Start, scorers: dict[str, Scorer]) -> dict[tuple[str, int], tuple[Session, Result]]:
    found = {}
    for name, seed in product(NAMES, SEEDS):
        session = play(start(name, seed), rep(kind, name, seed))
        found[name, seed] = (session, score_session(session, scorers[session.scenario.rubric_id]))
    return found


def test_better_reps_end_better_and_score_higher(start: Start, scorers: dict[str, Scorer]) -> None:
    excellent, scripted, dismissive = (played(k, start, scorers) for k in ("excellent", "scripted", "dismissive"))
    for better, worse in ((excellent, scripted), (scripted, dismissive)):
        ends, scores = better_share(better, worse)
        assert ends >= 0.95
        assert scores >= 0.9
    assert sum(result.is_passed for _, result in excellent.values()) >= 0.6 * len(excellent)
    assert not any(result.is_passed for _, result in [*scripted.values(), *dismissive.values()])


def test_magic_phrases_do_not_pass(start: Start, scorers: dict[str, Scorer]) -> None:
    for session, result in played("magic", start, scorers).values():
        assert not result.is_passed
        assert ENDING[session.ended_by or ""] < ENDING["resolved"]


def test_evidence_is_verbatim_and_feedback_fits_the_situation(start: Start, scorers: dict[str, Scorer]) -> None:
    session = play(start("anxious_claimant", 2), rep("dismissive", "anxious_claimant", 2))
    result = score_session(session, scorers["insurance_service"])
    assert result.feedback
    own = {answer for challenge in session.scenario.challenges for answer in challenge.good_answers}
    for moment in result.feedback:
        assert moment.quote in session.lines[moment.turn_index].text
        assert (moment.good_answer is None) == (moment.level == "good")
    assert any(moment.good_answer in own for moment in result.feedback)
    assert result.feedback[0].criterion_id == "empathy"


def test_a_text_session_is_untimed(start: Start, scorers: dict[str, Scorer]) -> None:
    session = play(start("silent_customer", 1), rep("excellent", "silent_customer", 1))
    scores = {s.criterion_id: s for s in score_session(session, scorers["technical_support"]).card.scores}
    assert scores["interruptions"].abstained_reason == "untimed"
