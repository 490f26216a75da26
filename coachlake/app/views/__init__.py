"""The pages, one file each with a `render` function, imported when first opened.

Not called `pages`: Streamlit would run every file of a folder of that name as a page of its own.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import streamlit as st

# section → (path in the address, title)
SECTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "Coach": (
        ("overview", "Overview"),
        ("team", "Team and rep"),
        ("call", "Call"),
        ("pack", "1:1 pack"),
        ("practice", "Practice"),
    ),
    "Decide": (
        ("outcomes", "Outcomes"),
        ("sample", "All calls or a sample"),
        ("programme", "Programme diagnosis"),
    ),
    "Trust": (
        ("calibration", "Calibration"),
        ("quality", "Data quality"),
        ("roles", "Who is the rep?"),
    ),
}
PAGES: dict[str, Any] = {}


def navigation() -> Any:
    """Register every page and return the one the address names."""
    sections = {section: [_page(*entry) for entry in entries] for section, entries in SECTIONS.items()}
    # Streamlit serves its default page at the root only, and marks only a page's own path in the menu: the root leads
    # on to the Overview's own address.
    root = st.Page(_to_overview, title="Overview", url_path="home", default=True, visibility="hidden")
    return st.navigation({**sections, "": [root]}, expanded=True)


def _page(path: str, title: str) -> Any:
    PAGES[path] = st.Page(_opening(path), title=title, url_path=path)
    return PAGES[path]


def _to_overview() -> None:
    st.switch_page(PAGES["overview"], query_params=st.query_params.to_dict())


def _opening(path: str) -> Callable[[], None]:
    def render() -> None:
        import_module(f"coachlake.app.views.{path}").render()

    render.__name__ = path
    return render
