"""This week against the twelve before: figures, the trend, the skills; and the keys of their charts."""

from typing import Any

import pandas as pd
import streamlit as st

from coachlake.app import charts
from coachlake.app.data import query
from coachlake.app.parts import Figure, chart, columns_of, figures, key, note, says, table
from coachlake.app.queries import weeks
from coachlake.display.formatting import TOO_FEW, day, is_missing, named, number, plural, share, signed, spread, within
from coachlake.display.intervals import FEWEST


def this_week(found: pd.DataFrame) -> None:
    """Coverage, scores and outcomes of the latest week, beside the weeks before."""
    latest, before = found.iloc[-1], found.iloc[:-1]
    shown = [
        _coverage(latest),
        Figure(
            "Calls scored this week",
            number(latest.calls),
            [f"week of {day(latest.week)}", f"{before['calls'].mean():.0f} a week before" if len(before) else ""],
        ),
        _figure(found, "score", "Overall score, 0–100", lambda v: number(v), 0),
        _figure(found, "csat", "CSAT, 1–5", lambda v: number(v, 2), 2),
        _figure(found, "converted", "Converted", share, 0, factor=100),
    ]
    figures(shown)


def render(found: pd.DataFrame, team: str | None) -> None:
    """The weekly trend and each skill against its past."""
    st.header("This week against the last twelve")
    trend(found, "the calls scored each week")
    skills(team, None, "All calls" if team is None else f"Team {named(team)}")


def trend(found: pd.DataFrame, whose: str, domain: tuple[float, float] | None = None) -> None:
    """The weekly overall score with its interval, against the mean of the twelve weeks before."""
    scores = weeks.measure(found, "score")
    if scores.empty:
        return
    usual, _ = weeks.together(found.iloc[:-1], "score")
    says(f"Mean overall score of {whose}, {_course(scores, usual)}.")
    key(*week_marks(scores))
    under = columns_of(
        scores, week=lambda r: day(r.week), value=lambda r: number(r.value, 1),
        range=lambda r: within(r.low, r.high, 1), n=lambda r: number(r.n),
    )  # fmt: skip
    chart(
        charts.weekly(scores, title="Overall score", usual=usual, domain=domain),
        f"Line chart: weekly mean overall score from {number(scores['value'].iloc[0])} to "
        f"{number(scores['value'].iloc[-1])} over {len(scores)} weeks; mean of the weeks before {number(usual)}.",
        table(under, {"week": "Week of", "value": "Mean", "range": "95 % interval", "n": "Calls"}, "Overall score"),
    )


def skills(team: str | None, rep: str | None, whose: str, recent: int = 1) -> None:
    """Each skill now against its own past and its target."""
    frame = weeks.skills(team, rep, recent)
    if frame.empty:
        return
    when = "this week" if recent == 1 else f"the last {recent} weeks"
    below = frame[frame["high"] < frame["target"]]["name"]
    says(
        f"{plural(len(below), 'skill')} of {len(frame)} {'is' if len(below) == 1 else 'are'} surely below target "
        f"{'' if recent == 1 else 'in '}{when}: the whole interval lies under it. The largest gap comes first."
    )
    key(*now_and_before(when, frame), ("target", "target"))
    under = columns_of(
        frame, name=lambda r: r.name, value=lambda r: number(r.value), range=lambda r: within(r.low, r.high),
        n=lambda r: number(r.n), past=lambda r: number(r.past), past_n=lambda r: number(r.past_n),
        target=lambda r: number(r.target),
    )  # fmt: skip
    heads = {
        "name": "Skill", "value": "Now", "range": "95 % interval", "n": "Calls",
        "past": "Before", "past_n": "Calls before", "target": "Target",
    }  # fmt: skip
    chart(
        charts.against_past(frame),
        f"Dot chart of {len(frame)} skills. Surely below target: {', '.join(below) or 'none'}.",
        table(under, heads, f"{whose}: skills {when}", ["value", "n", "past", "past_n", "target"]),
    )
    note(
        "A call counts for a skill only where it gave an opportunity for it; others are left out, not counted as zero."
    )


def week_marks(values: pd.DataFrame, *, target: float | None = None) -> list[tuple[str, str]]:
    """The key of a weekly chart."""
    thin = values["low"].isna()
    shown = [("now" if thin.any() else "band", "mean of the week and its 95 % interval")]
    shown += [("thin", f"fewer than {FEWEST}: too few to say")] if thin.any() else []
    return [*shown, ("usual", "mean of the weeks before"), *([("aim", "target")] if target is not None else [])]


def now_and_before(when: str, frame: pd.DataFrame, past: str = "the weeks before") -> list[tuple[str, str]]:
    """The key of a chart of now against before."""
    thin = [("thin", f"fewer than {FEWEST} calls: too few to say")] if frame["low"].isna().any() else []
    return [("now", f"{when}, with its 95 % interval"), *thin, ("past", past)]


def _course(values: pd.DataFrame, usual: float) -> str:
    """Whether the last week lies outside what the weeks before would lead one to expect."""
    last = values.iloc[-1]
    if is_missing(last.low) or is_missing(usual):
        return f"{number(last.value)} in the last week, from too few calls to compare"
    place = "above" if last.low > usual else "below" if last.high < usual else "no clear change from"
    return f"{number(last.value)} in the last week: {place} the {number(usual)} of the weeks before"


def _coverage(latest: Any) -> Figure:
    frame = query(
        "SELECT sum(scored_count) AS scored, sum(landed_count) AS landed, count(*) AS nights "
        "FROM lake.published.nightly_coverage WHERE batch_date >= $1",
        (latest.week,),
        needs=["nightly_coverage"],
    )
    if frame.empty or not frame["landed"].iloc[0]:
        return Figure("Coverage", "–")
    scored, landed, nights = frame.iloc[0]
    told = [f"{scored:.0f} of {plural(landed, 'landed call')}", f"{plural(nights, 'night')} so far"]
    return Figure("Coverage this week", share(scored / landed), told)


def _figure(found: pd.DataFrame, name: str, title: str, form: Any, digits: int, factor: float = 1.0) -> Figure:
    values = weeks.measure(found, name)
    if values.empty:
        return Figure(title, "–", ["no outcome has arrived yet"])
    last = values.iloc[-1]
    usual, _ = weeks.together(found[found["week"] < last.week], name)
    points = " points" if factor == 100 else ""
    change = f"{signed(factor * (last.value - usual), digits)}{points} on the weeks before" if usual == usual else ""
    # Outcomes arrive after their calls: the latest week that has any may be an earlier one.
    late = "" if last.week == found["week"].iloc[-1] else f"week of {day(last.week)}, the latest with any"
    told = f"95 %: {spread(last.low, last.high, last.n, digits, factor, ' %' if factor == 100 else '')}"
    return Figure(title, form(last.value), [told.replace(f"95 %: {TOO_FEW}", TOO_FEW), change, late])
