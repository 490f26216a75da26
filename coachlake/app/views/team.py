"""Team and rep: each against their own past, what to work on, and the moments that show it."""

import streamlit as st

from coachlake.app.data import look_at_rep
from coachlake.app.links import choose
from coachlake.app.parts import empty, loading, needs
from coachlake.app.queries import reps as people
from coachlake.app.queries import weeks
from coachlake.app.viewer import viewer
from coachlake.app.views.sections import rep_profile, team_members
from coachlake.display.formatting import named

ALL = "all"


def render() -> None:
    """The page."""
    st.title("Team and rep")
    if not needs("calls", "reps", "rep_weekly_scores", "coaching_priorities"):
        return
    teams = weeks.teams()
    left, right = st.columns(2)
    with left:
        team = choose("Team", [ALL, *teams], "team", lambda t: "All teams" if t == ALL else named(t))
    found = people.reps(None if team == ALL else team)
    if found.empty:
        empty("No rep has a scored call yet.", "Run `make run` to process a night.")
        return
    names = dict(zip(found["rep_id"], found["rep_name"], strict=True))
    with right:
        everybody = "Everybody you see" if viewer().own_rep_id else "The whole team"
        rep = choose(
            "Rep", [ALL, *names], "rep", lambda r: everybody if r == ALL else str(names[r]),
            default=viewer().own_rep_id,
        )  # fmt: skip
    with loading("the last thirteen weeks"):
        if rep == ALL:
            team_members.render(None if team == ALL else team)
        else:
            look_at_rep(rep)
            rep_profile.render(found[found["rep_id"] == rep].iloc[0])
