"""Data quality: the last night, what was quarantined and why, and the checks that stood before publishing."""

from typing import Any

import pandas as pd
import streamlit as st
from markupsafe import Markup

from coachlake.app import charts
from coachlake.app.data import has, published, query
from coachlake.app.parts import Figure, chart, columns_of, empty, figures, key, lead, needs, note, says, table
from coachlake.app.views.sections.time_spent import time_spent
from coachlake.display.formatting import day, html, named, number, plural, rows, share

_NIGHTS = 30
_LISTED = 200
_ENTRY = {"entry": "File or row", "night": "Night", "outcome": "Became", "reason": "Reason"}
_QUARANTINE = {"call": "Call", "night": "Night", "rep": "Rep", "reason": "Reason"}
_CHECK = {"state": "Result", "check": "Check", "table": "Table", "column": "Column", "kind": "Kind", "seen": "Seen"}


def render() -> None:
    """The page."""
    st.title("Data quality")
    if not needs("nightly_coverage", "calls"):
        return
    nights = query(
        "SELECT * FROM lake.published.nightly_coverage ORDER BY batch_date DESC LIMIT $1", (_NIGHTS,)
    ).sort_values("batch_date")
    if nights.empty:
        empty("No night has been processed yet.", "Run `make run` to process one.")
        return
    _last_night(nights.iloc[-1])
    _coverage(nights)
    time_spent(nights["batch_date"].iloc[0])
    _delivered(nights)
    _quarantine(nights)
    _checks()


def _last_night(last: Any) -> None:
    checks = _check_rows()
    failed = int((~checks["is_success"].astype(bool)).sum()) if len(checks) else 0
    told = f"{len(checks) - failed} of {len(checks)} checks passed" if len(checks) else "no check result is published"
    lead(
        f"Night of {day(last.batch_date)}: {plural(last.landed_count, 'call')} landed, "
        f"{number(last.scored_count)} scored, {number(last.asked_count)} asked about, "
        f"{number(last.quarantined_count)} quarantined with a reason; {told}."
    )
    figures(
        [
            Figure("Coverage", share(last.coverage_share), [f"{last.scored_count} of {last.landed_count} landed"]),
            Figure("Quarantined", number(last.quarantined_count), ["each with its reason, below"]),
            Figure("Asked about", number(last.asked_count), ["who is the rep?"]),
            Figure("Audio heard", number(last.audio_minutes, 0, " min"), [f"{number(last.scored_minutes)} min scored"]),
            Figure("Snapshot", str(published().snapshot), ["what every page reads"]),
        ]
    )


def _coverage(nights: pd.DataFrame) -> None:
    st.header("Coverage by night")
    says(
        f"Calls of the last {plural(len(nights), 'night')}. None is dropped: it is scored, asked about or quarantined."
    )
    key(("scored", "scored"), ("refused", "quarantined, with the reason"))
    under = columns_of(
        nights.iloc[::-1], night=lambda r: day(r.batch_date), landed=lambda r: number(r.landed_count),
        scored=lambda r: number(r.scored_count), quarantined=lambda r: number(r.quarantined_count),
        share=lambda r: share(r.coverage_share),
    )  # fmt: skip
    heads = {
        "night": "Night", "landed": "Landed", "scored": "Scored", "quarantined": "Quarantined", "share": "Coverage",
    }  # fmt: skip
    total = nights[["landed_count", "scored_count"]].sum()
    chart(
        charts.nights(nights),
        f"Bars: {total.scored_count:.0f} of {total.landed_count:.0f} landed calls scored over {len(nights)} nights.",
        table(under, heads, "Coverage by night", ["landed", "scored", "quarantined", "share"]),
    )


