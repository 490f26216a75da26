"""One rep: alerts, priorities with their moments, trends against the own past, sessions and calls."""

from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from coachlake.app import charts
from coachlake.app.links import choose_one_of, link
from coachlake.app.parts import chart, columns_of, key, lead, note, says, table
from coachlake.app.queries import call as calls
from coachlake.app.queries import people, reps, weeks
from coachlake.app.views.sections import help_needed, signals, summary
from coachlake.display.formatting import (
    day,
    html,
    interval,
    is_missing,
    named,
    number,
    plain,
    plural,
    rows,
    signed,
    within,
)
from coachlake.display.intervals import FEWEST

_AGAINST = {"own": "Own past", "team": "Team mean"}


def render(rep: Any) -> None:
    """The section."""
    found = weeks.weekly(rep_id=rep.rep_id)
    by_skill = reps.skill_weeks(rep.rep_id)
    _head(rep, found)
    for alert in reps.alerts(by_skill):
        says(
            Markup('<span class="cl-alert">Alert: {}</span>').format(alert.criterion_name)
            + f" fell below {rep.rep_name}’s usual range: {number(alert.value)} in the week of {day(alert.week)}, "
            f"{signed(alert.change_4_weeks)} points in four weeks."
        )
    link("pack", "Open the 1:1 pack", icon=":material/description:", rep=rep.rep_id)
    _priorities(rep)
    if found.empty:
        return
    st.header(plain(f"{rep.rep_name} by week"))
    summary.trend(found, rep.rep_name, (0, 100))
    _skills(rep, by_skill)
    signals.render(found, None)
    _sessions(rep)
    _calls(rep)


def _head(rep: Any, found: pd.DataFrame) -> None:
    recent, before = found.iloc[-4:], found.iloc[:-4]
    now, n = weeks.together(recent, "score") if len(recent) else (float("nan"), 0)
    past, _ = weeks.together(before, "score") if len(before) else (float("nan"), 0)
    tenure = "" if is_missing(rep.rep_hired_on) else f", with us since {day(rep.rep_hired_on)}"
    lead(
        Markup("<strong>{}</strong>").format(rep.rep_name) + f", team {named(rep.team_id)}{tenure}. "
        f"{plural(n, 'scored call')} in the last four weeks, overall score {number(now)}"
        + (f", {signed(now - past)} on the own weeks before." if past == past else ".")
    )


def _priorities(rep: Any) -> None:
    found = people.priorities(None, rep.rep_id, per_rep=3)
    st.header("What to work on, and the moments")
    if found.empty:
        says("No skill is below its target with enough calls to say so.")
        return
    playable = people.with_recording([m["call_id"] for row in rows(found) for m in people.moments_of(row)])
    for row in rows(found):
        help_needed.priority(row, playable, moments=2 if row.priority_rank == 1 else 1)


def _skills(rep: Any, by_skill: pd.DataFrame) -> None:
    st.header("Skills")
    against = choose_one_of("Compare with", list(_AGAINST), "against", lambda a: _AGAINST[a])
    if against == "own":
        summary.skills(None, rep.rep_id, rep.rep_name, recent=4)
    else:
        _against_team(rep, by_skill)
    says("Each skill by week, against the target and the rep’s own past.")
    key(*summary.week_marks(_judged(by_skill), target=0.0))
    groups = [group for _, group in by_skill.groupby("criterion_id")]
    for start in range(0, len(groups), 3):
        for column, group in zip(st.columns(3, gap="medium"), groups[start : start + 3], strict=False):
            with column:
                _one_skill(group, (by_skill["week"].min(), by_skill["week"].max()))


