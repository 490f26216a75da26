"""This week against the twelve before: figures, the trend, the skills."""

from typing import Any

import pandas as pd
import streamlit as st

from app import charts
from app.data import query
from app.parts import Figure, chart, columns_of, figures, note, says, table
from app.queries import weeks
from app.words import day, interval, number, plural, share, signed


def render(found: pd.DataFrame, team: str | None) -> None:
    """Coverage, scores and outcomes of the latest week, the weekly trend and each skill against its past."""
    latest, before = found.iloc[-1], found.iloc[:-1]
    st.header("This week against the last twelve")
    figures(
        [
            _coverage(latest),
            Figure(
                "Calls scored this week", number(latest.calls),
                [f"week of {day(latest.week)}", f"{before['calls'].mean():.0f} a week before" if len(before) else ""],
            ),
            _figure(found, "score", "Overall score", lambda v: number(v), 0),
            _figure(found, "csat", "CSAT, 1–5", lambda v: number(v, 2), 2),
            _figure(found, "converted", "Converted", share, 0, factor=100),
        ]
    )  # fmt: skip
    trend(found, "the calls scored each week")
    skills(team, None, "All calls" if team is None else f"Team {team}")


def trend(found: pd.DataFrame, whose: str, domain: tuple[float, float] | None = None) -> None:
    """The weekly overall score with its interval, against the mean of the twelve weeks before."""
    scores = weeks.measure(found, "score")
    if scores.empty:
        return
    usual, _ = weeks.together(found.iloc[:-1], "score")
    says(f"Mean overall score of {whose}, with its 95 % interval; the grey line is the mean of the weeks before.")
    under = columns_of(
        scores, week=lambda r: day(r.week), value=lambda r: number(r.value, 1),
        range=lambda r: interval(r.low, r.high, 1), n=lambda r: number(r.n),
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
    says(
        f"Each skill: the blue dot is {when} with its 95 % interval, the grey dot the weeks before, "
        "the black mark the target. The largest gap to target comes first."
    )
    under = columns_of(
        frame, name=lambda r: r.name, value=lambda r: number(r.value), range=lambda r: interval(r.low, r.high),
        n=lambda r: number(r.n), past=lambda r: number(r.past), past_n=lambda r: number(r.past_n),
        target=lambda r: number(r.target),
    )  # fmt: skip
    heads = {
        "name": "Skill", "value": "Now", "range": "95 % interval", "n": "Calls",
        "past": "Before", "past_n": "Calls before", "target": "Target",
    }  # fmt: skip
    below = frame[frame["high"] < frame["target"]]["name"]
    chart(
        charts.against_past(frame),
        f"Dot chart of {len(frame)} skills. Surely below target: {', '.join(below) or 'none'}.",
        table(under, heads, f"{whose}: skills {when}", ["value", "n", "past", "past_n", "target"]),
    )
    note(
        "A call counts for a skill only where it gave an opportunity for it; others are left out, not counted as zero."
    )


def _coverage(latest: Any) -> Figure:
    frame = query(
        "SELECT sum(scored_count) AS scored, sum(landed_count) AS landed FROM lake.published.nightly_coverage "
        "WHERE batch_date >= $1",
        (latest.week,),
        needs=["nightly_coverage"],
    )
    if frame.empty or not frame["landed"].iloc[0]:
        return Figure("Coverage", "–")
    scored, landed = frame.iloc[0]
    return Figure("Coverage this week", share(scored / landed), [f"{scored:.0f} of {plural(landed, 'landed call')}"])


def _figure(found: pd.DataFrame, name: str, title: str, form: Any, digits: int, factor: float = 1.0) -> Figure:
    values = weeks.measure(found, name)
    if values.empty:
        return Figure(title, "–", ["no outcome has arrived yet"])
    last = values.iloc[-1]
    usual, _ = weeks.together(found[found["week"] < last.week], name)
    spread = interval(last.low, last.high, digits, factor, " %" if factor == 100 else "")
    late = "" if last.week == found["week"].iloc[-1] else f"week of {day(last.week)}; later ones come in"
    change = signed(factor * (last.value - usual), digits) if usual == usual else ""
    return Figure(title, form(last.value), [
        f"{spread} (95 %), n = {int(last.n):,}" if spread else f"n = {int(last.n)}",
        f"{change}{' points' if factor == 100 else ''} on the weeks before" if change else "", late,
    ])  # fmt: skip
