"""What people say about a call's scores: reviews so far, and a form to review or dispute one."""

from typing import Any, cast

import pandas as pd
import streamlit as st

from coachlake.app.data import query_now
from coachlake.app.parts import note, says, table, your_name
from coachlake.app.queries import call as calls
from coachlake.app.reviews import Entry, save
from coachlake.display.formatting import LEVEL_NAMES, day, is_missing, named, plain, rows
from coachlake.rubrics.schema import Level

NOT_APPLICABLE = "not applicable"
LEVELS = ("good", "average", "poor", NOT_APPLICABLE)


def render(facts: Any) -> None:
    """The section."""
    st.header("Review or dispute a score")
    says("A dispute goes to the calibration queue; the score stays as it is until people and machine are compared.")
    scored = calls.scores(facts)
    names = {row.criterion_id: row.criterion_name or named(row.criterion_id) for row in rows(scored)}
    with st.form(f"review_{facts.call_id}", clear_on_submit=False):
        left, middle, right = st.columns(3)
        criterion = left.selectbox("Score", list(names), format_func=lambda c: names[c])
        level = middle.selectbox("What it should be", LEVELS, format_func=str.capitalize)
        with right:
            reviewer = your_name("Your name", f"reviewer_{facts.call_id}", st.session_state.get("who", ""))
        said = st.text_area("Why (name the moment)", height=80)
        is_dispute = st.checkbox("I dispute the machine's score", value=True)
        if st.form_submit_button("Save", type="primary"):
            _save(facts.call_id, criterion, level, reviewer, said, is_dispute)
    _so_far(facts.call_id, names)


def _save(call_id: str, criterion: str, level: str, reviewer: str, said: str, is_dispute: bool) -> None:
    given = None if level == NOT_APPLICABLE else cast(Level, level)
    with st.spinner("Saving…"):
        problem = save(Entry(call_id, criterion, reviewer, given, said, is_dispute=is_dispute, is_blind=False))
    if problem:
        st.error(plain(problem))
        return
    st.session_state["who"] = reviewer
    st.success("Saved. It counts from the next calibration on.")


def _so_far(call_id: str, names: dict[str, str]) -> None:
    found = query_now("SELECT * FROM lake.raw.human_reviews WHERE call_id = $1 ORDER BY reviewed_at DESC", (call_id,))
    if found.empty:
        note("No person has reviewed this call yet.")
        return
    shown = pd.DataFrame(
        {
            "score": [names.get(c, named(c)) for c in found["criterion_id"]],
            "level": [NOT_APPLICABLE if is_missing(v) else LEVEL_NAMES[v] for v in found["level"]],
            "who": found["reviewer_id"],
            "kind": ["dispute" if d else "blind review" if b else "review"
                     for d, b in zip(found["is_dispute"], found["is_blind"], strict=True)],
            "note": found["note"],
            "on": [day(v) for v in found["reviewed_at"]],
        }
    )  # fmt: skip
    heads = {"score": "Score", "level": "Person's level", "who": "By", "kind": "Kind", "note": "Note", "on": "On"}
    st.html(table(shown, heads, "Reviews so far"))
