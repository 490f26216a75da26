"""The biggest movers up and down over four weeks."""

import pandas as pd
import streamlit as st

from coachlake.app import charts
from coachlake.app.parts import chart, columns_of, key, says, table
from coachlake.app.queries import people
from coachlake.display.formatting import interval, number, plural, rows, signed
from coachlake.display.style import GOOD, PAST, POOR

_EACH_WAY = 5


def render(team: str | None) -> None:
    """Changes of rep and skill with intervals; grey where chance alone would do."""
    found = people.movers(team)
    if found.empty:
        return
    st.header("Biggest movers")
    up = found[found["value"] > 0].head(_EACH_WAY)
    down = found[found["value"] < 0].head(_EACH_WAY).iloc[::-1]
    shown = pd.concat([up, down], ignore_index=True)
    shown["name"] = shown["rep_name"] + ": " + shown["criterion_name"].fillna(shown["criterion_id"])
    shown["colour"] = [PAST if row.sure <= 0 else GOOD if row.value > 0 else POOR for row in rows(shown)]
    certain = int((found["sure"] > 0).sum())
    chance = max(1, round(0.05 * len(found)))
    says(
        f"Mean score of the last four weeks against the four before, with its 95 % interval. {certain} of "
        f"{plural(len(found), 'rep-and-skill pair')} moved clearly; about {chance} would by chance alone."
    )
    key(("good", "up"), ("poor", "down"), ("past", "the interval includes zero"))
    under = columns_of(
        shown, name=lambda r: r.name, value=lambda r: signed(r.value),
        range=lambda r: interval(r.low, r.high), n=lambda r: number(r.n),
    )  # fmt: skip
    chart(
        charts.differences(shown, title="Points"),
        f"Interval chart of the {len(shown)} surest changes; {certain} of {len(found)} leave out zero.",
        table(under, {"name": "Rep and skill", "value": "Points", "range": "95 % interval", "n": "Calls this week"}),
    )
