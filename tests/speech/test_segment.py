"""Words of two people into turns."""

from coachlake.conversations.conversation import Word
from coachlake.speech.segment import turns_of_words


def _words(*said: tuple[str, float, float]) -> list[Word]:
    return [Word(text, start, end) for text, start, end in said]


_RINGING = _words(("I", 0.0, 0.2), ("rang", 0.2, 0.6))


def test_long_pause_ends_a_turn() -> None:
    own = [*_RINGING, *_words(("Twice.", 1.5, 2.0))]
    assert [turn.text for turn in turns_of_words(own, "customer", [])] == ["I rang", "Twice."]


def test_short_pause_does_not() -> None:
    own = [*_RINGING, *_words(("twice.", 1.1, 1.6))]
    assert [turn.text for turn in turns_of_words(own, "customer", [])] == ["I rang twice."]


def test_answer_that_fits_into_a_pause_ends_a_turn() -> None:
    own, other = [*_RINGING, *_words(("Twice.", 1.2, 1.6))], _words(("When?", 0.7, 1.1))
    assert [turn.text for turn in turns_of_words(own, "customer", other)] == ["I rang", "Twice."]


def test_last_words_of_someone_already_speaking_do_not() -> None:
    own = _words(("Okay,", 0.0, 0.3), ("that", 0.7, 0.9), ("way", 0.9, 1.2))
    other = _words(("tried", -0.3, 0.1), ("it", 0.1, 0.35), ("for.", 0.4, 0.6))
    assert [turn.text for turn in turns_of_words(own, "rep", other)] == ["Okay, that way"]


def test_a_sentence_goes_on_over_a_pause_and_a_sign_of_listening() -> None:
    own = _words(("I", 0.0, 0.2), ("can", 0.2, 0.6), ("send", 1.6, 1.9), ("it.", 1.9, 2.1), ("Fine?", 3.2, 3.6))
    said = turns_of_words(own, "rep", _words(("Mm-hmm.", 0.8, 1.2)))
    assert [(turn.text, turn.start_s, turn.end_s) for turn in said] == [
        ("I can send it.", 0.0, 2.1),
        ("Fine?", 3.2, 3.6),
    ]
    asked = turns_of_words(own, "rep", _words(("When?", 0.8, 1.2)))
    assert [turn.text for turn in asked] == ["I can", "send it.", "Fine?"]
