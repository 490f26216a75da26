"""Moments that should not count: strike one, see what is struck, let it count again."""

from typing import Any

import streamlit as st

from coachlake.app.parts import note, says, your_name
from coachlake.app.queries import call as calls
from coachlake.app.strikes import keep, struck
from coachlake.app.viewer import viewer
from coachlake.display.formatting import clock, named, plain, rows
from coachlake.scoring.evidence import Struck


def render(facts: Any) -> None:
    """The section, for those who decide about this call; others see what is struck."""
    gone = struck(facts.call_id)
    taken = {_moment(row) for row in gone}
    left = [row for row in rows(calls.moments(facts)) if _moment(row) not in taken]
    if not gone and not (left and viewer().may_decide):
        return
    st.header("Moments that should not count")
    says("A struck moment counts for its score no more: with the next run the score moves by what the moment carried.")
    for row in gone:
        note(f"Struck by {row.struck_by} from {named(row.criterion_id)}: “{row.quote}” ({row.why})")
    if not viewer().may_decide:
        return
    if left:
        _strike(facts.call_id, left)
    if gone:
        _count_again(facts.call_id, gone)


def _strike(call_id: str, left: list[Any]) -> None:
    with st.form(f"strike_{call_id}", clear_on_submit=True):
        row = st.selectbox("Moment", left, format_func=_label)
        why = st.text_input("Why it should not count")
        who = your_name("Struck by", f"strike_who_{call_id}", st.session_state.get("who", ""))
        if st.form_submit_button("Strike"):
            _tell(keep(call_id, _moment(row), why, who), "Struck. The call is scored without it in the next run.")


def _count_again(call_id: str, gone: list[Any]) -> None:
    with st.form(f"unstrike_{call_id}", clear_on_submit=True):
        row = st.selectbox("Struck moment", gone, format_func=lambda one: f"{named(one.criterion_id)}: {one.quote}")
        who = your_name("Taken back by", f"unstrike_who_{call_id}", st.session_state.get("who", ""))
        if st.form_submit_button("Let it count again"):
            problem = keep(call_id, _moment(row), "", who, is_struck=False)
            _tell(problem, "It counts again from the next run on.")


def _tell(problem: str | None, done: str) -> None:
    if problem:
        st.error(plain(problem))
    else:
        st.success(plain(done))


def _moment(row: Any) -> Struck:
    return Struck(row.criterion_id, int(row.turn_index), row.quote)


def _label(row: Any) -> str:
    return f"{named(row.criterion_id)}, {row.level}, {clock(row.start_s)}: {row.quote}"
