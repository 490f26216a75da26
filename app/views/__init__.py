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
    ),
}
PAGES: dict[str, Any] = {}


def navigation() -> Any:
    """Register every page and return the one the address names."""
    sections = {section: [_page(*entry) for entry in entries] for section, entries in SECTIONS.items()}
    # Streamlit serves the default page at the root only; a link that names it must lead there too.
    named = st.Page(_opening("overview"), title="Overview", url_path="overview", visibility="hidden")
    return st.navigation({**sections, "": [named]}, expanded=True)


def _page(path: str, title: str) -> Any:
    is_home = path == "overview"
    PAGES[path] = st.Page(_opening(path), title=title, url_path="home" if is_home else path, default=is_home)
    return PAGES[path]


def _opening(path: str) -> Callable[[], None]:
    def render() -> None:
        import_module(f"app.views.{path}").render()

    render.__name__ = path
    return render