def _one_skill(group: pd.DataFrame, span: tuple[Any, Any]) -> None:
    last, before = group.iloc[-1], group.iloc[:-1]
    usual = (before["value"] * before["n"]).sum() / before["n"].sum() if len(before) else None
    st.html(f'<h3 class="cl-name">{html(last.criterion_name)}</h3>')
    change = interval(last.change_4_weeks_low, last.change_4_weeks_high)
    note(
        f"{plural(int(group['n'].sum()), 'call')} · four-week change {signed(last.change_4_weeks)}"
        + (f" ({change})" if change else "")
    )
    under = columns_of(
        group, week=lambda r: day(r.week), value=lambda r: number(r.value),
        range=lambda r: within(r.low, r.high), n=lambda r: number(r.n),
    )  # fmt: skip
    shown = _judged(group)
    chart(
        charts.weekly(shown, title="", target=last.target, usual=usual, domain=(0, 100), span=span, height=130),
        f"Line chart of {last.criterion_name}: {number(group['value'].iloc[0])} to {number(last.value)}.",
        table(under, {"week": "Week of", "value": "Mean", "range": "95 % interval", "n": "Calls"}, last.criterion_name),
    )


def _judged(weeks_of: pd.DataFrame) -> pd.DataFrame:
    """Intervals inside the scale, and none where there are too few calls to say."""
    is_told = weeks_of["n"] >= FEWEST
    low, high = weeks_of["low"].where(is_told).clip(lower=0), weeks_of["high"].where(is_told).clip(upper=100)
    return weeks_of.assign(low=low, high=high)


def _against_team(rep: Any, by_skill: pd.DataFrame) -> None:
    own = weeks.skills(None, rep.rep_id, 4)
    if own.empty:
        return
    team: Any = by_skill.sort_values("week").groupby("criterion_id")["team"].last()
    says("Beside the team’s mean. Reps take different calls: read it together with the own past.")
    key(*summary.now_and_before(f"{rep.rep_name}, last four weeks", own, "the team"), ("target", "target"))
    shown = own.assign(past=own["criterion_id"].map(team))
    under = columns_of(
        shown, name=lambda r: r.name, value=lambda r: number(r.value), range=lambda r: within(r.low, r.high),
        n=lambda r: number(r.n), past=lambda r: number(r.past),
    )  # fmt: skip
    heads = {"name": "Skill", "value": "Rep", "range": "95 % interval", "n": "Calls", "past": "Team"}
    chart(charts.against_past(shown), "Dot chart of the rep's skills beside the team's.", table(under, heads))


def _sessions(rep: Any) -> None:
    st.header("Last four sessions")
    found = reps.one_to_ones(rep.rep_id, "weekly")
    if found.empty:
        note("One-to-ones show here once they are published.")
        return
    says("What each weekly one-to-one was about, newest first.")
    shown = columns_of(
        found, period=lambda r: f"{day(r.period_start_on)} to {day(r.period_end_on)}",
        calls=lambda r: number(r.call_count), score=lambda r: number(r.mean_overall_score),
        change=lambda r: signed(r.change_from_previous), about=lambda r: named(r.priority_criterion_id),
        open=lambda r: number(r.open_assignment_count),
    )  # fmt: skip
    heads = {
        "period": "Period", "calls": "Calls", "score": "Overall score", "change": "Change",
        "about": "Priority", "open": "Open practice",
    }  # fmt: skip
    st.html(table(shown, heads, "One-to-ones", ["calls", "score", "change", "open"]))
    with st.container(horizontal=True, gap="medium"):
        for row in rows(found):
            link("pack", f"Pack of {day(row.period_start_on)}", icon=":material/description:", rep=rep.rep_id,
                 cadence="weekly", start=f"{row.period_start_on:%Y-%m-%d}")  # fmt: skip


def _calls(rep: Any) -> None:
    st.header("Latest calls")
    with st.container(gap="xxsmall"):
        for row in rows(calls.recent_calls(rep.rep_id, 8)):
            icon = ":material/play_arrow:" if row.has_recording else ":material/article:"
            label = f"{day(row.started_at)} · {row.queue} · score {number(row.overall_score)} · {row.call_id}"
            link("call", label, icon=icon, call=row.call_id)
    note("A triangle: with a recording. A page: transcript only.")
