"""What the practice page keeps: the studio of this lake for everybody, a session a person."""

from dataclasses import dataclass, field
from threading import Thread
from time import monotonic

import streamlit as st

from coachlake.app.data import query, settings
from coachlake.app.viewer import viewer
from coachlake.practice.attempts import Trainee
from coachlake.practice.scenarios.schema import Scenario
from coachlake.practice.scoring import Result
from coachlake.practice.session import Session
from coachlake.practice.studio import Studio
from coachlake.practice.voice import warm_up
from coachlake.speech.transcriber import Transcriber

_KEY = "practice_attempt"


@dataclass
class Attempt:
    """A session on the screen: whose it is, what it is for, and what it came to once it is over.

    Times are seconds from its start, by this machine's clock. `replies`: the customer's spoken lines by line index.
    """

    session: Session
    trainee: Trainee
    assignment_id: str | None
    result: Result | None = None
    began: float = field(default_factory=monotonic)
    replies: dict[int, bytes] = field(default_factory=dict)
    transcribed_clips: set[str] = field(default_factory=set)

    def now_s(self) -> float:
        """Seconds since it began."""
        return monotonic() - self.began


@st.cache_resource(show_spinner="Loading the models…", max_entries=2)
def _studio(home: str) -> Studio:
    found = Studio(settings())
    found.kit.probability("solution", "solution", ["Let me load everything before the first turn."])
    return found


def studio() -> Studio:
    """The studio of this lake, loaded once."""
    return _studio(str(settings().home))


def scenario_names() -> dict[str, str]:
    """scenario_id → its name, of shipped and own scenarios."""
    return {scenario.id: scenario.name for scenario in studio().scenarios.scenarios.values()}


@st.cache_resource(show_spinner="Loading the recogniser…", max_entries=1)
def transcriber(profile: str) -> Transcriber:
    """The recogniser for spoken turns, loaded when first needed."""
    return Transcriber(profile)


def current(rep_id: str, scenario_id: str) -> Attempt | None:
    """The attempt under way for this rep and scenario, if any."""
    attempt: Attempt | None = st.session_state.get(_KEY)
    if attempt is None or attempt.trainee.rep_id != rep_id or attempt.session.scenario.id != scenario_id:
        return None
    return attempt


def is_on_call() -> bool:
    """Whether a session is under way on this screen."""
    attempt: Attempt | None = st.session_state.get(_KEY)
    return attempt is not None and not attempt.session.is_over


def begin(rep_id: str, scenario: Scenario, assignment_id: str | None, mode: str) -> Attempt:
    """Start another attempt. Raises PermissionError for one in the name of somebody else than has signed in."""
    who = viewer()
    if who.is_signed_in and rep_id != (who.own_rep_id or who.person):
        raise PermissionError(f"{who.person} cannot practise as {rep_id}")
    session = studio().start(scenario, mode=mode)
    if mode == "voice":
        # While the customer's first words are heard and the rep records an answer.
        Thread(target=warm_up, args=(transcriber(settings().model_profile),), daemon=True).start()
    st.session_state[_KEY] = Attempt(session, _trainee(rep_id), assignment_id)
    attempt: Attempt = st.session_state[_KEY]
    return attempt


def finish(attempt: Attempt) -> Result:
    """Score and keep an attempt, once."""
    if attempt.result is None:
        attempt.result = studio().finish(attempt.session, attempt.trainee, attempt.assignment_id)
    return attempt.result


def _trainee(rep_id: str) -> Trainee:
    found = query(
        "SELECT team_id, rep_name FROM lake.published.reps WHERE rep_id = $1 LIMIT 1", (rep_id,), needs=["reps"]
    )
    if found.empty:
        return Trainee(rep_id)
    return Trainee(rep_id, str(found["team_id"].iloc[0]), str(found["rep_name"].iloc[0]))
