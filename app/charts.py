"""Charts: a mark for the value, a line or band for its 95 % interval, grey for the past, dashed for the target."""

from typing import Any

import altair as alt
import pandas as pd

from app.style import FONT, INK, MUTED, PAST, POOR, REP, RULE

_ROW = 30  # height of one row of a dot chart, px


def weekly(
    frame: pd.DataFrame,
    *,
    title: str,
    target: float | None = None,
    usual: float | None = None,
    form: str = ".0f",
    domain: tuple[float, float] | None = None,
    span: tuple[Any, Any] | None = None,
    height: int = 220,
) -> Any:
    """A value a week with its interval as a band. `frame`: week, value, low, high, n; `span`: the weeks shown.

    `usual` (grey) is the mean of the weeks it is compared with, `target` (dashed) what is aimed at. Weeks with too few
    observations for an interval are hollow.
    """
    scale = alt.Scale(domain=list(domain), nice=False) if domain else alt.Scale(zero=False)
    y = alt.Y("value:Q", title=title or None, scale=scale, axis=alt.Axis(format=form, tickCount=4))
    weeks = alt.Scale(domain=[f"{pd.Timestamp(week):%Y-%m-%dT00:00}" for week in span]) if span else alt.Scale()
    x = alt.X("week:T", title=None, scale=weeks, axis=alt.Axis(format="%-d %b", tickCount=5, grid=False))
    base = alt.Chart(frame).encode(x=x)
    tips = [
        alt.Tooltip("week:T", title="Week of", format="%-d %b %Y"),
        alt.Tooltip("value:Q", title="Mean", format=form),
        alt.Tooltip("low:Q", title="95 % interval from", format=form),
        alt.Tooltip("high:Q", title="to", format=form),
        alt.Tooltip("n:Q", title="n", format=","),
    ]
    # A band says that the weeks between are covered too; where some have no interval, each week keeps its own line.
    is_thin = frame["low"].isna()
    spread = base.mark_rule(opacity=0.4, color=REP, strokeWidth=2) if is_thin.any() else None
    spread = spread or base.mark_area(opacity=0.16, color=REP)
    fill = alt.condition("isValid(datum.low)", alt.value(REP), alt.value("#ffffff"))
    layers = [
        spread.encode(y=alt.Y("low:Q", scale=scale, title=title or None), y2="high:Q"),
        base.mark_line(color=REP, strokeWidth=1 if is_thin.mean() > 0.5 else 2).encode(y=y),
        base.mark_point(stroke=REP, strokeWidth=1.5, size=36, opacity=1).encode(y=y, fill=fill, tooltip=tips),
    ]
    return finish(alt.layer(*_levels(usual, target), *layers).properties(height=height))


def against_past(frame: pd.DataFrame, *, title: str = "Score, 0–100") -> Any:
    """Now against before, a row a thing. `frame`: name, value, low, high, past, target, n; order as given."""
    order = list(frame["name"])
    y = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelLimit=220))
    x_scale = alt.Scale(domain=[0, 100])
    base = alt.Chart(frame).encode(y=y)
    x = alt.X("value:Q", title=title, scale=x_scale, axis=alt.Axis(tickCount=5))
    tips = [
        alt.Tooltip("name:N", title="Skill"),
        alt.Tooltip("value:Q", title="Now", format=".0f"),
        alt.Tooltip("low:Q", title="95 % interval from", format=".0f"),
        alt.Tooltip("high:Q", title="to", format=".0f"),
        alt.Tooltip("past:Q", title="Before", format=".0f"),
        alt.Tooltip("target:Q", title="Target", format=".0f"),
        alt.Tooltip("n:Q", title="Calls", format=","),
    ]
    layers = (
        base.mark_rule(color=REP, strokeWidth=2, opacity=0.45).encode(x=alt.X("low:Q", scale=x_scale), x2="high:Q"),
        base.mark_tick(color=INK, thickness=2, size=18).encode(x=alt.X("target:Q", scale=x_scale)),
        base.mark_circle(color=PAST, size=70, opacity=1).encode(x=alt.X("past:Q", scale=x_scale)),
        base.mark_point(stroke=REP, strokeWidth=1.5, size=80, opacity=1).encode(
            x=x, fill=alt.condition("isValid(datum.low)", alt.value(REP), alt.value("#ffffff")), tooltip=tips
        ),
    )
    return finish(alt.layer(*layers).properties(height=_ROW * len(frame) + 10))


