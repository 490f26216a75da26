"""Identifiers as people write and say them, spread over turns and pauses; and numbers that belong to nobody."""

import pytest

from benchmarks.redaction import measure
from coachlake.conversations.conversation import Word
from coachlake.conversations.transcript import Segment, Transcript
from coachlake.privacy.redact import hidden_kind, redacted


def _said(*turns: tuple[str, str], names: tuple[str, ...] = ()) -> list[str]:
    segments = tuple(Segment(who, 5.0 * at, 5.0 * at + 4, text) for at, (who, text) in enumerate(turns))
    return [segment.text for segment in redacted(Transcript(segments, (), "test"), names).segments]


@pytest.mark.parametrize(
    ("asked", "said", "left"),
    [
        ("The card number?", "It's 4539 1488 0343 6467.", "It's [CARD]."),
        ("Go on.", "4539148803436467", "[CARD]"),
        ("Go on.", "four five three nine, one four double eight, oh three four three, six four six seven", "[CARD]"),
        ("And your social?", "five three six uh twenty two double one oh four.", "[NATIONAL_ID]."),
        ("National insurance?", "It is J K eight four eight seven three four C.", "It is [NATIONAL_ID]."),
        ("The sort code?", "Oh four double zero oh four.", "[BANK_ACCOUNT]."),
        ("Okay.", "The IBAN is GB33 BUKB 2020 1555 5555 55.", "The IBAN is [BANK_ACCOUNT]."),
        ("What number can I reach you on?", "Oh seven nine double one, one two three, four five six.", "[PHONE]."),
        ("Okay.", "Try (212) 555-0147 after six.", "Try [PHONE] after six."),
        ("Your e-mail?", "It's nils dot berg at posteo dot de, all lower case.", "It's [EMAIL], all lower case."),
        ("Okay.", "Write to nils.berg@posteo.de.", "Write to [EMAIL]."),
        ("Where do you live?", "At 17 Harbour Road, EH1 2NG.", "At [ADDRESS]."),
        ("And the postcode?", "E H one two N G.", "[ADDRESS]."),
        ("Your date of birth?", "The third of May nineteen seventy one.", "[DATE_OF_BIRTH]."),
        ("When were you born?", "3/5/1971, in Leith.", "[DATE_OF_BIRTH], in Leith."),
    ],
)  # fmt: skip
def test_what_identifies_somebody_is_taken_out(asked: str, said: str, left: str) -> None:
    assert _said(("rep", asked), ("customer", said)) == [asked, left]


def test_a_number_may_come_in_pieces_over_turns() -> None:
    left = _said(
        ("rep", "Can I take the long number on your card?"),
        ("customer", "four five three nine,"),
        ("rep", "four five three nine, yes"),
        ("customer", "uh one four double eight, and then"),
        ("rep", "Mm-hm."),
        ("customer", "oh three four three six four six seven."),
        ("rep", "And the security code?"),
        ("customer", "Two one nine."),
    )
    assert left[1::2] == ["[CARD],", "uh [CARD], and then", "[CARD].", "[CARD]."]
    assert left[2] == "[CARD], yes"


@pytest.mark.parametrize(
    "said",
    [
        "I paid two hundred and forty pounds for it in 2022.",
        "My order number is 48213377.",
        "It drops from 80 to 20 megabits at 9 every evening.",
        "An engineer can come on May 14 between 9 and five.",
        "We have 58 people on one floor and two more on the way.",
        "You can ring us on 0800 100 4000 for free.",
        "I bought it on the website at northlight dot com.",
        "It happened three or four times, maybe five, on the first of June.",
        "I'll have one of each, and a second one for my sister.",
    ],
)
def test_what_identifies_nobody_stays(said: str) -> None:
    assert _said(("rep", "How can I help?"), ("customer", said)) == ["How can I help?", said]


def test_names_that_are_given_are_taken_out() -> None:
    left = _said(("customer", "This is odile okonjo, and Odile Okonjo-Smith is my sister."), names=("Odile Okonjo",))
    assert left == ["This is [NAME], and Odile Okonjo-Smith is my sister."]


def test_a_marker_takes_the_time_of_what_it_hides() -> None:
    told = [
        "The",
        "card",
        "is",
        "four",
        "five",
        "three",
        "nine",
        "one",
        "four",
        "eight",
        "eight",
        "oh",
        "three",
        "four",
        "three",
        "six",
        "four",
        "six",
        "seven",
        "thanks",
    ]
    words = tuple(Word(text, 0.5 * at, 0.5 * at + 0.4, 0.9) for at, text in enumerate(told))
    segment = Segment("left", 0.0, 10.0, " ".join(told), words)
    after = redacted(Transcript((segment,), (), "recording"))
    assert after.segments[0].text == "The card is [CARD] thanks"
    assert after.segments[0].words[3] == Word("[CARD]", 1.5, 9.4, 0.9)
    assert after.notes == ("Identifiers were taken out: 1 x card.",)


def test_a_transcript_without_identifiers_is_the_same_object() -> None:
    told = Transcript((Segment("left", 0.0, 1.0, "Hello there."),), (), "test")
    assert redacted(told) == told


def test_a_marker_is_known_with_its_punctuation() -> None:
    assert hidden_kind("[NATIONAL_ID].") == "national_id"
    assert hidden_kind("[inaudible]") is None


def test_generated_calls_are_redacted_as_promised() -> None:
    """The promise of docs/privacy.md on calls of another seed than the page's."""
    tally = measure(150, seed=71)
    for kind in {kind for kind, _ in tally.there}:
        keys = [key for key in tally.there if key[0] == kind]
        recall = sum(tally.found[key] for key in keys) / sum(tally.there[key] for key in keys)
        assert recall >= (0.98 if kind in ("CARD", "NATIONAL_ID") else 0.95), (kind, recall, tally.misses[:5])
    assert tally.right / tally.markers >= 0.95, tally.misses[:10]
