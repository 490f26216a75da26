"""1:1 pack: what to take into the conversation with a rep, to read here, print or send."""

from datetime import date

import streamlit as st

from coachlake.access.viewer import Viewer
from coachlake.app.data import cursor, look_at_rep, published, query
from coachlake.app.links import choose, choose_one_of, link
from coachlake.app.parts import empty, needs, note
from coachlake.app.queries import reps as people
from coachlake.app.viewer import viewer
from coachlake.display.formatting import day
from coachlake.packs.content import Pack, read_packs
from coachlake.packs.page import pack_document, pack_html
from coachlake.packs.pdf import pack_pdf

_CADENCES = {"weekly": "Weekly", "biweekly": "Every two weeks"}


def render() -> None:
    """The page."""
    st.title("1:1 pack")
    if not needs("one_to_ones", "practice_assignments", "reps"):
        return
    found = people.reps()
    names = dict(zip(found["rep_id"], found["rep_name"], strict=True)) if len(found) else {}
    if not names:
        empty("No rep has a scored call yet.", "Run `make run` to process a night.")
        return
    left, middle, right = st.columns([1.2, 1.4, 1.2])
    with left:
        rep = choose("Rep", list(names), "rep", lambda r: str(names[r]))
    with middle:
        cadence = choose_one_of("How often you meet", list(_CADENCES), "cadence", lambda c: _CADENCES[c])
    starts = _periods(rep, cadence)
    if not starts:
        empty("No period with a scored call yet.", "A pack needs one scored call in its week or two.")
        return
    with right:
        start = choose("Period from", starts, "start", lambda s: day(date.fromisoformat(s)))
    pack = _pack(published().snapshot, viewer(), rep, cadence, start) if look_at_rep(rep, "export", "pack") else None
    if pack is None:
        empty("There is no pack for this period.")
        return
    _files(pack)
    st.html(pack_html(pack))
    link("team", f"See {pack.rep_name}", icon=":material/person:", rep=pack.rep_id)


def _periods(rep: str, cadence: str) -> list[str]:
    found = query(
        "SELECT period_start_on FROM lake.published.one_to_ones WHERE rep_id = $1 AND cadence = $2 "
        "ORDER BY period_start_on DESC",
        (rep, cadence),
    )
    return [f"{value:%Y-%m-%d}" for value in found["period_start_on"]]


@st.cache_data(show_spinner="Making the pack…", max_entries=50)
def _pack(snapshot: int, who: Viewer, rep: str, cadence: str, start: str) -> Pack | None:
    with cursor() as connection:
        # Links stay inside this app, wherever it is served.
        found = read_packs(connection, ".", cadence=cadence, rep_id=rep, start_on=date.fromisoformat(start))
    return found[0] if found else None


@st.cache_data(show_spinner=False, max_entries=50)
def _pdf(pack: Pack) -> bytes:
    return pack_pdf(pack)


def _files(pack: Pack) -> None:
    filed = _with_addresses(pack)
    name = f"one-to-one-{pack.rep_id}-{pack.start_on}"
    with st.container(horizontal=True):
        st.download_button(
            "Download PDF", _pdf(filed), f"{name}.pdf", "application/pdf", type="primary", on_click="ignore"
        )
        st.download_button("Download HTML", pack_document(filed), f"{name}.html", "text/html", on_click="ignore")
    note("The weekly schedule writes the same files for every rep into the folder “packs” beside the lake.")


def _with_addresses(pack: Pack) -> Pack:
    """The pack with full addresses, for files that leave the app."""
    from dataclasses import replace
    from urllib.parse import urlsplit

    here = urlsplit(st.context.url or "http://127.0.0.1:8501")
    base = f"{here.scheme}://{here.netloc}"
    moments = tuple(replace(moment, url=base + moment.url.removeprefix(".")) for moment in pack.moments)
    strength = pack.strength and replace(pack.strength, url=base + pack.strength.url.removeprefix("."))
    return replace(pack, moments=moments, strength=strength)
