"""Who needs help, with what, and the moment that shows it."""

from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from coachlake.app.links import link
from coachlake.app.parts import empty, lead, note, quotation
from coachlake.app.queries import people
from coachlake.app.viewer import viewer
from coachlake.display.formatting import clock, html, number, plural, rows, signed

_SHOWN = 4
_NO_MOMENT = "No single moment under this score is poor: it is the average over many."
_NOT_SHOWN = "What was said is for the rep, their coach and whom quotes are granted."
_SURE = 0.9  # from here the sentence states it; below it says how sure that is
_SURENESS = ((0.99, "almost certainly"), (0.9, "very likely"), (0.7, "likely"), (0.0, "perhaps"))


def headline(urgent: pd.DataFrame) -> None:
    """The sentence that answers it: who needs help most, and with what. `urgent`: priorities, most urgent first."""
    if urgent.empty:
        return
    first = urgent.iloc[0]
    lead(
        Markup("<strong>{}</strong> needs help most, with <strong>{}</strong>").format(
            first.rep_name, first.criterion_name.lower()
        )
        + f": {first.mean_score:.0f} against a target of {first.target_score:.0f} over "
        f"{first.call_count} calls in four weeks"
        + (f", {abs(first.change_4_weeks):.0f} points down on the four before" if first.change_4_weeks <= -5 else "")
        + (f"; it is {_sureness(first.certainty)} below target." if first.certainty < _SURE else ".")
    )


def render(urgent: pd.DataFrame, team: str | None) -> None:
    """The most urgent priority of each of the first reps, two a row, with its proof."""
    st.header("Who needs help, and the proof")
    if urgent.empty:
        empty(
            "Nobody is below target with enough calls to say so.", "Priorities need at least two calls in four weeks."
        )
        return
    shown = urgent.head(_SHOWN)
    playable = people.with_recording([m["call_id"] for row in rows(shown) for m in people.moments_of(row)])
    for start in range(0, len(shown), 2):
        for column, row in zip(st.columns(2), rows(shown.iloc[start : start + 2]), strict=False):
            with column, st.container(border=True, height="stretch", gap="xsmall"):
                _brief(row, playable)
    note(
        "Ordered by gap to target × the skill's weight × how certain the gap is × the trend. Each is the rep's own "
        "largest priority over the last four weeks; it is not a ranking of people."
    )
    if len(urgent) > _SHOWN:
        link("team", f"All {len(urgent)} reps below a target", icon=":material/arrow_forward:", team=team)


def priority(row: Any, playable: set[str], moments: int = 1) -> None:
    """One priority of a rep in full: the skill, its numbers, and moments with a link to the second."""
    with st.container(border=True):
        left, right = st.columns([1, 1.9], gap="medium")
        with left:
            st.html(f'<p class="cl-name">{html(row.criterion_name)}</p><p class="cl-note">{_numbers(row)}</p>')
        with right:
            found = people.moments_of(row)
            for moment in found[:moments]:
                st.html(_quoted(moment, brief=False))
                _open(moment, row.criterion_id, playable)
            if not found:
                note(_without_moment())


def _brief(row: Any, playable: set[str]) -> None:
    found = people.moments_of(row)[:1]
    st.html(
        f'<p class="cl-name">{html(row.rep_name)}: {html(row.criterion_name)}</p>'
        f'<p class="cl-note">{_numbers(row)}</p>'
        + "".join(_quoted(moment, brief=True) for moment in found)
        + ("" if found else f'<p class="cl-note">{_without_moment()}</p>')
    )
    with st.container(horizontal=True, gap="medium"):
        for moment in found:
            _open(moment, row.criterion_id, playable)
        link("team", f"See {row.rep_name}", icon=":material/person:", rep=row.rep_id, team=row.team_id)


def _without_moment() -> str:
    return _NOT_SHOWN if viewer().sees_pseudonyms_of_all else _NO_MOMENT


def _numbers(row: Any) -> str:
    falling = ' · <span class="cl-alert">falling below the usual range</span>' if row.is_deteriorating else ""
    return (
        f"{number(row.mean_score)} against a target of {number(row.target_score)} · "
        f"{plural(row.call_count, 'call')}, {plural(row.opportunity_count, 'moment')} · "
        f"{signed(row.change_4_weeks)} points on the four weeks before · "
        f"{_sureness(row.certainty)} below target{falling}"
    )


def _sureness(certainty: float) -> str:
    """The chance that the true mean is below target, in words."""
    return next(word for floor, word in _SURENESS if certainty >= floor)


def _quoted(moment: dict[str, Any], *, brief: bool) -> str:
    return quotation(
        moment["quote"], moment["start_s"], level="poor", cue=moment["cue_quote"], why=moment["why"], brief=brief
    )


def _open(moment: dict[str, Any], criterion_id: str, playable: set[str]) -> None:
    is_playable = moment["call_id"] in playable
    verb, icon = ("Hear it", ":material/play_arrow:") if is_playable else ("Read it", ":material/article:")
    link(
        "call", f"{verb} in call {moment['call_id']} at {clock(moment['start_s'])}", icon=icon,
        call=moment["call_id"], criterion=criterion_id, t=f"{moment['start_s']:.1f}",
    )  # fmt: skip
