"""Practice: role-play with a simulated customer, assignments and trajectories."""

import streamlit as st

from coachlake.app.data import look_at_rep, may_look_at_rep
from coachlake.app.links import choose, choose_one_of, param
from coachlake.app.parts import note
from coachlake.app.practising import studio
from coachlake.app.queries import reps as people
from coachlake.app.viewer import viewer
from coachlake.app.views.sections import practice_play, practice_progress, practice_team
from coachlake.display.formatting import html

VIEWS = {"play": "Practise", "progress": "My progress", "coach": "For coaches"}


def render() -> None:
    """The page."""
    st.title("Practice")
    for problem in studio().scenarios.problems:
        st.html(f'<p class="cl-alert" role="alert">{html(problem)}</p>')
    views = [name for name in VIEWS if name != "coach" or viewer().may_decide]
    view = choose_one_of("View", views, "view", lambda name: VIEWS[name])
    if view == "coach":
        practice_team.render()
        return
    rep_id = _me() if view == "play" and viewer().is_signed_in else _rep()
    if not rep_id:
        return
    if view == "progress":
        practice_progress.render(rep_id)
    else:
        practice_play.render(rep_id)


def _me() -> str:
    """Who has signed in: nobody practises in another's name."""
    note(f"You practise as {_own()}.")
    return _own()


def _own() -> str:
    who = viewer()
    return who.own_rep_id or who.person


def _rep() -> str:
    """Whose practice: a rep of the published calls; without sign-in whoever the address names, too."""
    found = people.reps(None)
    names = {} if found.empty else dict(zip(found["rep_id"], found["rep_name"], strict=True))
    wanted = param("rep")
    if viewer().is_signed_in:
        names = {_own(): "Me"} | {rep: name for rep, name in names.items() if may_look_at_rep(rep) and rep != _own()}
        chosen = choose("Whose practice", list(names), "rep", lambda rep: str(names[rep]))
        return chosen if chosen == _own() or look_at_rep(chosen, "practise") else ""
    if wanted and wanted not in names:
        names = {wanted: wanted, **names}
    names = names or {"me": "Me"}
    return choose("Who practises", list(names), "rep", lambda rep: str(names[rep]))
