"""Moments that should not count: strike one, see what is struck, let it count again."""

from typing import Any

import streamlit as st

from coachlake.app.data import query_now
from coachlake.app.parts import note, says, your_name
from coachlake.app.queries import call as calls
from coachlake.app.strikes import keep
from coachlake.app.viewer import viewer
from coachlake.display.formatting import clock, named, plain, rows
from coachlake.scoring.evidence import Struck

_STRUCK = """
    SELECT criterion_id, turn_index, quote, arg_max(why, row(struck_at, strike_id)) AS why,
        arg_max(struck_by, row(struck_at, strike_id)) AS struck_by
    FROM lake.raw.strikes WHERE call_id = $1
    GROUP BY ALL HAVING arg_max(is_struck, row(struck_at, strike_id)) ORDER BY turn_index, criterion_id
"""


def render(facts: Any) -> None:
    """The section, for those who decide about this call; others see what is struck."""
    struck = rows(query_now(_STRUCK, (facts.call_id,)))
    taken = {Struck(row.criterion_id, int(row.turn_index), row.quote) for row in struck}
    left = [row for row in rows(calls.moments(facts)) if _moment(row) not in taken]
    if not struck and not (left and viewer().may_decide):
        return
    st.header("Moments that should not count")
    says("A struck moment counts for its score no more: with the next run the score moves by what the moment carried.")
    for row in struck:
        note(f"Struck by {row.struck_by} from {named(row.criterion_id)}: “{row.quote}” ({row.why})")
    if not viewer().may_decide:
        return
    if left:
        _strike(facts.call_id, left)
    if struck:
        _count_again(facts.call_id, struck)


def _strike(call_id: str, left: list[Any]) -> None:
    with st.form(f"strike_{call_id}", clear_on_submit=True):
        row = st.selectbox("Moment", left, format_func=_label)
        why = st.text_input("Why it should not count")
        who = your_name("Struck by", f"strike_who_{call_id}", st.session_state.get("who", ""))
        if st.form_submit_button("Strike"):
            _tell(keep(call_id, _moment(row), why, who), "Struck. The call is scored without it in the next run.")


def _count_again(call_id: str, struck: list[Any]) -> None:
    with st.form(f"unstrike_{call_id}", clear_on_submit=True):
        row = st.selectbox("Struck moment", struck, format_func=lambda one: f"{named(one.criterion_id)}: {one.quote}")
        who = your_name("Taken back by", f"unstrike_who_{call_id}", st.session_state.get("who", ""))
        if st.form_submit_button("Let it count again"):
            problem = keep(call_id, _moment(row), "", who, is_struck=False)
            _tell(problem, "It counts again from the next run on.")


def _tell(problem: str | None, done: str) -> None:
    st.error(plain(problem)) if problem else st.success(plain(done))


def _moment(row: Any) -> Struck:
    return Struck(row.criterion_id, int(row.turn_index), row.quote)


def _label(row: Any) -> str:
    return f"{named(row.criterion_id)}, {row.level}, {clock(row.start_s)}: {row.quote}"
