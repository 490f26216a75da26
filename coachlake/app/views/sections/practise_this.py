"""Practise this: from a moment of a live call to the same situation with a simulated customer."""

from typing import Any

import streamlit as st

from coachlake.app.data import query
from coachlake.app.links import link
from coachlake.app.parts import note
from coachlake.display.formatting import clock, named, rows

_MOMENTS = """
    SELECT evidence_id, criterion_id, level, quote, start_s FROM lake.published.call_evidence
    WHERE call_id = $1 AND batch_date = $2 AND level IN ('poor', 'average') AND cue_quote IS NOT NULL
    ORDER BY level = 'poor' DESC, confidence DESC
"""


def render(facts: Any) -> None:
    """The section: the call's weaker moments, and a link that makes a scenario of the one chosen."""
    if facts.source != "live":
        return
    found = query(_MOMENTS, (facts.call_id, facts.batch_date.date()), needs=["call_evidence"])
    if found.empty:
        return
    st.header("Practise this")
    labels = {
        row.evidence_id: f"{named(row.criterion_id)}, {row.level}, {clock(row.start_s)}: “{row.quote}”"
        for row in rows(found)
    }
    chosen = st.selectbox("Moment", list(labels), format_func=lambda name: labels[name])
    link("practice", "Practise this moment", icon=":material/call:", evidence=chosen, rep=facts.rep_id, view="play")
    note("The situation is kept; names, numbers and identifiers are replaced before anyone practises on it.")
