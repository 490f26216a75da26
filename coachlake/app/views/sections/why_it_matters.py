"""What the skills are associated with: CSAT and conversion."""

import pandas as pd
import streamlit as st

from coachlake.app.data import has, query
from coachlake.app.links import link
from coachlake.app.parts import note, says, table
from coachlake.display.formatting import interval, named, number, plural

_SQL = """
    SELECT o.rubric_id, o.criterion_id, o.outcome, o.n, o.r, o.r_low, o.r_high, o.q
    FROM lake.published.outcome_correlations o
    WHERE o.scope = 'overall' AND o.r IS NOT NULL AND (CAST($1 AS VARCHAR) IS NULL OR o.rubric_id IN (
        SELECT DISTINCT rubric_id FROM lake.published.coaching_priorities WHERE team_id = $1))
    ORDER BY o.q, abs(o.r) DESC LIMIT 6
"""


def render(team: str | None) -> None:
    """The strongest associations, in words, with a way to the whole analysis."""
    st.header("Why it matters")
    if not has("outcome_correlations"):
        note("Associations with CSAT and conversion show here once the outcome analysis is published.")
        return
    found = query(_SQL, (team,), needs=["outcome_correlations", "coaching_priorities"])
    if found.empty:
        note("Too few outcomes have arrived to relate scores to them.")
        return
    clear = int((found["q"] < 0.05).sum())
    if clear:
        says(
            f"{plural(clear, 'skill')} of these are clearly associated with what customers say and do (q under 0.05). "
            "An association is no proof of a cause."
        )
    else:
        says(
            "No skill is clearly associated with CSAT or conversion yet: the intervals below, though the largest "
            "found, may be chance once the number of comparisons is allowed for (q under 0.05 would be clear)."
        )
    shown = pd.DataFrame(
        {
            "skill": [named(c) for c in found["criterion_id"]],
            "line": [named(c) for c in found["rubric_id"]],
            "outcome": ["CSAT" if o == "csat" else "Conversion" for o in found["outcome"]],
            "r": [number(r, 2) for r in found["r"]],
            "range": [interval(a, b, 2) for a, b in zip(found["r_low"], found["r_high"], strict=True)],
            "q": [number(q, 2) for q in found["q"]],
            "n": [number(n) for n in found["n"]],
        }
    )
    heads = {
        "skill": "Skill",
        "line": "Line",
        "outcome": "Outcome",
        "r": "r",
        "range": "95 % interval",
        "q": "q",
        "n": "Calls",
    }
    st.html(table(shown, heads, "Correlation over calls", ["r", "q", "n"]))
    link("outcomes", "All correlations, adjusted and within reps", icon=":material/arrow_forward:")
