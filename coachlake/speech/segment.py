"""Words of each speaker into turns."""

from collections.abc import Sequence

from coachlake.conversations.conversation import Speaker, Turn, Word

# A speaker's own pause that ends a turn (seconds): a break within a clause is shorter (0.2-0.6 s), a pause at
# which the floor is open is about 0.7-1 s (Heldner & Edlund 2010, "Pauses, gaps and overlaps in conversations").
TURN_PAUSE_S = 0.8
# Words of one speaker closer than this are said in one breath (seconds).
_BREATH_S = 0.2


def turns_of_words(words: Sequence[Word], speaker: Speaker, others: Sequence[Word]) -> list[Turn]:
    """Turns of one speaker from their words in time order; `turn_index` is -1, to be numbered with the others'.

    A turn ends at a pause of TURN_PAUSE_S, or at a shorter one into which the other speaker said something
    whole: began in it and ended in it. Someone who was already speaking takes nothing from this speaker's turn.
    """
    groups: list[list[Word]] = []
    for word in words:
        if groups and not _ends_turn(groups[-1][-1], word, others):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [_turn(group, speaker) for group in groups]


def _ends_turn(last: Word, word: Word, others: Sequence[Word]) -> bool:
    pause = word.start_s - last.end_s
    if pause >= TURN_PAUSE_S:
        return True
    if pause <= _BREATH_S:
        return False
    within = [other for other in others if last.end_s <= other.start_s and other.end_s <= word.start_s]
    if not within:
        return False
    return not any(0 <= within[0].start_s - other.end_s < _BREATH_S for other in others if other is not within[0])


def _turn(words: list[Word], speaker: Speaker) -> Turn:
    text = " ".join(word.text for word in words)
    return Turn(-1, speaker, words[0].start_s, max(word.end_s for word in words), text, tuple(words))
