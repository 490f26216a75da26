"""Choose a scenario, talk to the customer, read what it came to, try again."""

import hashlib
from collections.abc import Sequence
from typing import Any

import streamlit as st

from coachlake.app.data import note_refused, query
from coachlake.app.links import choose, choose_one_of, param
from coachlake.app.parts import empty, note, says
from coachlake.app.practising import Attempt, begin, current, finish, is_on_call, studio, transcriber
from coachlake.app.views.sections.practice_result import render_moments, render_verdict
from coachlake.display.formatting import html, named
from coachlake.practice.assignments import assignments
from coachlake.practice.moments.from_evidence import MomentError, scenario_of_evidence
from coachlake.practice.scenarios.schema import Scenario
from coachlake.practice.session import Line
from coachlake.practice.voice import duration_s, spoken, transcribed
from coachlake.settings import load_settings

_WHO = {"customer": "Customer", "rep": "You"}
MODES = {"text": "Write", "voice": "Speak"}


def render(rep_id: str) -> None:
    """The section."""
    wanted = _from_live_moment()
    scenarios = studio().scenarios.scenarios
    if not scenarios:
        empty("There is no scenario.", "Write one in YAML, or practise a moment of a live call.")
        return
    due = _due(rep_id)
    ordered = [*[name for name in due if name in scenarios], *[name for name in scenarios if name not in due]]
    chosen = choose("Scenario", ordered, "scenario", lambda name: _label(scenarios[name], due), default=wanted)
    scenario = scenarios[chosen]
    _brief(scenario)
    attempt = current(rep_id, chosen)
    if attempt is None:
        _start(rep_id, scenario, due)
        return
    if attempt.session.is_over:
        _over(attempt)
    else:
        _conversation(attempt)


def _over(attempt: Attempt) -> None:
    """What it came to first; the call itself is one click below."""
    session = attempt.session
    _last_words(attempt)
    result = finish(attempt)
    render_verdict(session, result)
    if st.button("Try again", type="primary", icon=":material/replay:"):
        begin(attempt.trainee.rep_id, session.scenario, attempt.assignment_id, session.mode)
        st.rerun()
    render_moments(session, result)
    with st.expander(f"The call in full, {len(session.lines)} turns"):
        st.html(_turns(session.lines))


def _last_words(attempt: Attempt) -> None:
    session = attempt.session
    if session.ended_by != "rep_left":
        st.html(_turns(session.lines[-1:]))
        if session.mode == "voice":
            _aloud(attempt)


def _due(rep_id: str) -> dict[str, dict[str, Any]]:
    """scenario_id → assignment not passed yet. Kept while a call is on: a reply must not wait for the lake."""
    kept = st.session_state.get("practice_due")
    if kept is None or kept[0] != rep_id or not is_on_call():
        found = assignments(studio().settings, rep_id)
        kept = (rep_id, {row["scenario_id"]: row for row in found if row["status"] != "passed"})
        st.session_state["practice_due"] = kept
    due: dict[str, dict[str, Any]] = kept[1]
    return due


def _from_live_moment() -> str | None:
    """ "Practise this": the address names a moment; its scenario is made once and then chosen."""
    evidence_id = param("evidence")
    if evidence_id is None:
        return None
    if query("SELECT 1 FROM lake.published.call_evidence WHERE evidence_id = $1", (evidence_id,)).empty:
        note_refused("practise", f"evidence={evidence_id[:200]}")
        note("There is no such moment in a call of yours.")
        return None
    try:
        return scenario_of_evidence(studio(), evidence_id).id
    except MomentError as error:
        st.html(f'<p class="cl-alert" role="alert">{html(str(error))}</p>')
        return None


def _label(scenario: Scenario, due: dict[str, dict[str, Any]]) -> str:
    task = due.get(scenario.id)
    when = ""
    if task is not None:
        is_late = task["status"] == "overdue"
        when = f" · assigned, {'was due' if is_late else 'due'} {task['due_on']}"
    return f"{scenario.name} · {named(scenario.focus)}{when}"


def _brief(scenario: Scenario) -> None:
    says(scenario.situation)
    note(
        f"Practises {named(scenario.focus).lower()}; passed from {scenario.pass_threshold:.0f} of 100 with the problem "
        f"of the customer settled. Scored by the rubric {named(scenario.rubric_id)}, like any call."
    )


def _start(rep_id: str, scenario: Scenario, due: dict[str, dict[str, Any]]) -> None:
    is_spoken_only = _is_spoken_only(scenario)
    mode = "voice" if is_spoken_only else choose_one_of("How", list(MODES), "mode", lambda name: MODES[name])
    if is_spoken_only:
        note("Nobody can be interrupted in writing: this one is spoken.")
    if mode == "voice":
        note("You record each turn; the customer answers aloud where a voice is installed. Use a headset.")
    if st.button("Start the call", type="primary", icon=":material/call:"):
        task = due.get(scenario.id)
        begin(rep_id, scenario, str(task["assignment_id"]) if task else None, mode)
        st.rerun()


def _is_spoken_only(scenario: Scenario) -> bool:
    """Whether its focus is a matter of who speaks when, which no written session can show."""
    criteria = studio().rubrics[scenario.rubric_id].criteria
    return any(c.id == scenario.focus and c.opportunity == "customer_statement" for c in criteria)


def _conversation(attempt: Attempt) -> None:
    session = attempt.session
    st.html(_turns(session.lines))
    if session.mode == "voice":
        _aloud(attempt)
        _record(attempt)
    if said := st.chat_input("What do you say?" if session.mode == "text" else "Or write what you say"):
        session.say(said)
        st.rerun()
    if st.button("End the call", icon=":material/call_end:"):
        session.leave()
        st.rerun()


def _turns(lines: Sequence[Line]) -> str:
    """Turns as on the page of a call."""
    said = "".join(
        f'<p><span class="who {line.speaker}">{_WHO[line.speaker]}</span> {html(line.text)}</p>' for line in lines
    )
    return f'<div class="cl-turns" role="log" aria-label="The call so far">{said}</div>'


def _aloud(attempt: Attempt) -> None:
    """The customer's last line as sound; when it was spoken is noted, so that cutting in can be noticed."""
    index = len(attempt.session.lines) - 1
    if index not in attempt.replies:
        sound = spoken(attempt.session.lines[index].text, seed=attempt.session.seed)
        attempt.replies[index] = sound or b""
        if sound:
            now = attempt.now_s()
            attempt.session.clock(now, now + duration_s(sound))
    if attempt.replies[index]:
        st.audio(attempt.replies[index], format="audio/wav", autoplay=True)


def _record(attempt: Attempt) -> None:
    clip = st.audio_input("Record what you say", sample_rate=16_000, key=f"clip_{len(attempt.session.lines)}")
    if clip is None:
        return
    recording = clip.getvalue()
    key = hashlib.sha256(recording).hexdigest()
    if key in attempt.transcribed_clips:
        return
    attempt.transcribed_clips.add(key)
    # Recording ended at the latest now; upload takes a moment, so an interruption is rather missed than invented.
    end = attempt.now_s()
    with st.spinner("Listening…"):
        text = transcribed(transcriber(load_settings().model_profile), recording)
    attempt.session.say(text, start_s=max(0.0, end - duration_s(recording)), end_s=end)
    st.rerun()
