"""A team: every rep against their own past, and what each needs."""

from typing import Any

import pandas as pd
import streamlit as st

from coachlake.app import charts
from coachlake.app.links import choose_one_of, link
from coachlake.app.parts import chart, columns_of, empty, key, lead, note, says, table
from coachlake.app.queries import people, reps, weeks
from coachlake.app.views.sections import summary
from coachlake.display.formatting import number, plural, records, rows, signed, within
from coachlake.display.sentences.priorities import priority as in_words

_ORDERS = {"name": "By name", "urgency": "By urgency of need"}


def render(team: str | None) -> None:
    """The section."""
    members = reps.reps_now(team)
    if members.empty:
        empty("No call of this team has been scored yet.")
        return
    urgent = people.priorities(team)
    lead(
        f"{plural(len(members), 'rep')} with calls in the last four weeks; {len(urgent)} below a target on some skill."
    )
    order = choose_one_of("Order", list(_ORDERS), "order", lambda o: _ORDERS[o])
    if order == "urgency":
        rank = {rep: position for position, rep in enumerate(urgent["rep_id"])} if len(urgent) else {}
        members = members.assign(rank=[rank.get(r, len(rank)) for r in members["rep_id"]]).sort_values("rank")
    _own_past(members)
    _needs(members, urgent)
    st.header("The team by week")
    found = weeks.weekly(team)
    summary.trend(found, "the team" if team else "all teams")
    summary.skills(team, None, "The team", recent=4)


def _own_past(members: pd.DataFrame) -> None:
    says("Each rep beside their own past. It is no ranking: reps take different calls.")
    key(*summary.now_and_before("last four weeks", members, "the rep's own nine weeks before"))
    under = columns_of(
        members, name=lambda r: r.name, value=lambda r: number(r.value), range=lambda r: within(r.low, r.high),
        n=lambda r: number(r.n), past=lambda r: number(r.past), change=lambda r: signed(r.value - r.past),
    )  # fmt: skip
    heads = {
        "name": "Rep",
        "value": "Now",
        "range": "95 % interval",
        "n": "Calls",
        "past": "Before",
        "change": "Change",
    }
    chart(
        charts.against_past(members, title="Overall score, 0–100"),
        f"Dot chart of {len(members)} reps: overall score now against their own past.",
        table(under, heads, "Reps against their own past", ["value", "n", "past", "change"]),
    )


def _needs(members: pd.DataFrame, urgent: pd.DataFrame) -> None:
    st.header("What each rep needs")
    need: dict[str, Any] = {row["rep_id"]: row for row in records(urgent)}
    for row in rows(members):
        left, right = st.columns([1, 4], vertical_alignment="center")
        with left:
            link("team", str(row.name), icon=":material/person:", rep=row.rep_id)
        with right:
            says(in_words(need[row.rep_id]) if row.rep_id in need else "No skill is surely below its target.")
    note("A priority needs at least two calls in four weeks and a mean below target.")
