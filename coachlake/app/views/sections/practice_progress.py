"""A rep's own practice: what is due, and how each scenario went from attempt to attempt."""

from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from coachlake.app import charts
from coachlake.app.links import link
from coachlake.app.parts import chart, columns_of, empty, says, table
from coachlake.app.practising import scenario_names, studio
from coachlake.display.formatting import day, named, number, plain, plural
from coachlake.practice.assignments import assignments, attempts


def render(rep_id: str) -> None:
    """The section."""
    settings = studio().settings
    _due(assignments(settings, rep_id), rep_id)
    done = attempts(settings, rep_id)
    if not done:
        empty("No attempt yet.", "Choose a scenario under Practise. Every attempt is kept.")
        return
    frame = pd.DataFrame(done)
    names = scenario_names()
    for scenario_id, rows in frame.groupby("scenario_id", sort=False):
        _trajectory(names.get(str(scenario_id), str(scenario_id)), rows)


def _due(found: list[dict[str, Any]], rep_id: str) -> None:
    st.subheader("Assigned to you")
    if not found:
        empty("Nothing is assigned.", "A coach assigns practice under For coaches.")
        return
    names = scenario_names()
    for row in found:
        best = "" if row["best_focus_score"] is None else f", best {row['best_focus_score']:.0f}"
        says(
            Markup("<strong>{}</strong>").format(named(row["criterion_id"]))
            + f", {names.get(row['scenario_id'], row['scenario_id'])}: {row['status']}, due {day(row['due_on'])} · "
            f"{plural(row['attempt_count'], 'attempt')}{best}"
        )
        link("practice", "Practise it", icon=":material/call:", scenario=row["scenario_id"], rep=rep_id, view="play")


def _trajectory(name: str, rows: pd.DataFrame) -> None:
    st.subheader(plain(name))
    first, last = rows.iloc[0], rows.iloc[-1]
    cleared = rows[rows["is_passed"]]
    outcome = f"cleared on attempt {int(cleared['attempt_number'].iloc[0])}" if len(cleared) else "not cleared yet"
    start = f"from {number(first['focus_score'])} to " if len(rows) > 1 else ""
    says(
        f"{plural(len(rows), 'attempt')}, {outcome}: {named(last['focus_criterion_id']).lower()} {start}"
        f"{number(last['focus_score'])}, pass from {number(last['pass_threshold'])}."
    )
    shown = columns_of(
        rows,
        no=lambda row: str(row.attempt_number),
        when=lambda row: f"{day(row.started_at)}, {row.started_at:%H:%M}",
        focus=lambda row: number(row.focus_score),
        overall=lambda row: number(row.overall_score),
        ended=lambda row: named(row.ended_by),
        passed=lambda row: "yes" if row.is_passed else "no",
    )
    headings = {"no": "Attempt", "when": "When (UTC)", "focus": "Focus", "overall": "Overall", "ended": "Ended",
                "passed": "Passed"}  # fmt: skip
    under = table(shown, headings, numbers=["focus", "overall"])
    if len(rows) == 1:  # one point is no trajectory
        st.html(under)
        return
    chart(charts.attempts(rows), f"Focus score of {len(rows)} attempts at {name}, {outcome}.", under)
