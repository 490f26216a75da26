"""A sentence said over a pause, or over the other's "mm", is one turn, judged and quoted as one sentence."""

import pytest

from coachlake.conversations.assemble import conversation_of
from coachlake.conversations.continued import goes_on
from coachlake.conversations.conversation import Conversation, Word
from coachlake.conversations.dialogue import dialogue_of
from coachlake.conversations.known import Roles
from coachlake.conversations.transcript import Participant, Segment, Transcript

_ROLES = Roles({"Mona": "rep", "Leo": "customer"}, "answer", 1.0)


def _call(*said: tuple[str, float, float, str], is_timed: bool = True) -> Conversation:
    segments = tuple(Segment(who, start, end, text, _words(start, end, text)) for who, start, end, text in said)
    people = (Participant("Mona"), Participant("Leo"))
    return conversation_of("call", Transcript(segments, people, "VTT", is_timed=is_timed), _ROLES)


def _words(start: float, end: float, text: str) -> tuple[Word, ...]:
    each = (end - start) / len(text.split())
    return tuple(Word(word, start + i * each, start + (i + 1) * each) for i, word in enumerate(text.split()))


@pytest.mark.parametrize("is_timed", [True, False])
def test_a_sentence_over_a_sign_of_listening_is_judged_whole_from_its_start(is_timed: bool) -> None:
    call = _call(
        ("Leo", 0.0, 2.0, "The lamp came without a bulb.", ),
        ("Mona", 2.4, 3.2, "That is soon mended. I can", ),
        ("Leo", 3.4, 3.8, "Mm-hmm."),
        ("Mona", 4.1, 5.5, "send it tomorrow."),
        ("Leo", 6.0, 6.6, "Very well, thank you."),
        is_timed=is_timed,
    )  # fmt: skip
    assert [turn.text for turn in call.by("rep")] == ["That is soon mended. I can send it tomorrow."]
    said = dialogue_of(call).exchanges[0].response_sentences
    assert [sentence.text for sentence in said] == ["That is soon mended.", "I can send it tomorrow."]
    if is_timed:
        assert 2.4 < said[1].start_s < 3.2
        assert said[1].end_s == 5.5
    assert [turn.is_backchannel for turn in dialogue_of(call).by("customer")] == [False, True, False]


def test_what_the_other_says_in_between_is_not_talked_over() -> None:
    call = _call(
        ("Mona", 0.0, 1.0, "I can send the"),
        ("Leo", 1.2, 2.0, "No, the other one."),
        ("Mona", 2.2, 3.0, "other one tomorrow."),
    )
    assert [turn.text for turn in call.by("rep")] == ["I can send the", "other one tomorrow."]


@pytest.mark.parametrize(
    ("said", "more", "between", "pause_s", "expected"),
    [
        ("I can send the", "lamp tomorrow.", "", 1.5, True),
        ("I can send the", "Lamp tomorrow.", "Right.", 1.5, True),  # no sentence ends with "the", whatever the capital
        ("I can send", "it tomorrow.", "Okay.", 1.5, True),
        ("I can send", "Tomorrow is fine.", "Okay.", 1.5, False),
        ("Since Monday I can", "I mean I could.", "", 1.0, True),
        ("I can send it.", "tomorrow, that is.", "", 1.0, False),
        ("I can send the", "lamp tomorrow.", "When?", 1.5, False),
        ("I can send the", "lamp tomorrow.", "", 4.0, False),
    ],
)
def test_goes_on(said: str, more: str, between: str, pause_s: float, expected: bool) -> None:
    assert goes_on(said, more, between, pause_s, is_marked=True) is expected


def test_without_marks_only_a_word_that_needs_another_leaves_it_open() -> None:
    assert goes_on("i can send the", "lamp tomorrow", "mm", 1.0, is_marked=False)
    assert not goes_on("i can send it", "tomorrow is fine", "mm", 1.0, is_marked=False)
