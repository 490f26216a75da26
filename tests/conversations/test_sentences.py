"""Where sentences end, with marks and without."""

import re

import numpy as np
import pytest

from coachlake.conversations import boundaries
from coachlake.conversations.boundaries import BoundaryModel, load_boundary_model
from coachlake.conversations.conversation import Turn, Word
from coachlake.conversations.sentences import sentences_by_words, sentences_of, split_sentences
from coachlake.models.weights import WeightsError

SAID = (
    "I waited in all day for the parcel and nobody came. Can you tell me where it is now? "
    "The driver rang at eight, but he was at the wrong house. I'd like it sent again tomorrow!"
)


def _bare(text: str) -> str:
    return re.sub(r"[^\w\s']", "", text).lower()


def test_with_marks_sentences_end_at_them_in_any_case() -> None:
    whole = split_sentences(SAID)
    assert len(whole) == 4
    assert [piece.lower() for piece in whole] == split_sentences(SAID.lower())


def test_a_mark_that_ends_no_sentence_does_not_cut() -> None:
    assert split_sentences("I can be there at 8 a.m. then.") == ["I can be there at 8 a.m. then."]


def test_without_marks_the_words_tell() -> None:
    assert split_sentences(_bare("My heating stopped on Sunday. When can somebody come and look at it?")) == [
        "my heating stopped on sunday",
        "when can somebody come and look at it",
    ]


@pytest.mark.parametrize("text", [SAID, SAID.upper(), f"Um, {SAID.replace('and nobody', 'and, uh, nobody')}"])
def test_by_words_alone_the_same_words_give_the_same_sentences(text: str) -> None:
    ends = [piece.split()[-1].strip(".?!,").lower() for piece in sentences_by_words(text)]
    assert ends == [piece.split()[-1] for piece in sentences_by_words(_bare(SAID))]


@pytest.mark.parametrize(
    "text", [SAID, _bare(SAID), "Um.", "…", "  yes   no ", "[laughs] well uh the the end (loudly)"]
)
def test_nothing_is_lost(text: str) -> None:
    for split in (split_sentences, sentences_by_words):
        assert "".join("".join(split(text)).split()) == "".join(text.split())


def test_blank_text_has_no_sentences() -> None:
    assert split_sentences("  ") == sentences_by_words("") == []


def test_times_are_those_of_the_words() -> None:
    text = _bare("My heating stopped on Sunday. When can somebody come and look at it?")
    words = tuple(Word(word, 2.0 + at, 2.5 + at) for at, word in enumerate(text.split()))
    first, second = sentences_of(Turn(7, "customer", 2.0, 14.5, text, words))
    assert (first.start_s, first.end_s, second.start_s, second.end_s) == (2.0, 6.5, 7.0, 14.5)
    assert first.turn_index == second.turn_index == 7


def test_a_long_text_is_read_in_windows_that_agree() -> None:
    words = _bare(SAID).split()
    chances = load_boundary_model().chances(words * 12)
    assert chances.shape == (12 * len(words), 3)
    assert np.allclose(chances.sum(axis=1), 1, atol=1e-5)
    short = load_boundary_model().chances(words * 2)[: len(words)]
    assert np.abs(chances[: len(words)] - short).max() < 0.5


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boundaries, "WEIGHTS_SHA256", "0")
    with pytest.raises(WeightsError, match="not the pinned one"):
        load_boundary_model.__wrapped__()


def test_no_words_have_no_ends() -> None:
    assert load_boundary_model().chances([]).shape == (0, 3)
    assert isinstance(load_boundary_model(), BoundaryModel)
