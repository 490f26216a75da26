"""Interruptions: the rep takes the floor inside a customer statement.

Definition (ours, published because vendors do not publish theirs): the rep starts speaking at least 0.3 s before
the customer's statement ends, not as a backchannel; the customer stops within 1.2 s; the rep holds the floor with
at least three words; and the statement was not finished. Overlaps under 0.3 s are ordinary turn-taking
(Heldner & Edlund 2010: overlaps of up to about 0.2-0.3 s are perceived as smooth).
"""

import re

from ray_jobs.conversation import Conversation, Turn
from ray_jobs.evidence import Signal
from ray_jobs.turns import Statement, customer_statements
from ray_jobs.turns.backchannels import is_listening_token

MIN_OVERLAP_S = 0.3
MAX_YIELD_S = 1.2
MIN_REP_WORDS = 3
# Past this overlap a statement was cut even where its last words happen to make a sentence.
_SURELY_CUT_S = 0.6
_FINISHED = re.compile(r"[.?!][\"')]*$")


def interruptions(conversation: Conversation) -> list[Signal]:
    """Each interruption. Value: seconds of overlap; the cue is the customer's interrupted turn."""
    if not conversation.is_timed:
        return []
    reps = [turn for turn in conversation.by("rep") if not turn.is_backchannel and not is_listening_token(turn.text)]
    found = []
    for statement in customer_statements(conversation):
        cutting = next((turn for turn in reps if _takes_floor(turn, statement)), None)
        if cutting:
            found.append(_signal(cutting, statement))
    return found


def _takes_floor(turn: Turn, statement: Statement) -> bool:
    overlap = statement.end_s - turn.start_s
    if not (turn.start_s > statement.start_s and MIN_OVERLAP_S <= overlap <= MAX_YIELD_S):
        return False
    holds = turn.word_count >= MIN_REP_WORDS and turn.end_s > statement.end_s
    return holds and (overlap >= _SURELY_CUT_S or not _FINISHED.search(statement.text.strip()))


def _signal(turn: Turn, statement: Statement) -> Signal:
    overlap = statement.end_s - turn.start_s
    return Signal(
        kind="interruption",
        label="interruption",
        value=overlap,
        confidence=min(1.0, 0.6 + overlap / 2),
        turn_index=turn.turn_index,
        start_s=turn.start_s,
        end_s=turn.end_s,
        quote=turn.text,
        cue_turn_index=statement.turns[-1].turn_index,
    )
