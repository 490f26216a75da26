"""Feedback on each key moment: what was said, which anchor it met, what a good one sounds like in this situation."""

import re
from dataclasses import dataclass

from coachlake.practice.customer.acts import CustomerAct
from coachlake.practice.scenarios.schema import Scenario
from coachlake.practice.session import Session
from coachlake.rubrics.schema import Criterion, Level, Rubric
from coachlake.scoring.evidence import Evidence, ScoreCard
from coachlake.signals.questions import form_of

# Moments a rep reads after an attempt: the focus in full, of every other skill the two that weigh most.
_SHOWN_FOCUS, _SHOWN_OTHER = 6, 2
_WORST_FIRST = {"poor": 0, "average": 1, "good": 2}


@dataclass(frozen=True, slots=True)
class Feedback:
    """One moment. `good_answer` is None where what was said already is one; `is_general` where it comes from the
    rubric's examples because the scenario has none for it."""

    criterion_id: str
    criterion_name: str
    turn_index: int
    level: Level
    cue: str | None
    quote: str
    anchor: str
    good_answer: str | None
    is_general: bool = False


def feedback(session: Session, rubric: Rubric, card: ScoreCard) -> tuple[Feedback, ...]:
    """The key moments of a scored session: the focus criterion first, then the others in the rubric's order."""
    focus = session.scenario.focus
    criteria = sorted(rubric.criteria, key=lambda criterion: criterion.id != focus)
    found: list[Feedback] = []
    for criterion in criteria:
        moments = [moment for moment in card.evidence if moment.criterion_id == criterion.id]
        moments.sort(key=lambda moment: (_WORST_FIRST[moment.level], -moment.confidence))
        shown = moments[: _SHOWN_FOCUS if criterion.id == focus else _SHOWN_OTHER]
        shown.sort(key=lambda moment: moment.turn_index)
        found += [_of(session, criterion, moment, at) for at, moment in enumerate(shown, start=len(found))]
    return tuple(found)


def _of(session: Session, criterion: Criterion, moment: Evidence, at: int) -> Feedback:
    good, is_general = None, False
    if moment.level != "good":
        pool = tuple(one for one in good_answers(session, criterion, moment) if not _is_same(one, moment.quote))
        # A scenario made from a live call borrows the rubric's examples for a fix that nobody gave in that call.
        is_borrowed = criterion.opportunity == "rep_answer" and session.scenario.from_evidence_id is not None
        is_general = not pool or is_borrowed
        pool = pool or criterion.anchors.good.examples
        # Another wording each time: the moment's place and the seed choose, so that a retake reads differently.
        good = pool[(session.seed + at) % len(pool)]
    return Feedback(
        criterion.id, criterion.name, moment.turn_index, moment.level, moment.cue_quote, moment.quote,
        criterion.anchors.of(moment.level).description, good, is_general,
    )  # fmt: skip


def _is_same(one: str, other: str) -> bool:
    """Whether two sentences are the same but for case and punctuation: nobody is shown their own words as better."""
    plain, said = (re.sub(r"\W+", " ", text).strip().lower() for text in (one, other))
    return plain == said


def good_answers(session: Session, criterion: Criterion, moment: Evidence) -> tuple[str, ...]:
    """What a good one sounds like at that moment of this scenario; empty where the scenario does not say."""
    scenario, opportunity = session.scenario, criterion.opportunity
    acts = session.lines[moment.cue_turn_index].acts if moment.cue_turn_index is not None else ()
    named = scenario.good_answers.get(criterion.id, ())
    if opportunity == "rep_question":
        return _questions(session)
    if opportunity == "rep_answer":
        return named or _fixes(scenario, acts, session.state.raised)
    voiced = {act.about for act in acts}
    here = [challenge for challenge in scenario.challenges if challenge.id in voiced]
    if opportunity in ("customer_trouble", "customer_heated", "failed_attempt"):
        return here[-1].good_answers if here else named
    return named


def _questions(session: Session) -> tuple[str, ...]:
    """Open questions that would have brought out what was never told; else any of the scenario's open ones."""
    facts = session.state.untold or session.scenario.facts
    asked = [question for fact in facts for question in fact.asked_by]
    return tuple(question for question in asked if form_of(question, session.kit) == "open") or tuple(asked)


def _fixes(scenario: Scenario, acts: tuple[CustomerAct, ...], raised: tuple[str, ...]) -> tuple[str, ...]:
    about = {act.about for act in acts if act.function in ("issue", "brings_back")} or set(raised[:1])
    return tuple(fix for issue in scenario.issues if issue.id in about for fix in issue.good_fixes)
