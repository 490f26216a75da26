"""Inter-pausal units: stretches of one turn without a pause, the smallest piece of speech one can break into."""

from itertools import pairwise

from coachlake.conversations.conversation import Turn, Word

# Koiso et al. 1998, "An analysis of turn-taking and backchannels": units are bounded by pauses of 0.1-0.2 s; the
# upper end, since recognised word times are coarse.
UNIT_PAUSE_S = 0.2


def units_of(turn: Turn) -> list[Turn]:
    """The units of a turn in order, as turns with the same `turn_index`; the turn itself where it has no word times."""
    if not turn.words:
        return [turn]
    groups = [[turn.words[0]]]
    for before, word in pairwise(turn.words):
        if word.start_s - before.end_s >= UNIT_PAUSE_S:
            groups.append([])
        groups[-1].append(word)
    last = len(groups) - 1
    return [
        _unit(turn, group, turn.start_s if index == 0 else None, turn.end_s if index == last else None)
        for index, group in enumerate(groups)
    ]


def _unit(turn: Turn, words: list[Word], start_s: float | None, end_s: float | None) -> Turn:
    return Turn(
        turn.turn_index,
        turn.speaker,
        words[0].start_s if start_s is None else start_s,
        max(word.end_s for word in words) if end_s is None else end_s,
        " ".join(word.text for word in words),
        tuple(words),
    )
