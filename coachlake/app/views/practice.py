"""Practice: role-play with a simulated customer, assignments and trajectories."""

import streamlit as st

from coachlake.app.links import choose, choose_one_of, param
from coachlake.app.practising import studio
from coachlake.app.queries import reps as people
from coachlake.app.views.sections import practice_play, practice_progress, practice_team
from coachlake.display.formatting import html

VIEWS = {"play": "Practise", "progress": "My progress", "coach": "For coaches"}


def render() -> None:
    """The page."""
    st.title("Practice")
    for problem in studio().scenarios.problems:
        st.html(f'<p class="cl-alert" role="alert">{html(problem)}</p>')
    view = choose_one_of("View", list(VIEWS), "view", lambda name: VIEWS[name])
    if view == "coach":
        practice_team.render()
        return
    rep_id = _rep()
    if view == "progress":
        practice_progress.render(rep_id)
    else:
        practice_play.render(rep_id)


def _rep() -> str:
    """Who practises: a rep of the published calls, or whoever the address names."""
    found = people.reps(None)
    names = {} if found.empty else dict(zip(found["rep_id"], found["rep_name"], strict=True))
    wanted = param("rep")
    if wanted and wanted not in names:
        names = {wanted: wanted, **names}
    names = names or {"me": "Me"}
    return choose("Who practises", list(names), "rep", lambda rep: str(names[rep]))