def _delivered(nights: pd.DataFrame) -> None:
    """Everything that lay in the nights' folders, each thing once, and why what is no call is none."""
    if not has("delivered_entries"):
        return
    st.header("Everything delivered")
    first = nights["batch_date"].iloc[0]
    counts = query(
        "SELECT outcome, count(*) AS entries FROM lake.published.delivered_entries WHERE batch_date >= $1 "
        "GROUP BY outcome ORDER BY entries DESC, outcome",
        (first,),
    )
    if counts.empty:
        says("What was delivered is listed from the next run on.")
        return
    parts = ", ".join(f"{number(row.entries)} {row.outcome}" for row in rows(counts))
    says(f"{plural(int(counts['entries'].sum()), 'file or row', 'files and rows')} of these nights: {parts}.")
    found = query(
        "SELECT batch_date, entry, outcome, reason FROM lake.published.delivered_entries "
        f"WHERE batch_date >= $1 AND outcome IN ('ignored', 'not processed') ORDER BY ALL DESC LIMIT {_LISTED}",
        (first,),
    )
    if found.empty:
        return
    ignored = int(counts[counts["outcome"].isin(["ignored", "not processed"])]["entries"].sum())
    _tell_more(ignored, "coachlake landed --only ignored")
    shown = columns_of(
        found, entry=lambda r: r.entry, night=lambda r: day(r.batch_date), outcome=lambda r: r.outcome,
        reason=lambda r: r.reason or "",
    )  # fmt: skip
    st.html(table(shown, _ENTRY, "What was delivered and is no call"))


def _tell_more(count: int, command: str) -> None:
    """Say how many more there are than are listed, and where."""
    if count > _LISTED:
        told = Markup("The first {} of {} are listed here; <code>{}</code> lists all.")
        says(told.format(_LISTED, number(count), command))


def _quarantine(nights: pd.DataFrame) -> None:
    st.header("Quarantine")
    found = query(
        "SELECT call_id, batch_date, rep_id, reason, channel_layout FROM lake.published.calls "
        "WHERE status = 'quarantined' AND batch_date >= $1 "
        f"ORDER BY batch_date DESC, call_id LIMIT {_LISTED}",
        (nights["batch_date"].iloc[0],),
    )
    if found.empty:
        says("No call of these nights was quarantined.")
        return
    count = int(nights["quarantined_count"].sum())
    says(f"{plural(count, 'call')} could not be scored, and why. Mend the file and run the night again.")
    _tell_more(count, "coachlake landed --only refused")
    shown = columns_of(
        found, call=lambda r: r.call_id, night=lambda r: day(r.batch_date), rep=lambda r: r.rep_id,
        reason=lambda r: r.reason,
    )  # fmt: skip
    st.html(table(shown, _QUARANTINE, "Quarantined calls", calls="call"))


def _check_rows() -> pd.DataFrame:
    if not has("data_checks"):
        return pd.DataFrame()
    return query("SELECT * FROM lake.published.data_checks ORDER BY is_success, is_blocking DESC, suite, expectation")


def _checks() -> None:
    st.header("Checks")
    found = _check_rows()
    if found.empty:
        note("Check results show here after the next run.")
        return
    failed = found[~found["is_success"].astype(bool)]
    says(
        f"{len(found) - len(failed)} of {plural(len(found), 'check')} passed in the latest run "
        f"({day(found['checked_at'].max())}). A blocking check that fails keeps the night from being published."
    )
    for suite, group in found.groupby("suite"):
        shown = pd.DataFrame([_check(row) for row in rows(group)])
        text = table(shown, _CHECK, f"Suite {suite}: {len(group)} checks")
        is_open = " open" if (~group["is_success"].astype(bool)).any() else ""
        title = f"{named(suite)}: {int(group['is_success'].sum())} of {len(group)} passed"
        st.html(f'<details class="cl-checks"{is_open}><summary>{html(title)}</summary>{text}</details>')


def _check(row: Any) -> dict[str, str]:
    name = str(row.expectation).split("__")
    return {
        "state": "passed" if row.is_success else "FAILED",
        "check": named(name[-1]),
        "table": row.table_name,
        "column": row.column_name or "",
        "kind": "blocking" if row.is_blocking else "warning",
        "seen": str(row.observed or "")[:80],
    }
