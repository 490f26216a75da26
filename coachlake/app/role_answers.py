"""Keeping what a person says of who is who in a call, and telling them on the page."""

from collections.abc import Sequence

import streamlit as st

from coachlake.access.viewer import Role
from coachlake.app.data import by_whom, look_at, settings
from coachlake.app.viewer import viewer
from coachlake.display.formatting import plain

_KEPT = "role_kept"


def kept() -> None:
    """Say once, on the page that follows, that an answer was kept."""
    if said := st.session_state.pop(_KEPT, None):
        st.success(plain(said))


def answer(call_id: str, label: str, labels: Sequence[str], who: str, queue: str | None = None) -> None:
    """Keep who the rep is (with `queue`: also as a rule for its calls) and show the page anew, or say what is wrong.

    It is by whoever has signed in. A coach answers for calls of their teams, an admin for a queue: it may have others.
    """
    if problem := keep(call_id, label, labels, who.strip(), queue):
        st.error(plain(problem))
        return
    st.session_state[_KEPT] = f"Kept: {label} is the rep of {call_id}. It is scored by that with the next run."
    st.rerun()


def keep(call_id: str, label: str, labels: Sequence[str], who: str, queue: str | None = None) -> str | None:
    """Keep it in the name of whoever has signed in, else of `who`; why it was not kept, None where it was."""
    from coachlake.lake.role_answers import answer_who_is_rep

    who = by_whom(who)
    if not who:
        return "Please give your name, so that the answer can be traced."
    if not (viewer().may_decide and look_at(call_id, "answer")) or (queue and Role.ADMIN not in viewer().roles):
        return "Not saved: this call, or this queue, is not yours to answer for."
    try:
        answer_who_is_rep(settings(), call_id=call_id, label=label, labels=labels, answered_by=who)
        if queue:
            answer_who_is_rep(settings(), call_id=call_id, label=label, labels=labels, answered_by=who, queue=queue)
    except ValueError as error:
        return f"Not saved: {error}."
    return None
