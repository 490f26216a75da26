"""Teams side by side, each against its own past."""

import pandas as pd
import streamlit as st

from coachlake.app.links import link
from coachlake.app.parts import says, table
from coachlake.app.queries import people, weeks
from coachlake.display.formatting import MISSING, named, number, share, signed


def render() -> None:
    """A row a team: calls, score now and before, empathy, and the most urgent need."""
    names = weeks.teams()
    if not names:
        return
    st.header("Teams")
    says(
        "Each team over the last four weeks against its own nine weeks before; lines of business differ in difficulty."
    )
    made = []
    for team in names:
        found = weeks.weekly(team)
        if found.empty:
            continue
        recent, before = found.iloc[-4:], found.iloc[:-4]
        score, n = weeks.together(recent, "score")
        past, _ = weeks.together(before, "score")
        empathy, empathy_n = weeks.together(recent, "empathy")
        urgent = people.priorities(team)
        need = f"{urgent.iloc[0].criterion_name} ({urgent.iloc[0].rep_name})" if len(urgent) else MISSING
        made.append(
            {
                "team": named(team),
                "calls": number(n),
                "score": number(score),
                "change": signed(score - past),
                "empathy": f"{share(empathy)} of {empathy_n:.0f}",
                "below": number(len(urgent)),
                "need": need,
            }
        )
    heads = {
        "team": "Team", "calls": "Calls", "score": "Overall score", "change": "Change", "empathy": "Empathy shown",
        "below": "Reps below a target", "need": "Most urgent",
    }  # fmt: skip
    st.html(table(pd.DataFrame(made), heads, "Last four weeks", ["calls", "score", "change", "below"]))
    with st.container(horizontal=True, gap="medium"):
        for team in names:
            link("team", f"Open {named(team)}", team=team)
