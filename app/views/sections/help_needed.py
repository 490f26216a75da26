"""Who needs help, with what, and the moment that shows it."""

from typing import Any

import streamlit as st

from app.links import link
from app.parts import empty, lead, note, quotation
from app.queries import people
from app.words import clock, html, number, rows, signed

_SHOWN = 4
_SURENESS = ((0.99, "almost certainly"), (0.9, "very likely"), (0.7, "likely"), (0.0, "perhaps"))


def render(team: str | None) -> None:
    """The most urgent priority of each of the first reps, with its proof."""
    urgent = people.priorities(team)
    if urgent.empty:
        empty(
            "Nobody is below target with enough calls to say so.", "Priorities need at least two calls in four weeks."
        )
        return
    first = urgent.iloc[0]
    others = len(urgent) - 1
    lead(
        f"<strong>{html(first.rep_name)}</strong> needs help most, with <strong>{html(first.criterion_name.lower())}"
        f"</strong>: {first.mean_score:.0f} against a target of {first.target_score:.0f} over "
        f"{first.call_count} calls in four weeks"
        + (f", {abs(first.change_4_weeks):.0f} points down on the four before." if first.change_4_weeks <= -5 else ".")
    )
    st.header("Who needs help, and the proof")
    shown = urgent.head(_SHOWN)
    playable = people.with_recording([m["call_id"] for row in rows(shown) for m in people.moments_of(row)])
    for row in rows(shown):
        priority(row, playable, with_name=True)
    if others >= _SHOWN:
        link("team", f"All {len(urgent)} reps below a target", icon=":material/arrow_forward:", team=team)
    note(
        "Ordered by gap to target × the skill's weight × how certain the gap is × the trend. Each row is the rep's own "
        "largest priority over the last four weeks; it is not a ranking of people."
    )


def priority(row: Any, playable: set[str], *, with_name: bool, moments: int = 1) -> None:
    """One priority: the skill, its numbers, and moments with a link to the second."""
    with st.container(border=True):
        left, right = st.columns([1, 1.9], gap="medium")
        with left:
            who = f"{html(row.rep_name)}: " if with_name else ""
            falling = '<br><span class="cl-alert">Falling below the usual range</span>' if row.is_deteriorating else ""
            st.html(
                f'<p class="cl-name">{who}{html(row.criterion_name)}</p>'
                f'<p class="cl-note">{number(row.mean_score)} against a target of {number(row.target_score)} · '
                f"{row.call_count} calls, {row.opportunity_count} moments<br>"
                f"{signed(row.change_4_weeks)} points on the four weeks before · "
                f"{_sureness(row.certainty)} below target{falling}</p>"
            )
            if with_name:
                link("team", f"See {row.rep_name}", icon=":material/person:", rep=row.rep_id, team=row.team_id)
        with right:
            found = people.moments_of(row)
            # A moment one can hear says more than one to read; among equals the surest comes first.
            found.sort(key=lambda moment: moment["call_id"] not in playable)
            for moment in found[:moments]:
                _moment(moment, row.criterion_id, moment["call_id"] in playable)
            if not found:
                note("No single moment under this score is poor: it is the average over many.")


def _sureness(certainty: float) -> str:
    """The chance that the true mean is below target, in words."""
    return next(word for floor, word in _SURENESS if certainty >= floor)


def _moment(moment: dict[str, Any], criterion_id: str, is_playable: bool) -> None:
    st.html(quotation(moment["quote"], moment["start_s"], level="poor", cue=moment["cue_quote"], why=moment["why"]))
    verb, icon = ("Hear it", ":material/play_arrow:") if is_playable else ("Read it", ":material/article:")
    link(
        "call", f"{verb} in call {moment['call_id']} at {clock(moment['start_s'])}", icon=icon,
        call=moment["call_id"], criterion=criterion_id, t=f"{moment['start_s']:.1f}",
    )  # fmt: skip
