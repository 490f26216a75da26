"""Interruptions: the rep takes the floor inside a customer statement.

Definition (ours, published because vendors do not publish theirs). Within a customer statement

1. the rep begins to speak while the customer is speaking, or in a breath of the customer's of up to 0.2 s, at least
   0.5 s after the statement began (earlier, both began together);
2. the customer stops within 1.5 s, and stays silent until the rep is done or for at least 0.5 s;
3. what the rep says is no backchannel: at least three words besides listening tokens, and it lasts until the customer
   stops;
4. the customer was cut off: the words break off ("and then the") and at least 0.3 s were spoken at once; or, where
   the words could be an end, the rep's claim to the floor came at least 0.5 s before the customer stopped. The claim
   begins with the first word that is no listening token: "okay" over the customer's last word claims nothing. The
   second half needs edges of speech measured from audio; people who time transcripts by hand or by subtitle leave
   half a second and more after the last word, so without word times only words that break off count.

0.3 s: shorter overlaps are smooth turn-taking (Heldner & Edlund 2010). 0.5 s: more than two syllables from the end, a
"deep" intrusion (West & Zimmerman 1983); closer to the end a listener has heard the end coming. An interruption counts
once a statement: rate = interrupted statements / statements.
"""

from collections.abc import Iterator
from itertools import pairwise

from coachlake.conversations.backchannels import is_listening_token
from coachlake.conversations.conversation import Turn
from coachlake.conversations.dialogue import Dialogue
from coachlake.conversations.endings import has_marks, is_left_open
from coachlake.conversations.statements import Statement
from coachlake.conversations.units import units_of
from coachlake.signals.signal import Signal, signal_at

MIN_INTO_S = 0.5
MIN_OVERLAP_S = 0.3
DEEP_OVERLAP_S = 0.5
MAX_YIELD_S = 1.5
MIN_SILENT_S = 0.5
MIN_CLAIM_WORDS = 3
# The rep's speech "lasts until the customer stops" if it ends no earlier than this before (seconds; edges of speech
# are known to about a tenth).
_EDGE_S = 0.3
# A customer who goes on this soon (seconds) had not stopped: nobody reacts faster (Levinson & Torreira 2015).
_PAUSE_S = 0.2


def interruptions(dialogue: Dialogue) -> list[Signal]:
    """Each interruption. Value: seconds of speech at once; the cue is the customer's interrupted turn."""
    if not dialogue.is_timed:
        return []
    reps = [turn for turn in dialogue.by("rep") if not turn.is_backchannel and not is_listening_token(turn.text)]
    is_marked = has_marks([turn.text for turn in dialogue.by("customer")])
    found = []
    for statement in dialogue.statements:
        units = [unit for turn in statement.turns for unit in units_of(turn)]
        cut = next(_cuts(statement, units, reps, is_marked), None)
        if cut:
            found.append(_signal(*cut, is_marked))
    return found


def _cuts(
    statement: Statement, units: list[Turn], reps: list[Turn], is_marked: bool
) -> Iterator[tuple[Turn, Turn, float]]:
    """(rep's turn, the last the customer said under it, seconds of overlap) in order of time."""
    for turn in reps:
        begun = next((i for i, unit in enumerate(units) if unit.start_s - _PAUSE_S < turn.start_s < unit.end_s), None)
        if begun is None or turn.start_s < statement.start_s + MIN_INTO_S:
            continue
        unit = _last_under(turn, units[begun:])
        overlap = unit.end_s - turn.start_s
        if MIN_OVERLAP_S <= overlap <= MAX_YIELD_S and _takes_floor(turn, unit, is_marked):
            yield turn, unit, overlap


def _last_under(turn: Turn, units: list[Turn]) -> Turn:
    """The unit after which the customer is silent until the rep is done, or for MIN_SILENT_S."""
    for unit, following in pairwise(units):
        if following.start_s >= min(turn.end_s - _EDGE_S, unit.end_s + MIN_SILENT_S):
            return unit
    return units[-1]


def _takes_floor(turn: Turn, unit: Turn, is_marked: bool) -> bool:
    claim_start_s, claim_words = _claim(turn)
    holds = claim_words >= MIN_CLAIM_WORDS and turn.end_s >= unit.end_s - _EDGE_S
    is_deep = bool(unit.words) and unit.end_s - claim_start_s >= DEEP_OVERLAP_S
    return holds and (is_deep or is_left_open(unit.text, is_marked=is_marked))


def _claim(turn: Turn) -> tuple[float, int]:
    """When the words that claim the floor begin (seconds), and how many there are."""
    tokens = turn.text.split()
    skipped = next((index for index, token in enumerate(tokens) if not _stands_alone(token)), len(tokens))
    if len(turn.words) == len(tokens):
        start_s = turn.words[skipped].start_s if 0 < skipped < len(tokens) else turn.start_s
    else:
        start_s = turn.start_s + turn.duration_s * skipped / max(1, len(tokens))
    return start_s, len(tokens) - skipped


def _stands_alone(token: str) -> bool:
    """Whether a word is a listening token by itself ("good,"), not the start of what follows ("good that you...")."""
    return is_listening_token(token) and not token[-1].isalnum()


def _signal(turn: Turn, unit: Turn, overlap: float, is_marked: bool) -> Signal:
    sure = min(1.0, 0.5 + overlap / 2 + (0.2 if is_left_open(unit.text, is_marked=is_marked) else 0.0))
    return signal_at(turn, "interruption", "interruption", overlap, sure, unit.turn_index)
