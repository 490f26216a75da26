"""Charts: a mark for the value, a line or band for its 95 % interval, grey for the past, dashed for the target.

Each is a Vega-Lite specification as Streamlit draws it, with the frame it shows. Written as Vega-Lite itself: building
and validating the same through Altair was most of what a page with fifteen charts cost the server.
"""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from coachlake.display.style import FONT, GOOD, INK, MUTED, PAST, POOR, REP, RULE

_ROW = 30  # height of one row of a dot chart, px
_IS_SURE = "isValid(datum.low)"  # an interval could be told


@dataclass(frozen=True, slots=True)
class Chart:
    """A frame and the Vega-Lite specification that draws it."""

    frame: pd.DataFrame
    spec: dict[str, Any]


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
) -> Chart:
    """A value a week with its interval as a band. `frame`: week, value, low, high, n; `span`: the weeks shown.

    `usual` (grey) is the mean of the weeks it is compared with, `target` (dashed) what is aimed at. Weeks with too few
    observations for an interval are hollow.
    """
    scale = {"domain": list(domain), "nice": False} if domain else {"zero": False}
    y = _number("value", title or None, scale, {"format": form, "tickCount": 4})
    weeks = {"domain": [f"{pd.Timestamp(week):%Y-%m-%dT00:00}" for week in span]} if span else {}
    axis = {"format": "%-d %b", "tickCount": 5, "grid": False}
    x = {"field": "week", "type": "temporal", "title": None, "scale": weeks, "axis": axis}
    # A band says that the weeks between are covered too; where some have no interval, each week keeps its own line.
    is_thin = frame["low"].isna()
    rule = {"type": "rule", "opacity": 0.4, "color": REP, "strokeWidth": 2}
    spread = rule if is_thin.any() else {"type": "area", "opacity": 0.16, "color": REP}
    line = {"type": "line", "color": REP, "strokeWidth": 1 if is_thin.mean() > 0.5 else 2}
    tips = [
        {"field": "week", "type": "temporal", "title": "Week of", "format": "%-d %b %Y"},
        *_tips(("value", "Mean", form), *_interval(form), ("n", "n", ",")),
    ]
    layers = [
        *_levels(usual, target),
        {"mark": spread, "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}},
        {"mark": line, "encoding": {"x": x, "y": y}},
        {"mark": _dot(36), "encoding": {"x": x, "y": y, "fill": _hollow_where_thin(), "tooltip": tips}},
    ]
    return _chart(frame, layers, height)


def against_past(frame: pd.DataFrame, *, title: str = "Score, 0–100") -> Chart:
    """Now against before, a row a thing. `frame`: name, value, low, high, past, target, n; order as given."""
    scale = {"domain": [0, 100]}
    y, x = _rows(frame, 220), _number("value", title, scale, {"tickCount": 5})
    tips = [
        {"field": "name", "type": "nominal", "title": "Skill"},
        *_tips(
            ("value", "Now", ".0f"), *_interval(".0f"), ("past", "Before", ".0f"), ("target", "Target", ".0f"),
            ("n", "Calls", ","),
        ),
    ]  # fmt: skip
    tick = {"type": "tick", "color": INK, "thickness": 2, "size": 18}
    layers = [
        _range(y, x, color=REP, opacity=0.45),
        {"mark": tick, "encoding": {"y": y, "x": {**x, "field": "target"}}},
        {"mark": _circle(70, PAST), "encoding": {"y": y, "x": {**x, "field": "past"}}},
        {"mark": _dot(80), "encoding": {"y": y, "x": x, "fill": _hollow_where_thin(), "tooltip": tips}},
    ]
    return _chart(frame, layers, _ROW * len(frame) + 10)


def differences(
    frame: pd.DataFrame, *, title: str, form: str = "+.0f", domain: tuple[float, float] | None = None
) -> Chart:
    """A difference or correlation a row with its interval, against zero. `frame`: name, value, low, high, n, colour."""
    unsigned = f"datum.value === 0 ? '0' : format(datum.value, '{form}')"
    x = _number("value", title, {"domain": list(domain)} if domain else {}, {"labelExpr": unsigned, "tickCount": 7})
    y = _rows(frame, 280)
    colour = {"field": "colour", "type": "nominal", "scale": None}
    tips = [_name(), *_tips(("value", "Value", form), *_interval(form), ("n", "n", ","))]
    spread = _range(y, x, opacity=0.5)
    spread["encoding"]["color"] = colour
    layers = [
        _level({"x": {"field": "level", "type": "quantitative"}}, 0.0, {"color": INK}),
        spread,
        {"mark": _circle(90), "encoding": {"y": y, "x": x, "color": colour, "tooltip": tips}},
    ]
    return _chart(frame, layers, _ROW * len(frame) + 10)


def nights(frame: pd.DataFrame) -> Chart:
    """Calls a night, scored and quarantined. `frame`: batch_date, scored_count, quarantined_count."""
    tall = frame.melt("batch_date", ["scored_count", "quarantined_count"], "state", "calls")
    tall["colour"] = tall["state"].map({"scored_count": REP, "quarantined_count": POOR})
    tall["order"] = tall["state"].map({"scored_count": 0, "quarantined_count": 1})
    tall["state"] = tall["state"].str.removesuffix("_count")
    axis = {"format": "%-d %b", "tickCount": 6, "grid": False}
    night = {"field": "batch_date", "type": "temporal", "timeUnit": "yearmonthdate", "title": None, "axis": axis}
    tips = [
        {"field": "batch_date", "type": "temporal", "title": "Night", "format": "%-d %b %Y"},
        {"field": "state", "type": "nominal", "title": "State"},
        {"field": "calls", "type": "quantitative", "title": "Calls"},
    ]
    encoding = {
        "x": night,
        "y": _number("calls", "Calls", {}, {"tickCount": 4}),
        "color": {"field": "colour", "type": "nominal", "scale": None},
        "order": {"field": "order", "type": "quantitative"},
        "tooltip": tips,
    }
    return _chart(tall, [{"mark": {"type": "bar"}, "encoding": encoding}], 200)


def agreement(frame: pd.DataFrame) -> Chart:
    """Weighted kappa a criterion with its interval, and the human ceiling. `frame`: name, value, low, high, past, n."""
    scale = {"domain": [min(0.0, float(frame["low"].min())), 1]}
    y, x = _rows(frame, 300), _number("value", "Weighted kappa", scale, {"tickCount": 5})
    tips = [
        _name(),
        *_tips(("value", "Kappa", ".2f"), *_interval(".2f"), ("past", "Between people", ".2f"), ("n", "Reviews", ",")),
    ]
    layers = [
        _range(y, x, color=REP, opacity=0.45),
        {"mark": _circle(70, PAST), "encoding": {"y": y, "x": {**x, "field": "past"}}},
        {"mark": _circle(95, REP), "encoding": {"y": y, "x": x, "tooltip": tips}},
    ]
    return _chart(frame, layers, _ROW * len(frame) + 10)


def attempts(frame: pd.DataFrame) -> Chart:
    """Focus scores by attempt, passed ones green. `frame`: attempt_number, focus_score, pass_threshold, is_passed."""
    x = {"field": "attempt_number", "type": "ordinal", "title": "Attempt", "axis": {"labelAngle": 0}}
    y = _number("focus_score", "Score, 0–100", {"domain": [0, 100]}, {"tickCount": 5})
    colour = {"condition": {"test": "datum.is_passed", "value": GOOD}, "value": REP}
    tips = _tips(("attempt_number", "Attempt", ".0f"), ("focus_score", "Score", ".0f"))
    layers = [
        *_levels(None, float(frame["pass_threshold"].max())),
        {"mark": {"type": "line", "color": REP}, "encoding": {"x": x, "y": y}},
        {"mark": _circle(80), "encoding": {"x": x, "y": y, "color": colour, "tooltip": tips}},
    ]
    return _chart(frame[["attempt_number", "focus_score", "is_passed"]], layers, 180)


def _chart(frame: pd.DataFrame, layers: list[dict[str, Any]], height: int) -> Chart:
    """With the shared look: our type scale, quiet axes, no frame."""
    axis = {
        "labelColor": MUTED, "titleColor": MUTED, "labelFontSize": 13, "titleFontSize": 13,
        "titleFontWeight": "normal", "gridColor": RULE, "domainColor": RULE, "tickColor": RULE, "labelPadding": 6,
    }  # fmt: skip
    config = {"font": FONT, "view": {"strokeWidth": 0}, "axis": axis, "axisY": {"labelColor": INK}}
    padding = {"left": 0, "right": 8, "top": 6, "bottom": 0}
    look = {"height": height, "background": "#ffffff", "padding": padding, "config": config}
    return Chart(frame, {"layer": layers, **look})


def _rows(frame: pd.DataFrame, width: int) -> dict[str, Any]:
    """A row a name in the order given, its label at most `width` px."""
    return {
        "field": "name", "type": "nominal", "title": None, "sort": list(frame["name"]), "axis": {"labelLimit": width},
    }  # fmt: skip


def _number(field: str, title: str | None, scale: dict[str, Any], axis: dict[str, Any]) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "title": title, "scale": scale, "axis": axis}


