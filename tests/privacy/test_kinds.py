"""Identifiers in the ways people tell them: abbreviations spelled, words taken back, letters explained."""

import pytest

from coachlake.conversations.transcript import Segment, Transcript
from coachlake.privacy.redact import redacted


def _left(asked: str, said: str, names: tuple[str, ...] = ()) -> str:
    turns = (Segment("rep", 0.0, 4.0, asked), Segment("customer", 5.0, 9.0, said))
    return redacted(Transcript(turns, (), "test"), names).segments[1].text


@pytest.mark.parametrize(
    ("asked", "said", "left"),
    [
        ("and the c v c", "six oh two", "[CARD]"),
        ("the code on the back", "six oh two", "[CARD]"),
        ("and the expiry", "august twenty nine", "[CARD]"),
        ("your d o b please", "the ninth of the fourth sixty six", "[DATE_OF_BIRTH]"),
        ("your p p s number", "five two oh one two oh one i a", "[NATIONAL_ID]"),
        ("your pan", "B for bat C for cow R P K 5512 Q", "[NATIONAL_ID]"),
        ("last four of your social", "five five one two", "[NATIONAL_ID]"),
        ("the passport number for the booking", "six one one nine oh seven three", "[NATIONAL_ID]"),
        ("your social", "six one two no wait six two one forty four oh nine one eight", "[NATIONAL_ID]"),
        ("the i f s c", "KKBK0005512", "[BANK_ACCOUNT]"),
        ("which number are you on", "plus four four seven nine one one one two three four five six", "[PHONE]"),
        ("your mail id", "meera travels delhi at the rate gmail dot com", "[EMAIL]"),
        ("your email", "it's b as in boy harlow at green valley farm dot co dot uk", "it's [EMAIL]"),
        ("your email", "info at harlow dot net", "[EMAIL]"),
        ("and the pin code", "five six oh oh one one", "[ADDRESS]"),
        ("your address", "flat number nine sunrise apartments and i'm home all day", "[ADDRESS] and i'm home all day"),
        ("your address", "the mill house dyke lane", "[ADDRESS]"),
        ("the eircode", "d fifteen x two k eight", "[ADDRESS]"),
        ("what's the house number", "a hundred and six", "[ADDRESS]"),
    ],
)
def test_they_are_taken_out(asked: str, said: str, left: str) -> None:
    assert _left(asked, said) in (left, left.replace("[NATIONAL_ID]", "[NATIONAL_ID] no wait [NATIONAL_ID]"))


@pytest.mark.parametrize(
    "said",
    [
        "our nearest store is at 1800 north canal street by the station",
        "that's the one i want not the other one",
        "the loan is twenty two thousand five hundred and sixty rupees",
        "the engineer comes on the fourth of march between nine and one",
        "look at the page on northlight dot com",
        "at this point in my life i would rather wait",
        "since he died i live on one pension and lie awake",
        "log in to the business hall at www.northlight.com",
    ],
)
def test_what_is_nobodys_stays(said: str) -> None:
    assert _left("okay tell me", said) == said


def test_a_name_is_taken_out_spelled_too() -> None:
    assert _left("the surname", "it's o k o n j o", ("Odile Okonjo",)) == "it's [NAME]"
    assert _left("the surname", "O-K-O-N-J-O, yes.", ("Odile Okonjo",)) == "[NAME], yes."
