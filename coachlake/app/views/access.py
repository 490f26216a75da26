"""Who looked: every view of somebody else's call, and every try that was refused."""

import pandas as pd
import streamlit as st

from coachlake.access.audit import access_events
from coachlake.access.viewer import Role
from coachlake.app.data import settings
from coachlake.app.parts import empty, lead, note, table
from coachlake.app.viewer import viewer
from coachlake.display.formatting import plural

_HEADS = {"at": "When (UTC)", "who": "Who", "what": "What", "of": "Of", "how": "Result"}
_SHOWN = 500


def render() -> None:
    """The page, for admins."""
    st.title("Who looked")
    if Role.ADMIN not in viewer().roles:
        return
    found = access_events(settings(), _SHOWN)
    if not found:
        empty("Nobody has looked at somebody else's call yet.")
        return
    refused = sum(event.is_refused for event in found)
    lead(f"{plural(len(found), 'entry', 'entries')}, newest first; {refused} were refused.")
    shown = pd.DataFrame(
        {
            "at": [event.at[:19].replace("T", " ") for event in found],
            "who": [f"{event.person or 'nobody'} ({event.roles or 'no role'})" for event in found],
            "what": [event.action for event in found],
            "of": [" · ".join(filter(None, (event.call_id, event.rep_id, event.detail))) for event in found],
            "how": ["REFUSED" if event.is_refused else "seen" for event in found],
        }
    )
    st.html(table(shown, _HEADS, "Who looked at what"))
    note(f"The latest {_SHOWN} rows. All are in access/audit.sqlite under the home, which nothing here shortens.")
