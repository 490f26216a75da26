"""Words of each speaker into turns."""

from collections.abc import Sequence

from coachlake.conversations.continued import goes_on
from coachlake.conversations.conversation import Speaker, Turn, Word
from coachlake.conversations.endings import has_marks

# A speaker's own pause that ends a turn (seconds): a break within a clause is shorter (0.2-0.6 s), a pause at
# which the floor is open is about 0.7-1 s (Heldner & Edlund 2010, "Pauses, gaps and overlaps in conversations").
TURN_PAUSE_S = 0.8
# Words of one speaker closer than this are said in one breath (seconds).
_BREATH_S = 0.2


def turns_of_words(words: Sequence[Word], speaker: Speaker, others: Sequence[Word]) -> list[Turn]:
    """Turns of one speaker from their words in time order; `turn_index` is -1, to be numbered with the others'.

    A turn ends at a pause of TURN_PAUSE_S, or at a shorter one into which the other speaker said something
    whole: began in it and ended in it. Someone who was already speaking takes nothing from this speaker's turn.
    Neither ends it where the speaker goes on with the same sentence (`goes_on`).
    """
    groups: list[list[Word]] = []
    for word in words:
        if groups and not _ends_turn(groups[-1][-1], word, others):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [_turn(group, speaker) for group in _whole_sentences(groups, others)]


def _whole_sentences(groups: Sequence[list[Word]], others: Sequence[Word]) -> list[list[Word]]:
    is_marked = has_marks([_text(group) for group in groups])
    whole: list[list[Word]] = []
    for group in groups:
        if whole and _goes_on(whole[-1], group, others, is_marked):
            whole[-1] = [*whole[-1], *group]
        else:
            whole.append(group)
    return whole


def _goes_on(said: list[Word], more: list[Word], others: Sequence[Word], is_marked: bool) -> bool:
    start, end = max(word.end_s for word in said), more[0].start_s
    between = [word for word in others if word.end_s > start and word.start_s < end]
    return goes_on(_text(said), _text(more), _text(between), end - start, is_marked=is_marked)


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
    return Turn(-1, speaker, words[0].start_s, max(word.end_s for word in words), _text(words), tuple(words))


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
