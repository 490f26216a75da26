"""Call: listen to it, see why it scored what it did, and say where the score is wrong."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from coachlake.app.call_view import call_view
from coachlake.app.links import choose, link, param
from coachlake.app.parts import empty, loading, needs, note, says
from coachlake.app.player import player
from coachlake.app.queries import call as calls
from coachlake.app.recording import recording
from coachlake.app.views.sections import practise_this, review, strike, who_spoke
from coachlake.display.formatting import day, html, is_missing, number, rows, share

_HEARD = {
    "solved": "heard: the customer ends content",
    "promised": "heard: a promise, not yet kept",
    "unsolved": "heard: not solved",
    "escalated": "heard: the customer ends heated",
}


def render() -> None:
    """The page."""
    left, right = st.columns([1, 3], vertical_alignment="bottom")
    left.title("Call")
    if not needs("calls", "call_turns", "call_scores", "call_evidence"):
        return
    with right:
        call_id = _choose_call()
    if call_id is None:
        empty("No call has been scored yet.", "Run `make run` to process a night.")
        return
    facts = calls.call(call_id)
    if facts is None:
        empty(f"There is no call {call_id} in what is published.", "Check the address, or choose one above.")
        return
    _facts(facts)
    if facts.status != "scored":
        _unscored(facts)
        return
    start = _start()
    with loading("the call"):
        has_audio = _player(facts, start)
        data = calls.view_data(facts, start, param("criterion") or _criterion_at(facts, start), has_audio)
    call_view(data, key=f"call_{call_id}")
    who_spoke.render(facts)
    practise_this.render(facts)
    strike.render(facts)
    review.render(facts)


def _unscored(facts: Any) -> None:
    if facts.status == "asked":
        empty(f"This call waits for an answer: {facts.reason}.", "Answer it on the page Who is the rep?")
        link("roles", "Who is the rep?", icon=":material/help:")
    else:
        empty(f"This call was quarantined: {facts.reason}.", "It is counted in coverage and has no score.")


def _choose_call() -> str | None:
    wanted = param("call")
    found = calls.recent_calls(None)
    if found.empty:
        return wanted
    labels = {row.call_id: _label(row) for row in rows(found)}
    if wanted and wanted not in labels:
        labels = {wanted: wanted, **labels}
    with_recording = found[found["has_recording"]]["call_id"]
    default = with_recording.iloc[0] if len(with_recording) else found["call_id"].iloc[0]
    return choose("Call (the latest 200; type to search)", list(labels), "call", lambda c: labels[c], default=default)


def _label(row: Any) -> str:
    kind = "recording" if row.has_recording else "transcript"
    return (
        f"{row.call_id} · {day(row.started_at)} · {row.rep_name} · {row.queue} · {number(row.overall_score)} · {kind}"
    )


def _facts(facts: Any) -> None:
    outcome = []
    if not is_missing(facts.csat):
        outcome.append(f"CSAT {number(facts.csat)} of 5")
    if not is_missing(facts.is_converted):
        outcome.append("converted" if facts.is_converted else "not converted")
    parts = [
        f"{facts.direction or 'unknown'} call, {facts.queue or 'no queue'}",
        day(facts.started_at) + (f", {facts.started_at:%H:%M} UTC" if not is_missing(facts.started_at) else ""),
        f"overall score {number(facts.overall_score)}",
        "; ".join(outcome) or "no outcome yet",
    ]
    if heard := _HEARD.get(str(facts.outcome_heard)):
        parts.append(heard)
    if not is_missing(facts.rep_talk_share):
        parts.append(f"rep talks {share(facts.rep_talk_share)}")
    st.html(f'<p class="cl-says cl-wide"><strong>{html(facts.rep_name)}</strong> · {html(" · ".join(parts))}</p>')


def _player(facts: Any, start: float) -> bool:
    night = f"{pd.Timestamp(facts.batch_date):%Y-%m-%d}"
    sound = recording(facts.call_id, night) if facts.has_recording else None
    if sound is not None:
        _how(says, "Click any quote, turn or bar: the recording plays from that second.", facts)
        with st.container(key="player"):
            player(sound, facts.call_id, start)
        return True
    if not facts.has_recording:
        why = "This call came as a transcript: there is no recording to play. A click on a quote goes to its turn."
        _how(note, why, facts)
    else:
        why = "The recording is no longer in the landing zone, so it cannot be played here. The evidence stays."
        _how(note, why, facts)
    return False


def _how(tell: Callable[[str], None], text: str, facts: Any) -> None:
    """How to use the page, and whose call it is, in one line."""
    left, right = st.columns([4, 1], vertical_alignment="center")
    with left:
        tell(text)
    with right:
        link("team", f"See {facts.rep_name}", icon=":material/person:", rep=facts.rep_id, team=facts.team_id)


def _start() -> float:
    try:
        return max(0.0, float(param("t") or 0))
    except ValueError:
        return 0.0


def _criterion_at(facts: Any, start: float) -> str | None:
    """The criterion whose evidence a link points at; else the lowest score's."""
    found = calls.moments(facts)
    here = found[(found["start_s"] - start).abs() < 0.11] if start and len(found) else found.iloc[:0]
    if len(here):
        return str(here.sort_values("level", key=lambda level: level != "poor", kind="stable")["criterion_id"].iloc[0])
    scored = calls.scores(facts)
    return None if scored.empty else str(scored["criterion_id"].iloc[0])
