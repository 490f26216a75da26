"""All calls or a sample: what reviewing a few calls by hand would have missed."""

from typing import Any

import pandas as pd
import streamlit as st

from coachlake.app import charts
from coachlake.app.data import query
from coachlake.app.links import choose_one_of
from coachlake.app.parts import chart, empty, key, lead, needs, note, says, table
from coachlake.display.formatting import interval, number, records, rows, share
from coachlake.display.sentences.sampling import sampling_price
from coachlake.display.style import POOR, REP


def render() -> None:
    """The page."""
    st.title("All calls or a sample")
    if not needs("sampling_prices", "sampling_comparisons"):
        return
    prices = query("SELECT * FROM lake.published.sampling_prices ORDER BY sample_share")
    if prices.empty or not prices["n_weeks"].max():
        empty("Too few weeks to compare.", "A comparison needs weeks in which some rep did clearly worse than usual.")
        return
    lead(sampling_price(records(prices)[0]))
    _price(prices)
    _by_rep(prices)
    note(
        "Each share is drawn from the very calls that were all scored, many times over. A bad week is one in which a "
        "rep's mean fell clearly below their own usual level; a sample misses it when its calls do not show that."
    )


def _price(prices: pd.DataFrame) -> None:
    st.header("What a sample misses")
    says("What a sample of each size would have missed, with 95 % intervals. Scoring every call misses none of it.")
    key(("poor", "bad weeks missed"), ("now", "weeks in which another rep, or none, is named as most in need"))
    drawn = []
    for row in rows(prices):
        for column, what, colour in (
            ("missed_bad_week_share", "bad weeks missed", POOR),
            ("wrong_rep_share", "wrong rep named", REP),
        ):
            low, high = getattr(row, f"{column}_low"), getattr(row, f"{column}_high")
            drawn.append(
                {
                    "name": f"{share(row.sample_share)} of calls: {what}", "value": 100 * getattr(row, column),
                    "low": 100 * low, "high": 100 * high, "colour": colour,
                    "n": row.n_weeks if colour == REP else row.n_bad_weeks,
                }
            )  # fmt: skip
    shown = pd.DataFrame(drawn)
    under = pd.DataFrame(
        {
            "name": shown["name"],
            "value": [f"{v:.0f} %" for v in shown["value"]],
            "range": [interval(a, b, 0, 1, " %") for a, b in zip(shown["low"], shown["high"], strict=True)],
            "n": [number(n) for n in shown["n"]],
        }
    )
    heads = {"name": "Sample", "value": "Share", "range": "95 % interval", "n": "Weeks"}
    chart(
        charts.differences(shown, title="% of weeks", form=".0f", domain=(0, 100)),
        "; ".join(f"{row.name}: {row.value:.0f} %" for row in rows(shown)),
        table(under, heads, "The price of a sample", ["value", "n"]),
    )


def _by_rep(prices: pd.DataFrame) -> None:
    st.header("By rep")
    sizes = {f"{s:.2f}": float(s) for s in prices["sample_share"]}
    size = choose_one_of("Sample", list(sizes), "size", lambda s: share(sizes[s]))
    found = query(
        "SELECT s.*, coalesce(r.rep_name, s.rep_id) AS rep_name FROM lake.published.sampling_comparisons s "
        "LEFT JOIN lake.published.reps r USING (rep_id) WHERE abs(sample_share - $1) < 0.001 ORDER BY rep_name",
        (sizes[size],),
        needs=["sampling_comparisons", "reps"],
    )
    says(
        f"With {share(sizes[size])} of calls reviewed, this is what a coach would see of each rep. "
        "“Wrong level” is how often the sample puts a rep's week on another level than all calls do."
    )
    shown = pd.DataFrame([_rep(row) for row in rows(found)])
    heads = {
        "rep": "Rep", "calls": "Calls a week", "sampled": "Sampled a week", "bad": "Bad weeks",
        "missed": "Missed", "range": "95 % interval", "wrong": "Wrong level",
    }  # fmt: skip
    st.html(table(shown, heads, "By rep", ["calls", "sampled", "bad", "missed", "wrong"]))


def _rep(row: Any) -> dict[str, str]:
    return {
        "rep": row.rep_name,
        "calls": number(row.calls_per_week, 1),
        "sampled": number(row.sampled_calls_per_week, 2),
        "bad": number(row.bad_week_count),
        "missed": share(row.missed_bad_week_share),
        "range": interval(row.missed_bad_week_share_low, row.missed_bad_week_share_high, 0, 100, " %"),
        "wrong": share(row.wrong_level_share),
    }
