"""The five signals against their targets."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from coachlake.app import charts
from coachlake.app.parts import chart, columns_of, key, note, says, table
from coachlake.app.queries import weeks
from coachlake.display.formatting import day, number, share, spread, within
from coachlake.display.intervals import FEWEST


@dataclass(frozen=True, slots=True)
class Shown:
    """A signal: how it is counted and what is aimed at, in its own unit where a target is set there."""

    name: str
    title: str
    unit: str
    is_share: bool
    target: float | None
    aim: str


SIGNALS = (
    Shown("interrupted", "Interruptions", "customer statements interrupted", True, 0.10, "Target: under 10 %"),
    Shown("open_questions", "Question quality", "of discovery questions open", True, None, "More open is better"),
    Shown("hedges", "Resolution confidence", "undermining hedges a call", False, 3.0, "Target: no more than 3"),
    Shown("empathy", "Empathy", "of applicable situations answered", True, None, "More is better"),
    Shown(
        "regulation",
        "Emotional regulation",
        "more tension in the rep for each step the customer escalates",
        False,
        None,
        "0 or less is level",
    ),
)


def render(found: pd.DataFrame, team: str | None) -> None:
    """A small chart a signal: twelve weeks, the interval, and the target where there is one in its unit."""
    st.header("The five signals")
    says("Each signal by week; the bold figure is the last week's, with its 95 % interval and n.")
    thin = any(weeks.measure(found, signal.name)["low"].isna().any() for signal in SIGNALS)
    key(("now" if thin else "band", "the week and its 95 % interval"),
        *([("thin", f"fewer than {FEWEST}: too few to say")] if thin else []),
        ("usual", "mean of the weeks before"), ("aim", "target"))  # fmt: skip
    for start in range(0, len(SIGNALS), 3):
        columns = st.columns(3, gap="medium")
        for column, signal in zip(columns, SIGNALS[start : start + 3], strict=False):
            with column:
                _one(found, signal)
    with columns[-1]:
        note(
            "Targets in a signal's own unit are set for interruptions and hedges; the other three are aimed at through "
            "their scores, whose targets stand under “Each skill” above."
        )


def _one(found: pd.DataFrame, signal: Shown) -> None:
    values = weeks.measure(found, signal.name)
    st.html(f'<h3 class="cl-name">{signal.title}</h3>')
    if values.empty:
        note("No call gave an occasion for it yet.")
        return
    usual, _ = weeks.together(found.iloc[:-1], signal.name)
    last = values.iloc[-1]
    form: Callable[[Any], str] = share if signal.is_share else partial(number, digits=1)
    factor, unit = (100.0, " %") if signal.is_share else (1.0, "")
    told = spread(last.low, last.high, last.n, 0 if signal.is_share else 1, factor, unit)
    note(
        Markup("<strong>{}</strong>").format(form(last.value))
        + f" {signal.unit} ({told}), {form(usual)} before. {signal.aim}."
    )
    under = columns_of(
        values, week=lambda r: day(r.week), value=lambda r: form(r.value),
        range=lambda r: within(r.low, r.high, 0 if signal.is_share else 1, factor, unit), n=lambda r: number(r.n),
    )  # fmt: skip
    low = min(values["low"].fillna(0).min(), values["value"].min(), 0.0) if signal.name == "regulation" else 0.0
    high = max(values["high"].fillna(0).max(), values["value"].max(), signal.target or 0.0) * 1.05
    chart(
        charts.weekly(
            values, title="", target=signal.target, usual=usual, form=".0%" if signal.is_share else ".1f",
            domain=(low, high),
            span=(found["week"].min(), found["week"].max()), height=130,
        ),
        f"Line chart of {signal.title.lower()} over {len(values)} weeks, last {form(last.value)}.",
        table(under, {"week": "Week of", "value": "Value", "range": "95 % interval", "n": "n"}, signal.title),
    )  # fmt: skip
