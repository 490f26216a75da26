"""Warmth and probing in replies to somebody's trouble."""

from coachlake.signals.kit import SignalKit
from coachlake.signals.probing import probes
from coachlake.signals.warmth import warmth_of_turn


def test_a_named_feeling_is_strong_warmth_a_wish_weak_and_advice_none(kit: SignalKit) -> None:
    assert warmth_of_turn("I'm so sorry you had to go through that with your son.", kit)[0] == 2
    assert warmth_of_turn("I hope you and your son feel better soon, hang in there.", kit)[0] == 1
    assert warmth_of_turn("You could ask the school about that.", kit)[0] == 0


def test_ones_own_trouble_is_no_warmth(kit: SignalKit) -> None:
    assert warmth_of_turn("I was so sad when I lost my own job that I stayed in bed for a month.", kit)[0] == 0


def test_the_warmest_sentence_counts(kit: SignalKit) -> None:
    assert warmth_of_turn("The form is online. I'm so sorry you lost your mother. You'll need her number.", kit)[0] == 2


def test_a_question_about_the_others_matter_probes() -> None:
    for text in (
        "What happened after he left?",
        "How are you sleeping these days?",
        "Have you told your sister?",
        "how did it end",
    ):
        assert probes(text), text


def test_rhetoric_suggestions_offers_and_tags_do_not_probe() -> None:
    for text in (
        "Who cares?",
        "How am I supposed to know?",
        "Maybe you could call your sister?",
        "Do you want to talk about it?",
        "It's all about the money, you know?",
        "Take a walk.",
        "When you're at your lowest? Yes, it gets better.",
        "Some soup maybe? Toast?",
        "You know that feeling when the alarm goes off?",
        "Does anyone else feel like that?",
    ):
        assert not probes(text), text
