"""For coaches: who practised, who passed, whether live calls changed; and assigning."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from coachlake.app.data import has, may_look_at_rep, query
from coachlake.app.parts import columns_of, empty, note, says, table
from coachlake.app.practising import scenario_names, studio
from coachlake.app.queries import reps as people
from coachlake.app.viewer import viewer
from coachlake.display.formatting import day, interval, named, number, plural, signed
from coachlake.display.sentences.transfer import practice_transfer
from coachlake.practice.assignments import assign, assign_from_priorities, assignments, attempts

_TRANSFERS = "SELECT * FROM lake.published.practice_transfers ORDER BY rubric_id, criterion_id"


def render() -> None:
    """The section."""
    found = people.reps(None)
    names = {} if found.empty else dict(zip(found["rep_id"], found["rep_name"], strict=True))
    settings = studio().settings
    seen = {rep for rep in names if may_look_at_rep(rep)}
    names = {rep: name for rep, name in names.items() if rep in seen}
    is_all = viewer().sees_all
    tasks = [row for row in assignments(settings) if is_all or row["rep_id"] in seen]
    done = [row for row in attempts(settings) if is_all or row["rep_id"] in seen]
    _overview(tasks, done, names)
    _transfer()
    _assign(names)


def _overview(tasks: list[dict[str, Any]], done: list[dict[str, Any]], names: dict[str, str]) -> None:
    st.subheader("Who practised, who passed")
    if not tasks and not done:
        empty("Nobody has practised or been assigned practice yet.", "Assign it below, or let reps choose a scenario.")
        return
    reps = len({row["rep_id"] for row in done})
    passed = sum(row["status"] == "passed" for row in tasks)
    overdue = sum(row["status"] == "overdue" for row in tasks)
    says(
        f"{plural(reps, 'rep')} practised in {plural(len(done), 'attempt')}; of {plural(len(tasks), 'assignment')} "
        f"{passed} are passed and {overdue} overdue."
    )
    scenarios = scenario_names()
    _practised(done, names, scenarios)
    shown = columns_of(
        pd.DataFrame(tasks),
        rep=lambda row: names.get(row.rep_id, row.rep_id),
        criterion=lambda row: named(row.criterion_id),
        scenario=lambda row: scenarios.get(row.scenario_id, row.scenario_id),
        due=lambda row: day(row.due_on),
        status=lambda row: row.status,
        attempts=lambda row: str(row.attempt_count),
        best=lambda row: number(row.best_focus_score),
    )
    headings = {"rep": "Rep", "criterion": "For", "scenario": "Scenario", "due": "Due", "status": "Status",
                "attempts": "Attempts", "best": "Best"}  # fmt: skip
    if len(shown):
        st.html(table(shown, headings, "Assignments", numbers=["attempts", "best"]))


def _practised(done: list[dict[str, Any]], names: dict[str, str], scenarios: dict[str, str]) -> None:
    """Who did what, of their own accord or assigned."""
    if not done:
        return
    each = pd.DataFrame(done).groupby(["rep_id", "scenario_id"], as_index=False).agg(
        attempts=("attempt_id", "count"), best=("focus_score", "max"), is_passed=("is_passed", "any"),
        last_at=("started_at", "max"),
    )  # fmt: skip
    shown = columns_of(
        each,
        rep=lambda row: names.get(row.rep_id, row.rep_id),
        scenario=lambda row: scenarios.get(row.scenario_id, row.scenario_id),
        attempts=lambda row: str(row.attempts),
        best=lambda row: number(row.best),
        passed=lambda row: "yes" if row.is_passed else "no",
        last=lambda row: day(row.last_at),
    )
    headings = {"rep": "Rep", "scenario": "Scenario", "attempts": "Attempts", "best": "Best", "passed": "Passed",
                "last": "Last"}  # fmt: skip
    st.html(table(shown, headings, "Practised", numbers=["attempts", "best"]))


def _transfer() -> None:
    st.subheader("Did live calls change?")
    if not has("practice_transfers"):
        empty("This part is not built yet.", "The next run publishes it (practice_transfers).")
        return
    found = query(_TRANSFERS)
    if found.empty:
        empty("Nothing to compare yet.", "It needs reps who practised a skill and live calls before and after.")
        return
    shown = columns_of(
        found,
        criterion=lambda row: f"{named(row.criterion_id)}, {named(row.rubric_id).lower()}",
        practised=lambda row: f"{signed(row.change_practised)} (n = {row.n_practised})",
        others=lambda row: f"{signed(row.change_not_practised)} (n = {row.n_not_practised})",
        difference=lambda row: f"{signed(row.difference)} ({interval(row.difference_low, row.difference_high) or '–'})",
        says=lambda row: practice_transfer(row._asdict()),
    )
    headings = {"criterion": "Skill", "practised": "Reps who practised", "others": "Reps who did not",
                "difference": "Difference (95 %)", "says": "In words"}  # fmt: skip
    st.html(table(shown, headings, "Change of the live score after practice against before"))
    note("An association: who practises is not drawn by lot.")


def _assign(names: dict[str, str]) -> None:
    st.subheader("Assign practice")
    scenarios = studio().scenarios.scenarios
    due = st.date_input("Due on", datetime.now(UTC).date() + timedelta(days=7), min_value=datetime.now(UTC).date())
    by_hand, from_calls = st.columns(2)
    with by_hand, st.form("assign"):
        rep = st.selectbox("Rep", list(names), format_func=lambda name: str(names[name]))
        scenario = st.selectbox("Scenario", list(scenarios), format_func=lambda name: scenarios[name].name)
        if st.form_submit_button("Assign") and rep and scenario:
            assign(studio().settings, rep, scenarios[scenario], due, viewer().person or "coach")
            st.rerun()
    if not viewer().sees_all:  # it assigns to every rep of the centre
        return
    with from_calls, st.form("assign_priorities"):
        note("Each rep gets a scenario for their most urgent coaching priority; who has one open gets no second.")
        if st.form_submit_button("Assign from coaching priorities") and has("coaching_priorities"):
            made = assign_from_priorities(studio(), due, viewer().person or "coach")
            st.session_state["practice_assigned"] = f"{plural(len(made), 'new assignment')}."
            st.rerun()
        if said := st.session_state.pop("practice_assigned", None):
            says(said)
