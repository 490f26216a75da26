"""Blind review: the call and the anchors, without the machine's score until the person has given theirs."""

from typing import Any, cast

import streamlit as st
from markupsafe import Markup

from coachlake.app.links import choose, link
from coachlake.app.parts import empty, note, says, your_name
from coachlake.app.player import player
from coachlake.app.queries import calibration
from coachlake.app.queries import call as calls
from coachlake.app.recording import recording
from coachlake.app.reviews import Entry, save
from coachlake.display.formatting import LEVEL_NAMES, clock, html, is_missing, named, plain, rows
from coachlake.rubrics.schema import Level

_ANY = "any"
_NOT_APPLICABLE = "not applicable"
_LEVELS = ("good", "average", "poor", _NOT_APPLICABLE)


def render() -> None:
    """The queue, one score at a time."""
    says("Listen or read, then give the level the anchors call for. The machine's shows once yours is saved.")
    left, right = st.columns(2)
    with left:
        reviewer = your_name("Your name", "reviewer")
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
    st.header(plain(f"{item.criterion_name or named(item.criterion_id)} in call {item.call_id}"))
    if item.review_count:
        note("One person has reviewed this already: yours is the second opinion.")
    anchors = calibration.anchors(item.rubric_id, item.criterion_id)
    if anchors is not None:
        says(str(anchors.observes))
    # First the call, then the level: on a phone they stand in this order too.
    transcript, levels = st.columns([1.3, 1], gap="large")
    with transcript:
        _call(item)
    with levels:
        _form(item, reviewer, anchors)


def _call(item: Any) -> None:
    facts = calls.call(item.call_id)
    if facts is None:
        return
    sound = recording(item.call_id, f"{facts.batch_date:%Y-%m-%d}") if facts.has_recording else None
    if sound is not None:
        player(sound, item.call_id)
    spoken = "".join(
        f'<p class="{"backchannel" if turn.is_backchannel else ""}"><span class="who {turn.speaker}">'
        f"{'Rep' if turn.speaker == 'rep' else 'Customer'} {clock(turn.start_s)}</span> {html(turn.text)}</p>"
        for turn in rows(calls.turns(facts))
    )
    st.html(f'<div class="cl-turns">{spoken}</div>')


def _form(item: Any, reviewer: str, anchors: Any) -> None:
    meaning = [] if anchors is None else [str(anchors[f"{level}_anchor"]) for level in LEVEL_NAMES]
    with st.form(f"blind_{item.score_id}", border=False):
        captions = [*map(plain, meaning), "The call gave no opportunity for it."] if meaning else None
        level = st.radio("Level", _LEVELS, format_func=str.capitalize, index=None, captions=captions)
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
            st.error(plain(problem))
            return
        st.session_state["last_blind"] = (item.call_id, item.criterion_id, level)
        st.rerun()


def _last_saved() -> None:
    """What the machine gave for the score just reviewed."""
    last = st.session_state.get("last_blind")
    if last is None:
        return
    call_id, criterion_id, level = last
    facts = calls.call(call_id)
    scored = [] if facts is None else rows(calls.scores(facts))
    row = next((r for r in scored if r.criterion_id == criterion_id), None)
    if row is None or is_missing(row.level):
        return
    same = "the same" if row.level == level else f"{LEVEL_NAMES[row.level].lower()} ({row.score:.0f})"
    says(
        Markup("Saved: you said <strong>{}</strong> for {}; the machine says <strong>{}</strong>.").format(
            level, row.criterion_name, same
        )
    )
    link("call", f"Its evidence in call {call_id}", icon=":material/article:", call=call_id, criterion=criterion_id)