def _range(y: dict[str, Any], x: dict[str, Any], **look: Any) -> dict[str, Any]:
    """The interval of a row as a line."""
    mark = {"type": "rule", "strokeWidth": 2, **look}
    return {"mark": mark, "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}}}


def _levels(usual: float | None, target: float | None) -> list[dict[str, Any]]:
    y = {"y": {"field": "level", "type": "quantitative"}}
    looks = ((usual, {"color": PAST, "strokeWidth": 2}), (target, {"color": INK, "strokeDash": [5, 4]}))
    return [_level(y, float(level), look) for level, look in looks if level is not None and not pd.isna(level)]


def _level(encoding: dict[str, Any], level: float, look: dict[str, Any]) -> dict[str, Any]:
    """A line at one value across the chart."""
    return {"data": {"values": [{"level": level}]}, "mark": {"type": "rule", **look}, "encoding": encoding}


def _circle(size: int, colour: str | None = None) -> dict[str, Any]:
    return {"type": "circle", "size": size, "opacity": 1, **({"color": colour} if colour else {})}


def _dot(size: int) -> dict[str, Any]:
    return {"type": "point", "stroke": REP, "strokeWidth": 1.5, "size": size, "opacity": 1}


def _hollow_where_thin() -> dict[str, Any]:
    return {"condition": {"test": _IS_SURE, "value": REP}, "value": "#ffffff"}


def _tips(*shown: tuple[str, str, str]) -> list[dict[str, Any]]:
    return [{"field": field, "type": "quantitative", "title": title, "format": form} for field, title, form in shown]


def _interval(form: str) -> tuple[tuple[str, str, str], ...]:
    return ("low", "95 % interval from", form), ("high", "to", form)


def _name() -> dict[str, Any]:
    return {"field": "name", "type": "nominal", "title": " "}
