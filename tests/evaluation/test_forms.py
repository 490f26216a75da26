"""The same words in another form: what changes is what the form says, in every run alike."""

from random import Random

import jiwer
import pytest

from coachlake.conversations.conversation import Conversation, conversation_from_lines
from evaluation.forms import CONTROL, ERROR_RATE, FORMS, in_form, indian_english, no_punctuation, recognised, shuffled

_TEXT = (
    "I don't think the Harbour Street branch, which is closest, can help. Please call them today. You'll know, right?"
)


def _call() -> Conversation:
    return conversation_from_lines(
        "one", [("customer", _TEXT), ("rep", "I'll call their office now. Is that all right?")]
    )


def test_marks_go_and_words_stay() -> None:
    without = no_punctuation(_TEXT, Random(1))
    assert without.startswith("I don't think the Harbour Street branch which is closest can help Please call")
    assert no_punctuation("...", Random(1)) == "..."


def test_one_word_in_ten_is_heard_wrong_or_not_at_all() -> None:
    said = " ".join(f"word{number}" for number in range(2000))
    errors = jiwer.process_words(said, recognised(said, Random(3)))
    assert errors.wer == pytest.approx(ERROR_RATE, abs=0.015)
    assert errors.deletions / 2000 == pytest.approx(0.4 * ERROR_RATE, abs=0.015)
    assert errors.insertions < 20


def test_what_sounds_alike_is_taken_for_one_another_and_the_marks_stay() -> None:
    heard = {recognised("Is it their house, their garden, their car?", Random(seed)) for seed in range(200)}
    assert any("there house," in text for text in heard)
    assert any(text.endswith("?") and not text.endswith("car?") for text in heard)


def test_a_dialect_by_rules() -> None:
    said = indian_english(_TEXT, Random(2))
    assert "Kindly call them today itself" in said
    assert said.endswith("no?")
    assert indian_english("I want to go.", Random(2)).startswith("I want to go")


def test_shuffled_words_are_the_same_words() -> None:
    assert sorted(shuffled(_TEXT, Random(1)).split()) == sorted(_TEXT.split())


@pytest.mark.parametrize("name", [*FORMS, CONTROL[0]])
def test_every_form_changes_the_text_alone_and_is_the_same_in_every_run(name: str) -> None:
    change = dict([*FORMS.items(), CONTROL])[name]
    once, again = in_form(_call(), name, change), in_form(_call(), name, change)
    assert once == again
    assert once.call_id != "one"
    assert [(turn.speaker, turn.start_s, turn.end_s) for turn in once.turns] == [
        (turn.speaker, turn.start_s, turn.end_s) for turn in _call().turns
    ]
    assert [turn.text for turn in once.turns] != [turn.text for turn in _call().turns]
    assert all(turn.text for turn in once.turns)
