"""A turn falls into the stretches between its pauses."""

from coachlake.conversations.conversation import Turn, Word
from coachlake.conversations.units import units_of


def _turn(words: list[tuple[str, float, float]]) -> Turn:
    made = tuple(Word(text, start, end) for text, start, end in words)
    return Turn(3, "customer", words[0][1] - 0.1, words[-1][2] + 0.3, " ".join(w.text for w in made), made)


def test_pause_inside_a_turn_makes_two_units_that_keep_its_outer_edges() -> None:
    turn = _turn([("I", 1.0, 1.1), ("waited", 1.15, 1.6), ("all", 1.95, 2.1), ("day.", 2.1, 2.5)])
    first, second = units_of(turn)
    assert (first.text, first.start_s, first.end_s) == ("I waited", 0.9, 1.6)
    assert (second.text, second.start_s, second.end_s) == ("all day.", 1.95, 2.8)
    assert first.turn_index == second.turn_index == 3


def test_turn_without_word_times_is_one_unit() -> None:
    turn = Turn(0, "customer", 0.0, 4.0, "I waited. All day.")
    assert units_of(turn) == [turn]
