"""The pages, one file each with a `render` function, imported when first opened.

Not called `pages`: Streamlit would run every file of a folder of that name as a page of its own.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import streamlit as st

from coachlake.access.viewer import Role
from coachlake.app.viewer import viewer

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
        ("access", "Who looked"),
    ),
}
PAGES: dict[str, Any] = {}
# Whom a page is for. No page decides what is on it: that the data layer does (coachlake/access).
_FIGURES = frozenset({Role.COACH, Role.LEADER, Role.DATA_SCIENTIST, Role.ADMIN})
_FOR: dict[str, frozenset[Role]] = {
    "overview": frozenset({Role.COACH, Role.LEADER, Role.ADMIN}),
    "team": frozenset({Role.REP, Role.COACH, Role.LEADER, Role.ADMIN}),
    "call": frozenset({Role.REP, Role.COACH, Role.ADMIN}),
    "pack": frozenset({Role.REP, Role.COACH, Role.ADMIN}),
    "practice": frozenset({Role.REP, Role.COACH, Role.ADMIN}),
    "outcomes": _FIGURES,
    "sample": _FIGURES,
    "programme": _FIGURES,
    "calibration": _FIGURES,
    "quality": _FIGURES,
    "roles": frozenset({Role.COACH, Role.ADMIN}),
    "access": frozenset({Role.ADMIN}),
}


def may_open(path: str) -> bool:
    """Whether a page is for the viewer."""
    who = viewer()
    if path == "access":
        return who.is_signed_in and Role.ADMIN in who.roles
    return bool(who.roles & _FOR[path]) or (who.sees_all and path in ("call", "pack"))


def navigation() -> Any:
    """Register the viewer's pages and return the one the address names."""
    sections = {
        section: [_page(*entry) for entry in entries if may_open(entry[0])] for section, entries in SECTIONS.items()
    }
    sections = {section: pages for section, pages in sections.items() if pages}
    # Streamlit serves its default page at the root only, and marks only a page's own path in the menu: the root leads
    # on to the own address of the viewer's first page.
    root = st.Page(_to_first, title="Overview", url_path="home", default=True, visibility="hidden")
    return st.navigation({**sections, "": [root]}, expanded=True)


def _page(path: str, title: str) -> Any:
    PAGES[path] = st.Page(_opening(path), title=title, url_path=path)
    return PAGES[path]


def _to_first() -> None:
    first = next(path for entries in SECTIONS.values() for path, _ in entries if may_open(path))
    st.switch_page(PAGES[first], query_params=st.query_params.to_dict())


def _opening(path: str) -> Callable[[], None]:
    def render() -> None:
        import_module(f"coachlake.app.views.{path}").render()

    render.__name__ = path
    return render
