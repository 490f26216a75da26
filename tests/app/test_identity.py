"""What people enter carries who they are, and is refused for what is not theirs; whatever name they type."""

from collections.abc import Iterator
from typing import Any

import pytest
import streamlit as st

from coachlake.access.audit import access_events
from coachlake.access.viewer import LOCAL, Role, Viewer
from coachlake.app import data, practising, reviews, role_answers, strikes
from coachlake.scoring.evidence import Struck
from coachlake.settings import Settings
from tests.access.centre import filled
from tests.reading import rows

ANN = Viewer("ann@centre.example", frozenset({Role.REP}), rep_id="ann")
COACH = Viewer("coach@centre.example", frozenset({Role.COACH}), teams=frozenset({"north"}))
SCIENTIST = Viewer("data@centre.example", frozenset({Role.DATA_SCIENTIST}))


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return filled(tmp_path_factory.mktemp("centre") / "home")


@pytest.fixture
def looking(centre: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Say who looks, in a session of their own."""
    monkeypatch.setenv("COACHLAKE_HOME", str(centre.home))

    def by(viewer: Viewer) -> None:
        st.session_state.clear()
        for module in (data, practising, reviews, role_answers, strikes):
            monkeypatch.setattr(module, "viewer", lambda: viewer)

    yield by
    st.session_state.clear()
    st.cache_data.clear()
    st.cache_resource.clear()


def _entry(call_id: str, note: str, *, is_blind: bool = False) -> reviews.Entry:
    rep = call_id.rpartition("-")[2]
    return reviews.Entry(call_id, f"criterion_id of {rep}", "Somebody Else", "good", note, not is_blind, is_blind)


def test_a_review_is_by_whoever_signed_in(centre: Settings, looking: Any) -> None:
    looking(ANN)
    assert reviews.save(_entry("call-of-ann", "I did ask")) is None
    looking(COACH)
    assert reviews.save(_entry("call-of-cal", "Heard it", is_blind=True)) is None
    query = "SELECT reviewer_id FROM lake.raw.human_reviews WHERE note IN ('I did ask', 'Heard it') ORDER BY 1"
    assert rows(centre, query) == [("ann@centre.example",), ("coach@centre.example",)]


@pytest.mark.parametrize(
    ("viewer", "call_id", "is_blind"),
    [
        (ANN, "call-of-bob", False),
        (ANN, "call-of-ann", True),
        (COACH, "call-of-bob", True),
        (SCIENTIST, "call-of-ann", True),
    ],
)
def test_nobody_reviews_what_is_not_theirs_to(
    centre: Settings, looking: Any, viewer: Viewer, call_id: str, is_blind: bool
) -> None:
    looking(viewer)
    assert "not yours" in (reviews.save(_entry(call_id, "refused", is_blind=is_blind)) or "")
    assert rows(centre, "SELECT count(*) FROM lake.raw.human_reviews WHERE note = 'refused'") == [(0,)]
    if viewer.own_rep_id != call_id.rpartition("-")[2]:
        newest = access_events(centre)[0]
        assert (newest.person, newest.call_id, newest.is_refused) == (viewer.person, call_id, True)


def test_who_the_rep_is_is_said_by_coaches_for_their_calls(centre: Settings, looking: Any) -> None:
    for viewer, call_id, queue in (
        (ANN, "call-of-ann", None),
        (COACH, "call-of-bob", None),
        (COACH, "call-of-ann", "q"),
    ):
        looking(viewer)
        assert "not yours" in (role_answers.keep(call_id, "A", ["A", "B"], "Somebody Else", queue) or "")
    looking(COACH)
    assert role_answers.keep("call-of-ann", "A", ["A", "B"], "Somebody Else") is None
    kept = "SELECT answered_by, call_id FROM lake.raw.role_answers WHERE label = 'A'"
    assert rows(centre, kept) == [("coach@centre.example", "call-of-ann")]


def test_moments_are_struck_by_coaches_for_their_calls(centre: Settings, looking: Any) -> None:
    moment = Struck("empathy", 3, "What is your policy number?")
    for viewer, call_id in ((ANN, "call-of-ann"), (COACH, "call-of-bob"), (SCIENTIST, "call-of-ann")):
        looking(viewer)
        assert "not yours" in (strikes.keep(call_id, moment, "no trouble before it", "Somebody Else") or "")
    looking(COACH)
    assert "why" in (strikes.keep("call-of-ann", moment, " ", "") or "")
    assert strikes.keep("call-of-ann", moment, "no trouble before it", "Somebody Else") is None
    kept = "SELECT struck_by, call_id FROM lake.raw.strikes WHERE why = 'no trouble before it'"
    assert rows(centre, kept) == [("coach@centre.example", "call-of-ann")]


def test_nobody_practises_as_another(looking: Any) -> None:
    looking(ANN)
    with pytest.raises(PermissionError, match="cannot practise as bob"):
        practising.begin("bob", None, None, "text")  # type: ignore[arg-type]


def test_what_is_cached_for_one_is_not_shown_to_another(looking: Any) -> None:
    seen = {}
    for viewer in (LOCAL, ANN, COACH, SCIENTIST, LOCAL, ANN):
        looking(viewer)
        seen[viewer.person] = set(data.query("SELECT rep_id FROM lake.published.calls")["rep_id"])
    assert seen[""] == {"ann", "bob", "cal"}
    assert seen[ANN.person] == {"ann"}
    assert seen[COACH.person] == {"ann", "cal"}
    assert not seen[SCIENTIST.person] & {"ann", "bob", "cal"}


def test_nobody_is_shown_nothing(centre: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the app's own server, as `streamlit run coachlake/app/main.py` would be, nothing can be read."""
    from coachlake.app.serving import NotServedError

    monkeypatch.setenv("COACHLAKE_HOME", str(centre.home))
    with pytest.raises(NotServedError):
        data.query("SELECT * FROM lake.published.calls")
