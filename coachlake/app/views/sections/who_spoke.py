"""Who spoke in a call, how that was decided, and a way to say that it is the other way round."""

from typing import Any

import streamlit as st

from coachlake.app.parts import note, your_name
from coachlake.app.queries import roles
from coachlake.app.role_answers import answer, kept
from coachlake.app.viewer import viewer
from coachlake.display.formatting import is_missing, share

_DECIDED_BY = {
    "answer": "a person said so",
    "rule": "by a rule for its queue",
    "channel_layout": "by the channel the call facts name",
    "rep_name": "by the rep's name",
    "source_roles": "by the roles in the transcript",
    "words": "by what is said",
}
_ROLES = {"rep": "rep", "other_rep": "colleague", "customer": "customer", "other": "neither", "system": "system"}


def render(facts: Any) -> None:
    """The section; nothing where the call has no participants (practice, or a lake of before)."""
    people = roles.people(facts.call_id)
    if not people:
        return
    kept()
    told = "; ".join(f"{one.label}: {_ROLES.get(one.role, one.role)}" for one in people)
    sure = "" if is_missing(facts.roles_confidence) else f", {share(facts.roles_confidence)} sure"
    understood = "" if is_missing(facts.understood_share) else f" {share(facts.understood_share)} was understood."
    note(f"Who spoke: {told} ({_DECIDED_BY.get(facts.roles_decided_by, 'not decided')}{sure}).{understood}")
    others = [one.label for one in people if one.role != "rep"]
    if not viewer().may_decide:
        return
    with st.popover("Somebody else is the rep"):
        label = st.selectbox("The rep is", others, key=f"swap_to_{facts.call_id}")
        who = your_name("Your name", f"swap_who_{facts.call_id}", st.session_state.get("who", ""))
        if st.button("Swap", key=f"swap_{facts.call_id}", disabled=not others):
            answer(facts.call_id, label, [one.label for one in people], who)
