"""State in the address, so that what is on the screen can be sent to somebody."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from coachlake.app.data import note_refused
from coachlake.display.formatting import plain

_OF_PEOPLE = ("rep", "team")  # parameters whose options are what the viewer may see


def param(name: str) -> str | None:
    """A query parameter of the address, None where absent or empty."""
    return st.query_params.get(name) or None


def choose(
    label: str, options: Sequence[str], name: str, names: Callable[[str], str] = str, *, default: str | None = None
) -> str:
    """A select box whose value is the query parameter `name`. `options` must not be empty."""
    key = _keep_with_address(name, options, default)
    chosen: str = st.selectbox(label, options, key=key, format_func=names)
    return _remember(name, chosen)


def choose_one_of(
    label: str, options: Sequence[str], name: str, names: Callable[[str], str] = str, *, default: str | None = None
) -> str:
    """The same as a row of buttons, for up to five options."""
    key = _keep_with_address(name, options, default)
    chosen = (
        st.segmented_control(label, options, key=key, format_func=lambda value: plain(names(value)), required=True)
        or options[0]
    )
    return _remember(name, chosen)


def _keep_with_address(name: str, options: Sequence[str], default: str | None) -> str:
    """Follow the address where it changed (a link, the back button), else the widget; the widget's key."""
    key, seen = f"choose_{name}", f"seen_{name}"
    address = param(name)
    if address is not None and address not in options and name in _OF_PEOPLE:
        note_refused("view", f"{name}={address[:200]}")
    is_new = key not in st.session_state or st.session_state.get(seen) != address
    kept = None if is_new else st.session_state[key]
    # Set even where it stays: the same choice on another page is another widget, which would begin at its first option.
    st.session_state[key] = next(value for value in (kept, address, default, options[0]) if value in options)
    return key


def _remember(name: str, chosen: str) -> str:
    if param(name) != chosen:
        st.query_params[name] = chosen
    st.session_state[f"seen_{name}"] = chosen
    return chosen


def link(page: str, label: str, icon: str | None = None, **state: Any) -> None:
    """A link to a page (by its path) with its state in the address; `label` shows as it is.

    Nothing where the page is not for the viewer.
    """
    from coachlake.app.views import PAGES, may_open

    if not may_open(page):
        return
    given = {name: str(value) for name, value in state.items() if value is not None}
    st.page_link(PAGES[page], label=plain(label), icon=icon, query_params=given)
