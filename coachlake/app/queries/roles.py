"""Calls that wait for an answer to "who is the rep here?", and who speaks in a call."""

from typing import Any

import pandas as pd

from coachlake.app.data import query, query_now
from coachlake.display.formatting import rows

_WAITING = """
    SELECT call_id, batch_date, rep_id, rep_name, queue, reason, has_recording, started_at
    FROM lake.published.calls WHERE status = 'asked' ORDER BY started_at DESC, call_id LIMIT 200
"""
_PEOPLE = """
    SELECT label, participant_name, role, word_count, talk_s, first_start_s, first_words
    FROM lake.published.call_participants WHERE call_id = $1 AND role != 'system' ORDER BY first_start_s, label
"""


def waiting() -> pd.DataFrame:
    """Calls nobody has answered for yet, newest first: call_id, whose it should be, the question as `reason`."""
    found = query(_WAITING, needs=("calls", "call_participants"))
    if found.empty:
        return found
    answered = query_now("SELECT DISTINCT call_id FROM lake.raw.role_answers WHERE queue IS NULL")
    return found if answered.empty else found[~found["call_id"].isin(set(answered["call_id"]))]


def people(call_id: str) -> list[Any]:
    """Everybody with words of their own in a call, in order of first speech."""
    found = query(_PEOPLE, (call_id,), needs=("call_participants",))
    return rows(found) if len(found) else []
