import pytest

from coachlake.admission.languages import OTHER, language_code, language_name, languages_of
from tests.admission.calls import transcript_of


@pytest.mark.parametrize(
    ("source", "code"),
    [("en-US", "en"), ("ES", "es"), ("Spanish", "es"), ("por", "pt"), ("zh_CN", "zh"), ("auto", None), ("", None),
     (None, None), ("klingonese", None)],
)  # fmt: skip
def test_names_of_sources_become_codes(source: str | None, code: str | None) -> None:
    assert language_code(source) == code


def test_codes_have_names_for_people() -> None:
    assert [language_name(code) for code in ("es", "zh", OTHER, "qq")] == [
        "Spanish",
        "Chinese",
        "another language",
        "qq",
    ]


def test_words_are_counted_by_language_and_short_turns_follow_the_rest() -> None:
    call = transcript_of(
        "a: Guten Tag, ich wollte fragen wann mein Paket endlich kommt.\nb: ok\n"
        "b: I am afraid I only speak English, can we go on in English please?\na: ok super\n"
        "a: Yes sure, my parcel should have been here on Monday already."
    )
    found = languages_of(call.segments, ["en"])
    assert dict(found.words) == {"de": 10, "en": 28}
    assert found.foreign_words[:1] == (10,)
    assert sum(found.foreign_words[1:]) == 0
    assert found.main == "en"


def test_nothing_said_is_in_no_language() -> None:
    found = languages_of([], ["en"])
    assert (found.main, found.foreign_share) == (None, 0.0)
