import pytest

from coachlake.admission.loops import is_empty_talk, is_invented, looped


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("no no no no no I said no", 0),
        ("can you hear me can you hear me can you hear me", 0),
        ("the code is five five five five five five five five", 0),
        ("ha " * 12, 11),
        ("one moment " * 6, 10),
        ("we are looking into it now " * 4 + "done", 18),
        ("so we start " + "and then it stops again " * 5, 20),
    ],
)
def test_a_phrase_in_a_row_is_cut_after_its_first_time(text: str, cut: int) -> None:
    assert looped(text.split()).sum() == cut


def test_a_counter_in_it_does_not_hide_a_loop() -> None:
    counted = " ".join(f"line {number} of the list please go on" for number in range(1, 30)).split()
    plain = (
        "We moved the boiler to the cellar last spring because the kitchen was too small and since then the pressure "
        "drops whenever somebody showers upstairs. I called your colleague about it in May and she told me to open "
        "the valve behind the tank a quarter turn which helped for a week or so, but now it is back to where it was "
        "and my daughter has an eczema that needs warm baths, so I would really like somebody to look at it properly."
    )
    assert looped(counted).mean() > 0.9
    assert not looped(plain.split()).any()


@pytest.mark.parametrize(
    ("text", "invented", "empty"),
    [
        ("Thanks for watching!", True, True),
        ("Please subscribe to my channel.", True, True),
        ("Subtitles by the Amara.org community", True, True),
        ("Thank you. Thank you. Bye.", False, True),
        ("you", False, True),
        ("Thank you for watching my son yesterday", False, False),
        ("Thank you for calling", False, False),
        ("Yes, Tuesday.", False, False),
    ],
)
def test_what_is_written_for_silence(text: str, invented: bool, empty: bool) -> None:
    assert (is_invented(text), is_empty_talk(text)) == (invented, empty)
