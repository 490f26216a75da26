"""Overview: who needs help with what, where the proof is, and how the weeks compare."""

import streamlit as st

from app.links import choose_one_of
from app.parts import loading, needs
from app.queries import weeks
from app.views.sections import help_needed, movers, signals, summary, teams, why_it_matters
from app.words import named

ALL = "all"


def render() -> None:
    """The page."""
    st.title("Overview")
    if not needs("calls", "call_scores", "reps"):
        return
    names = weeks.teams()
    chosen = ALL
    if len(names) > 1:
        chosen = choose_one_of("Team", [ALL, *names], "team", lambda t: "All teams" if t == ALL else named(t))
    team = None if chosen == ALL else chosen
    with loading("the last thirteen weeks"):
        found = weeks.weekly(team)
    if found.empty:
        needs("calls")
        return
    help_needed.render(team)
    summary.render(found, team)
    signals.render(found, team)
    movers.render(team)
    if team is None:
        teams.render()
    why_it_matters.render(team)
