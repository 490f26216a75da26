"""Programme diagnosis: which of the usual failures of a coaching programme shows here, and what to do about it."""

from typing import Any

import streamlit as st

from coachlake.app.data import query
from coachlake.app.parts import empty, lead, needs, note
from coachlake.display.formatting import html, is_missing, named, plural, rows
from coachlake.display.sentences.diagnosis import condition, evidence, recommendation


def render() -> None:
    """The page."""
    st.title("Programme diagnosis")
    if not needs("programme_diagnosis"):
        return
    found = query("SELECT * FROM lake.published.programme_diagnosis")
    if found.empty:
        empty("No rule can be evaluated yet.")
        return
    states = [_state(row) for row in rows(found)]
    lead(
        f"{plural(states.count('applies'), 'finding')} in {len(found)} checks of the programme; "
        f"{states.count('unknown')} cannot be told yet."
    )
    for state, title in (
        ("applies", "Applies here"),
        ("unknown", "Cannot be told yet"),
        ("clear", "Does not apply"),
    ):
        of_state = [row for row in rows(found) if _state(row) == state]
        if of_state:
            st.header(title)
        for row in of_state:
            _rule(row, state)
    note("Each check is a query on the published tables; its condition and evidence stand with it.")


def _state(row: Any) -> str:
    if is_missing(row.is_triggered):
        return "unknown"
    return "applies" if row.is_triggered else "clear"


def _rule(row: Any, state: str) -> None:
    advice = f"<p><strong>What to do:</strong> {html(recommendation(row._asdict()))}</p>" if state == "applies" else ""
    about = [] if row.criterion_ids is None or state != "applies" else list(row.criterion_ids)
    skills = f'<p class="cl-note">Concerns {html(", ".join(_skill(c) for c in about))}.</p>' if about else ""
    colour = "poor" if state == "applies" else ""
    with st.container(border=True):
        st.html(
            f'<p class="cl-name {"cl-alert" if colour else ""}">{html(condition(row._asdict()))}</p>'
            f'<p class="cl-says">{html(evidence(row._asdict()))}</p>{advice}{skills}'
        )


def _skill(identifier: str) -> str:
    rubric, _, criterion = identifier.partition(":")
    return f"{named(criterion)} ({named(rubric)})" if criterion else named(rubric)
