from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coachlake.admission.admit import LEAST_COVERED, admit
from coachlake.conversations.conversation import Word
from coachlake.conversations.transcript import ROLES, Participant, Segment, Transcript
from tests.admission.calls import cases, transcript_of, written


@pytest.mark.parametrize(("kind", "call", "is_timed"), list(cases()))
def test_each_kind_is_told_by_its_own_reason(kind: str, call: str, is_timed: bool) -> None:
    found = admit(transcript_of(call, is_timed=is_timed))
    assert (found.code or "scored") == kind, found.reason
    assert (found.reason is None) == (kind == "scored")
