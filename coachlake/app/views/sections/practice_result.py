"""What an attempt came to: the score, each key moment with a good answer, and what moved the customer."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from coachlake.app.parts import Figure, columns_of, figures, lead, note, says, table
from coachlake.display.formatting import LEVEL_NAMES, html, named, number, signed
from coachlake.practice.feedback import Feedback
from coachlake.practice.scoring import Result
from coachlake.practice.session import Session

ENDINGS = {
    "resolved": "The customer's problem was settled.",
    "unresolved": "The call ended without a solution.",
    "customer_hung_up": "The customer hung up.",
    "rep_left": "You ended the call.",
}


def render_verdict(session: Session, result: Result) -> None:
    """How it ended, whether it is passed, and the figures."""
    scenario = session.scenario
    verdict = "Passed." if result.is_passed else "Not passed yet."
    st.subheader("How it went")
    lead(ENDINGS[session.ended_by or "rep_left"] + Markup(" <strong>{}</strong>").format(verdict))
    focus = "not called for" if result.focus_score is None else number(result.focus_score)
    applied = [score for score in result.card.scores if score.score is not None]
    figures(
        [
            Figure(named(scenario.focus), focus, [f"pass from {scenario.pass_threshold:.0f} of 100"]),
            Figure("Overall", number(result.overall_score), [f"over {len(applied)} skills that applied"]),
            Figure(
                "Customer at the end", f"{100 * session.state.affect.satisfaction:.0f} %", ["trust, patience, calm"]
            ),
        ]
    )


def render_moments(session: Session, result: Result) -> None:
    """Each key moment with a good answer, and what moved the customer."""
    st.subheader("Key moments")
    for moment in result.feedback:
        st.html(_moment(moment))
    st.subheader("What moved the customer")
    says("Each thing you did that the customer noticed, in order.")
    moved = pd.DataFrame(result.moved, columns=["turn", "why", "change"])
    shown = columns_of(
        moved, turn=lambda row: str(row.turn), change=lambda row: signed(100 * row.change), why=lambda row: row.why
    )
    st.html(table(shown, {"turn": "Turn", "change": "Points", "why": "What you did"}, numbers=["turn", "change"]))
    note(
        "Points of 100 of what the customer felt: trust, patience, calm. In writing nobody can be interrupted, so that "
        "skill is scored in calls and by voice only."
    )


def _moment(moment: Feedback) -> str:
    cue = f'<p><span class="who">Customer</span> “{html(moment.cue)}”</p>' if moment.cue else ""
    good = ""
    if moment.good_answer:
        whose = "A good one, in general" if moment.is_general else "A good one here"
        good = f'<p><span class="who">{whose}</span> “{html(moment.good_answer)}”</p>'
    return (
        f'<blockquote class="cl-quote {moment.level}">{cue}'
        f'<p><span class="who">You</span> “{html(moment.quote)}”</p>'
        f'<p class="cl-note"><span class="cl-level {moment.level}">{LEVEL_NAMES[moment.level]}</span> '
        f"{html(moment.criterion_name)}: {html(moment.anchor)}</p>{good}</blockquote>"
    )
