"""Blind review: the call and the anchors, without the machine's score until the person has given theirs."""

from typing import Any, cast

import streamlit as st

from app.links import choose, link
from app.parts import empty, note, says
from app.queries import calibration
from app.queries import call as calls
from app.recording import recording
from app.reviews import Entry, save
from app.words import LEVEL_NAMES, clock, html, is_missing, named, rows
from rubrics import Level

_ANY = "any"
_NOT_APPLICABLE = "not applicable"
_LEVELS = ("good", "average", "poor", _NOT_APPLICABLE)


def render() -> None:
    """The queue, one score at a time."""
    says("Listen or read, then give the level the anchors call for. The machine's shows once yours is saved.")
    left, right = st.columns(2)
    with left:
        reviewer = st.text_input("Your name", key="reviewer").strip()
    found = calibration.criteria()
    names = {_ANY: "Whatever helps most", **{r.criterion_id: r.name or named(r.criterion_id) for r in rows(found)}}
    with right:
        criterion = choose("Skill", list(names), "criterion", lambda c: str(names[c]))
    _last_saved()
    if not reviewer:
        note("Give your name to begin: reviews by two people of the same call show how far people agree.")
        return
    waiting = calibration.queue(None if criterion == _ANY else criterion, reviewer)
    skipped = st.session_state.setdefault("skipped", set())
    waiting = waiting[~waiting["score_id"].isin(skipped)] if len(waiting) else waiting
    if waiting.empty:
        empty("Nothing is waiting for your review.", "New calls come with the next night.")
        return
    _one(rows(waiting)[0], reviewer)


def _one(item: Any, reviewer: str) -> None:
    st.header(f"{item.criterion_name or named(item.criterion_id)} in call {item.call_id}")
    if item.review_count:
        note("One person has reviewed this already: yours is the second opinion.")
    levels, transcript = st.columns([1, 1.3], gap="large")
    with levels:
        _anchors(item)
        _form(item, reviewer)
    with transcript:
        facts = calls.call(item.call_id)
        path = None if facts is None else recording(item.call_id, f"{facts.batch_date:%Y-%m-%d}")
        if path:
            st.audio(str(path), alt=f"Recording of call {item.call_id}")
        for turn in rows(calibration.turns(item.call_id)):
            who = "Rep" if turn.speaker == "rep" else "Customer"
            st.html(f'<p class="cl-turn"><strong>{who} {clock(turn.start_s)}</strong> {html(turn.text)}</p>')


def _anchors(item: Any) -> None:
    found = calibration.anchors(item.rubric_id, item.criterion_id)
    if found is None:
        return
    says(html(found.observes))
    for level in ("good", "average", "poor"):
        st.html(
            f'<p class="cl-note"><span class="cl-level {level}">{LEVEL_NAMES[level]}</span> '
            f"{html(found[f'{level}_anchor'])}</p>"
        )


def _form(item: Any, reviewer: str) -> None:
    with st.form(f"blind_{item.score_id}", border=False):
        level = st.radio("Level", _LEVELS, format_func=str.capitalize, index=None)
        said = st.text_area("Note (what decided it)", height=80)
        with st.container(horizontal=True):
            is_saved = st.form_submit_button("Save and show the machine's", type="primary")
            is_skipped = st.form_submit_button("Skip")
    if is_skipped:
        st.session_state["skipped"].add(item.score_id)
        st.rerun()
    if is_saved and level is None:
        st.error("Choose a level first.")
    elif is_saved:
        given = None if level == _NOT_APPLICABLE else cast(Level, level)
        problem = save(Entry(item.call_id, item.criterion_id, reviewer, given, said, is_dispute=False, is_blind=True))
        if problem:
            st.error(problem)
            return
        st.session_state["last_blind"] = (item.call_id, item.criterion_id, level)
        st.rerun()


def _last_saved() -> None:
    """What the machine gave for the score just reviewed."""
    last = st.session_state.get("last_blind")
    if last is None:
        return
    call_id, criterion_id, level = last
    scored = calls.scores(call_id)
    row = next((r for r in rows(scored) if r.criterion_id == criterion_id), None)
    if row is None or is_missing(row.level):
        return
    same = "the same" if row.level == level else f"<strong>{LEVEL_NAMES[row.level].lower()}</strong> ({row.score:.0f})"
    says(f"Saved: you said <strong>{html(level)}</strong> for {html(row.criterion_name)}; the machine says {same}.")
    link("call", f"Its evidence in call {call_id}", icon=":material/article:", call=call_id, criterion=criterion_id)
