"""Before any page: who looks, and whether they may."""

import streamlit as st

from coachlake.access.audit import note_access
from coachlake.app.serving import NotServedError, serving
from coachlake.app.viewer import SIGNED_IN_FOR_S, is_fresh, roles_problem, viewer_of_claims
from coachlake.display.formatting import plain
from coachlake.settings import load_settings


def let_in() -> None:
    """Go on for a viewer; for anybody else show how to become one, and end the script."""
    try:
        how = serving()
    except NotServedError as error:
        st.error(plain(f"Nothing is shown here: {error}."))
        st.stop()
    if not how.is_sign_in:
        reach = "whoever reaches this port" if how.is_open else "everybody at this machine"
        st.html(f'<p class="cl-unsigned" role="note">No sign-in: {reach} sees everything. See docs/security.md.</p>')
        return
    claims = st.user.to_dict()
    if claims.get("is_logged_in") is not True:
        _ask("Sign in to see calls and scores.")
    if not is_fresh(claims):
        _ask(f"You signed in more than {SIGNED_IN_FOR_S // 3600} hours ago. Sign in again.")
    who = viewer_of_claims(claims) if roles_problem() is None else None
    if who is None:
        _turn_away(str(claims.get("email") or claims.get("sub") or ""))
        return
    st.sidebar.caption(plain(f"{who.person}: {', '.join(sorted(who.roles))}"))
    st.sidebar.button("Sign out", on_click=st.logout)


def _ask(why: str) -> None:
    st.title("coachlake")
    st.text(why)
    st.button("Sign in", type="primary", on_click=st.login)
    st.stop()


def _turn_away(name: str) -> None:
    """Somebody the provider knows and nobody has given a role."""
    if not st.session_state.get("turned_away"):
        note_access(load_settings(), None, "sign in", is_refused=True, detail=name)
        st.session_state["turned_away"] = True
    st.title("coachlake")
    st.text(f"{name} has no role here. Whoever looks after coachlake can give you one.")
    if roles_problem() is not None:
        st.text("The file of roles cannot be read: nobody has a role until it is mended.")
    st.button("Sign out", on_click=st.logout)
    st.stop()
