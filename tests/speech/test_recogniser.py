"""Which language the next windows are heard in."""

from coachlake.speech.recogniser import next_language


def test_a_last_bye_bye_does_not_turn_an_english_call_chinese() -> None:
    assert next_language("en", {"zh": 1.2, "en": 0.2}, is_known=True) == "en"


def test_another_language_is_followed_where_much_is_said_in_it_or_nothing_was_known() -> None:
    assert next_language("en", {"es": 20.0, "en": 2.0}, is_known=True) == "es"
    assert next_language("en", {"es": 1.2, "en": 0.2}, is_known=False) == "es"
    assert next_language("en", {"es": 11.0, "en": 10.0}, is_known=True) == "en"
    assert next_language("en", {}, is_known=False) == "en"
