"""Who is the rep here? Calls that are scored once a person has said so, with the first words of everybody to hear."""

from typing import Any

import pandas as pd
import streamlit as st

from coachlake.access.viewer import Role
from coachlake.app.data import look_at
from coachlake.app.parts import empty, lead, needs, note, your_name
from coachlake.app.player import player
from coachlake.app.queries import roles
from coachlake.app.recording import recording
from coachlake.app.role_answers import answer, kept
from coachlake.app.viewer import viewer
from coachlake.display.formatting import clock, day, html, is_missing, plain, plural, rows

_SHOWN = 20  # a page that people work through, not a list


def render() -> None:
    """The page."""
    st.title("Who is the rep?")
    if not needs("calls", "call_participants"):
        return
    kept()
    found = roles.waiting()
    if found.empty:
        empty("No call waits for an answer.", "A call is asked about where nothing says for sure who the rep is.")
        return
    more = f" The first {_SHOWN} are shown." if len(found) > _SHOWN else ""
    lead(f"{plural(len(found), 'call')} not scored yet: nothing says for sure who the rep is.{more}")
    note("An answer holds for the call; it is scored with the next run of its night and not transcribed again.")
    your_name("Your name", "who")
    for call in rows(found.head(_SHOWN)):
        _question(call)


def _question(call: Any) -> None:
    if not look_at(call.call_id):
        return
    with st.container(border=True, key=f"ask_{call.call_id}"):
        whose = call.rep_id if is_missing(call.rep_name) else call.rep_name
        st.html(
            f'<p class="cl-says"><strong>{html(call.call_id)}</strong> · {html(day(call.started_at))} · '
            f"{html(call.queue)} · should be {html(whose)}</p><p>{html(call.reason)}</p>"
        )
        people = roles.people(call.call_id)
        sound = recording(call.call_id, f"{pd.Timestamp(call.batch_date):%Y-%m-%d}") if call.has_recording else None
        is_rule = Role.ADMIN in viewer().roles and st.checkbox(
            plain(f"The same for every call of queue {call.queue}"), key=f"rule_{call.call_id}"
        )
        for column, person in zip(st.columns(max(1, len(people))), people, strict=False):
            with column:
                _person(call, person, [one.label for one in people], sound, is_rule=is_rule)


def _person(call: Any, person: Any, labels: list[str], sound: str | bytes | None, *, is_rule: bool) -> None:
    st.html(
        f"<p><strong>{html(person.label)}</strong> · from {clock(person.first_start_s)} · "
        f"{plural(person.word_count, 'word')}</p><p>“{html(person.first_words)}”</p>"
    )
    if sound is not None:
        player(sound, call.call_id, float(person.first_start_s))
    if st.button(plain(f"{person.label} is the rep"), key=f"is_rep_{call.call_id}_{person.label}"):
        who = str(st.session_state.get("who", ""))
        answer(call.call_id, person.label, labels, who, call.queue if is_rule else None)