def differences(
    frame: pd.DataFrame, *, title: str, form: str = "+.0f", domain: tuple[float, float] | None = None
) -> Any:
    """A difference or correlation a row with its interval, against zero. `frame`: name, value, low, high, n, colour."""
    order = list(frame["name"])
    y = alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelLimit=280))
    scale = alt.Scale(domain=list(domain)) if domain else alt.Scale()
    colour = alt.Color("colour:N", scale=None)
    base = alt.Chart(frame).encode(y=y, color=colour)
    tips = [
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("value:Q", title="Value", format=form),
        alt.Tooltip("low:Q", title="95 % interval from", format=form),
        alt.Tooltip("high:Q", title="to", format=form),
        alt.Tooltip("n:Q", title="n", format=","),
    ]
    zero = alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(color=INK).encode(x="zero:Q")
    unsigned = f"datum.value === 0 ? '0' : format(datum.value, '{form}')"
    x = alt.X("value:Q", title=title, scale=scale, axis=alt.Axis(labelExpr=unsigned, tickCount=7))
    layers = (
        zero,
        base.mark_rule(strokeWidth=2, opacity=0.5).encode(x=alt.X("low:Q", scale=scale, title=title), x2="high:Q"),
        base.mark_circle(size=90, opacity=1).encode(x=x, tooltip=tips),
    )
    return finish(alt.layer(*layers).properties(height=_ROW * len(frame) + 10))


def _levels(usual: float | None, target: float | None) -> list[Any]:
    marks = []
    if usual is not None and not pd.isna(usual):
        level = alt.Chart(pd.DataFrame({"level": [usual]}))
        marks.append(level.mark_rule(color=PAST, strokeWidth=2).encode(y="level:Q"))
    if target is not None and not pd.isna(target):
        level = alt.Chart(pd.DataFrame({"level": [target]}))
        marks.append(level.mark_rule(color=INK, strokeDash=[5, 4]).encode(y="level:Q"))
    return marks


def finish(drawn: Any) -> Any:
    """The shared look: our type scale, quiet axes, no frame."""
    return (
        drawn.configure(font=FONT, background="#ffffff", padding={"left": 0, "right": 8, "top": 6, "bottom": 0})
        .configure_view(strokeWidth=0)
        .configure_axis(
            labelColor=MUTED, titleColor=MUTED, labelFontSize=13, titleFontSize=13, titleFontWeight="normal",
            gridColor=RULE, domainColor=RULE, tickColor=RULE, labelPadding=6,
        )
        .configure_axisY(labelColor=INK)
    )  # fmt: skip


def nights(frame: pd.DataFrame) -> Any:
    """Calls a night, scored and quarantined. `frame`: batch_date, scored_count, quarantined_count."""
    tall = frame.melt("batch_date", ["scored_count", "quarantined_count"], "state", "calls")
    tall["colour"] = tall["state"].map({"scored_count": REP, "quarantined_count": POOR})
    tall["order"] = tall["state"].map({"scored_count": 0, "quarantined_count": 1})
    bars = (
        alt.Chart(tall)
        .mark_bar()
        .encode(
            x=alt.X("yearmonthdate(batch_date):T", title=None, axis=alt.Axis(format="%-d %b", tickCount=6, grid=False)),
            y=alt.Y("calls:Q", title="Calls", axis=alt.Axis(tickCount=4)),
            color=alt.Color("colour:N", scale=None),
            order="order:Q",
            tooltip=[alt.Tooltip("batch_date:T", title="Night", format="%-d %b %Y"), "state:N", "calls:Q"],
        )
    )
    return finish(bars.properties(height=200))


def agreement(frame: pd.DataFrame) -> Any:
    """Weighted kappa a criterion with its interval, and the human ceiling. `frame`: name, value, low, high, past, n."""
    y = alt.Y("name:N", sort=list(frame["name"]), title=None, axis=alt.Axis(labelLimit=300))
    scale = alt.Scale(domain=[min(0.0, float(frame["low"].min())), 1])
    base = alt.Chart(frame).encode(y=y)
    tips = [
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("value:Q", title="Kappa", format=".2f"),
        alt.Tooltip("low:Q", title="95 % interval from", format=".2f"),
        alt.Tooltip("high:Q", title="to", format=".2f"),
        alt.Tooltip("past:Q", title="Between people", format=".2f"),
        alt.Tooltip("n:Q", title="Reviews"),
    ]
    layers = (
        base.mark_rule(color=REP, strokeWidth=2, opacity=0.45).encode(x=alt.X("low:Q", scale=scale), x2="high:Q"),
        base.mark_circle(color=PAST, size=70, opacity=1).encode(x=alt.X("past:Q", scale=scale)),
        base.mark_circle(color=REP, size=95, opacity=1).encode(
            x=alt.X("value:Q", scale=scale, title="Weighted kappa", axis=alt.Axis(tickCount=5)), tooltip=tips
        ),
    )
    return finish(alt.layer(*layers).properties(height=_ROW * len(frame) + 10))
