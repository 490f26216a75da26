"""Calibration: review calls blind, and see how far people and the machine agree."""

import pandas as pd
import streamlit as st

from coachlake.app import charts
from coachlake.app.links import choose_one_of, link
from coachlake.app.parts import chart, key, lead, needs, note, quotation, says, table
from coachlake.app.queries import calibration
from coachlake.app.viewer import viewer
from coachlake.app.views.sections import blind_review
from coachlake.display.formatting import (
    LEVEL_NAMES,
    clock,
    html,
    interval,
    is_missing,
    named,
    number,
    plural,
    rows,
    signed,
)

_VIEWS = {"queue": "Review blind", "agreement": "Agreement", "disputes": "Disagreements"}


def render() -> None:
    """The page."""
    st.title("Calibration")
    if not needs("call_scores", "call_turns", "calls"):
        return
    views = [name for name in _VIEWS if name != "queue" or viewer().may_decide]
    view = choose_one_of("View", views, "view", lambda v: _VIEWS[v])
    if view == "queue":
        blind_review.render()
    elif view == "agreement":
        _agreement()
    else:
        _disagreements()


def _agreement() -> None:
    found = calibration.agreement()
    known = found[found["weighted_kappa"].notna()] if len(found) else found
    if known.empty:
        note("No calibration has been made yet. It needs about twenty reviewed calls a criterion, and the next run.")
        return
    at_ceiling = int(known["is_at_ceiling"].fillna(False).astype(bool).sum())
    lead(
        f"{at_ceiling} of {plural(len(known), 'criterion', 'criteria')} agree with people as well as people agree "
        "with each other."
    )
    says("Weighted kappa: 1 is full agreement, 0 what chance would give. Two people on the same calls set the ceiling.")
    key(("now", "machine and people, with its 95 % interval"), ("past", "two people: the ceiling"))
    shown = pd.DataFrame(
        {
            "name": [f"{r.criterion_name or named(r.criterion_id)} ({named(r.rubric_id)})" for r in rows(known)],
            "value": known["weighted_kappa"].to_list(),
            "low": known["weighted_kappa_low"].to_list(),
            "high": known["weighted_kappa_high"].to_list(),
            "past": known["human_weighted_kappa"].to_list(),
            "n": known["n_reviews"].to_list(),
        }
    )
    under = pd.DataFrame(
        {
            "name": shown["name"],
            "kappa": [number(v, 2) for v in shown["value"]],
            "range": [interval(a, b, 2) for a, b in zip(shown["low"], shown["high"], strict=True)],
            "ceiling": [number(v, 2) for v in shown["past"]],
            "n": [number(v) for v in shown["n"]],
            "double": [number(v) for v in known["n_double_reviewed"]],
            "exact": [f"{100 * v:.0f} %" for v in known["exact_agreement"]],
            "bias": [signed(v, 2) for v in known["bias"]],
            "more": [number(v) for v in known["labels_worth_collecting"]],
        }
    )
    heads = {
        "name": "Criterion", "kappa": "Kappa", "range": "95 % interval", "ceiling": "Ceiling", "n": "Reviews",
        "double": "By two", "exact": "Same level", "bias": "Bias", "more": "Worth collecting",
    }  # fmt: skip
    right = ["kappa", "ceiling", "n", "double", "exact", "bias", "more"]
    chart(
        charts.agreement(shown),
        f"Interval chart of weighted kappa for {len(shown)} criteria; {at_ceiling} at the human ceiling.",
    )
    st.html(table(under, heads, "Agreement by criterion", right))
    note("Bias: machine minus person, in levels from 0 to 2; above zero the machine is more generous.")


def _disagreements() -> None:
    found = calibration.disagreements()
    if found.empty:
        note("Nobody has disputed a score, and no review lies two levels from the machine's.")
        return
    says("Disputes first, then reviews two levels away from the machine. Listen, and decide whose level stands.")
    for row in rows(found):
        with st.container(border=True):
            kind = "Dispute" if row.is_dispute else "Review"
            person = "not applicable" if is_missing(row.human_level) else LEVEL_NAMES[row.human_level]
            machine = "not applicable" if is_missing(row.machine_level) else LEVEL_NAMES[row.machine_level]
            st.html(
                f'<p class="cl-name">{kind}: {html(row.criterion_name)}</p>'
                f'<p class="cl-note">{html(row.reviewer_id)} says '
                f"<strong>{person}</strong>, the machine <strong>{machine}</strong> ({number(row.machine_score)})"
                + (f": “{html(row.note)}”" if not is_missing(row.note) else "")
                + "</p>"
                + ("" if is_missing(row.quote) else quotation(row.quote, row.start_s))
            )
            at = None if is_missing(row.start_s) else f"{row.start_s:.1f}"
            label = f"Open call {row.call_id}" + ("" if at is None else f" at {clock(row.start_s)}")
            link("call", label, icon=":material/article:", call=row.call_id, criterion=row.criterion_id, t=at)
