"""The form in which text is judged."""

import re

import pytest

from coachlake.language.judged_form import judged_form

SAID = [
    "Well, I've booked it: the van's there at 8.30, on Thursday!",
    "“That’s £1,250 (and it’s the last offer),” she said.",
    "Didn't you say it was a follow-up visit? We're not paying twice.",
    "I can't, I really can't; they've had the boiler since March…",
]


@pytest.mark.parametrize("said", SAID)
def test_marks_and_capitals_make_no_difference(said: str) -> None:
    bare = re.sub(r"(?<=\d)[.,](?=\d)", "", said)
    bare = re.sub(r"[^\w\s'’£$-]", " ", bare)
    assert judged_form(bare.lower()) == judged_form(bare.upper()) == judged_form(said)


def test_missing_and_curly_apostrophes_read_alike() -> None:
    assert judged_form("Im sure they dont") == judged_form("I’m sure they don`t") == "i'm sure they don't"
    assert judged_form("the customers' own id") == "the customers own id"


@pytest.mark.parametrize(
    ("spoken", "meant"),
    [
        ("Um, I I was, I was going to uh ring you", "i was going to ring you"),
        ("Uh-huh. Mm-hmm, erm the the invoice", "the invoice"),
        ("We can we can send it, we can send it", "we can send it"),
        ("It's very, very good that that one had had a check", "it's very very good that that one had had a check"),
        ("oh eight hundred, double five five five", "oh eight hundred double five five five"),
        ("ref 33 33", "ref 33 33"),
        ("[laughs] no (inaudible) <noise> we did (all of us)", "no we did all of us"),
        ("Her mum, he hummed", "her mum he hummed"),
        ("Um.", ""),
        ("", ""),
    ],
)
def test_disfluencies_go_and_what_is_meant_stays(spoken: str, meant: str) -> None:
    assert judged_form(spoken) == meant


def test_words_of_other_scripts_stay() -> None:
    assert judged_form("Das Café, bitte – żółty!") == "das café bitte żółty"


@pytest.mark.parametrize("said", [*SAID, "no no I I I mean I mean ah the the", "uh huh uh huh"])
def test_a_form_is_its_own_form(said: str) -> None:
    assert judged_form(judged_form(said)) == judged_form(said)
