"""Overview: who needs help with what, where the proof is, and how the weeks compare."""

import streamlit as st

from coachlake.app.links import choose_one_of
from coachlake.app.parts import loading, needs
from coachlake.app.queries import people, weeks
from coachlake.app.views.sections import help_needed, movers, signals, summary, teams, why_it_matters
from coachlake.display.formatting import named

ALL = "all"


def render() -> None:
    """The page."""
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    left.title("Overview")
    if not needs("calls", "call_scores", "reps"):
        return
    names = weeks.teams()
    chosen = ALL
    if len(names) > 1:
        with right, st.container(horizontal_alignment="right", key="beside_title"):
            chosen = choose_one_of("Team", [ALL, *names], "team", lambda t: "All teams" if t == ALL else named(t))
    team = None if chosen == ALL else chosen
    with loading("the last thirteen weeks"):
        found = weeks.weekly(team)
        urgent = people.priorities(team)
    if found.empty:
        needs("calls")
        return
    help_needed.headline(urgent)
    summary.this_week(found)
    help_needed.render(urgent, team)
    summary.render(found, team)
    signals.render(found, team)
    movers.render(team)
    if team is None:
        teams.render()
    why_it_matters.render(team)
