"""What breaks off and what could be the end."""

import pytest

from coachlake.conversations.endings import has_marks, is_left_open


@pytest.mark.parametrize(
    "text",
    [
        "They told me the line would be live on Wednesday and",
        "The van is stuck because the.",  # the recogniser's full stop
        "I have tried it for.",
        "Then my husband rang you and he",
        "We paid the deposit in spring,",
    ],
)
def test_broken_off(text: str) -> None:
    assert is_left_open(text)


@pytest.mark.parametrize(
    "text",
    [
        "It has been like that since Monday.",
        "That is the number I am calling from.",
        "No, not that I know, no.",
        "There was nothing to start with.",
        "Is that what I pay for?",
        "I would like to talk to her, so.",
    ],
)
def test_could_be_the_end(text: str) -> None:
    assert not is_left_open(text)


def test_missing_mark_says_nothing_in_a_transcript_without_marks() -> None:
    spoken = ["it has been like that since monday", "yes", "that is the one"]
    assert not has_marks(spoken)
    assert not is_left_open(spoken[0], is_marked=False)
    assert has_marks(["It has been like that.", "Yes.", "and then"])
