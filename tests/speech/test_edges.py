"""Recognised words put right by where speech really is."""

from coachlake.conversations.conversation import Turn, Word
from coachlake.speech.activity import Span
from coachlake.speech.edges import to_speech_edges, within_speech


def test_word_that_starts_in_the_silence_before_a_phrase_starts_with_the_phrase() -> None:
    (word,) = within_speech([Word("Exactly.", 14.2, 15.2)], [Span(10.0, 14.25), Span(14.7, 15.3)])
    assert (word.start_s, word.end_s) == (14.7, 15.2)


def test_word_outside_all_speech_stays() -> None:
    word = Word("Bye.", 20.0, 20.3)
    assert within_speech([word], [Span(1.0, 2.0)]) == [word]


def test_turn_reaches_to_where_the_speaker_stops_though_the_last_word_was_lost() -> None:
    turn = Turn(-1, "customer", 47.6, 49.4, "The socket is dead as well.")
    (edged,) = to_speech_edges([turn], [Span(47.5, 49.95)])
    assert (edged.start_s, edged.end_s) == (47.5, 49.95)


def test_long_stretch_without_words_is_not_taken_in() -> None:
    turn = Turn(-1, "customer", 1.0, 2.0, "Yes, that is it.")
    (edged,) = to_speech_edges([turn], [Span(0.9, 4.0)])
    assert (edged.start_s, edged.end_s) == (0.9, 2.0)


def test_turns_of_one_speaker_do_not_run_into_each_other() -> None:
    turns = [Turn(-1, "rep", 1.0, 2.0, "One."), Turn(-1, "rep", 2.3, 3.0, "Two.")]
    first, second = to_speech_edges(turns, [Span(0.9, 3.1)])
    assert first.end_s <= second.start_s
    assert (first.start_s, second.end_s) == (0.9, 3.1)
