"""Which words count as said, and which of them as unheard."""

import numpy as np
import pytest

from coachlake.conversations.conversation import Word
from coachlake.speech.activity import Span
from evaluation.unheard import Channel, unheard_on

_RATE = 16_000


def _spoken(*words: tuple[str, float]) -> list[Word]:
    return [Word(text, at, at + 0.3, 0.9) for text, at in words]


def _loud_at(*times: float) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    samples = np.random.default_rng(3).normal(0, 1e-4, 12 * _RATE).astype(np.float32)
    for at in times:
        samples[int(at * _RATE) : int((at + 0.3) * _RATE)] *= 1000
    return samples


def test_a_word_both_passes_hear_where_it_is_loud_was_said() -> None:
    passes = _spoken(("good", 1), ("day", 2), ("bye", 8)), _spoken(("good", 1.1), ("they", 2), ("bye", 8))
    found = unheard_on(Channel(_loud_at(1, 2), [Span(1, 2.3)], [], passes))
    assert [word.text for word in found.said] == ["good"], "one is heard in two ways, one in silence"
    assert (found.loud_s, found.loud_undetected_s) == (pytest.approx(0.75, abs=0.2), pytest.approx(0, abs=0.1))


def test_unheard_is_what_the_product_lacks_not_what_it_hears_otherwise() -> None:
    said = _spoken(("no", 1), ("it", 2), ("works", 3), ("okay", 9))
    written = _spoken(("no", 1), ("that", 2), ("okay", 5))
    found = unheard_on(Channel(_loud_at(1, 2, 3, 9), [Span(1, 2.3)], written, (said, said)))
    assert [word.text for word in found.unheard] == ["works", "okay"], "an okay of another moment is not this one"
    assert [word.text for word in found.undetected] == ["works", "okay"]
    assert [word.text for word in found.alone] == ["okay"]


def test_a_reference_vouches_for_what_one_pass_hears() -> None:
    passes = _spoken(("hello", 1)), _spoken(("yellow", 1))
    found = unheard_on(Channel(_loud_at(1), [], [], passes, reference=_spoken(("hello", 1.5), ("there", 3))))
    assert [word.text for word in found.said] == ["hello"]
    assert (found.reference, [word.text for word in found.dropped]) == (2, ["hello", "there"])


def test_a_contraction_is_the_words_it_stands_for() -> None:
    said = _spoken(("going", 1), ("to", 1.4), ("we", 3), ("will", 3.4))
    found = unheard_on(Channel(_loud_at(1, 1.4, 3, 3.4), [], _spoken(("gonna", 1), ("we'll", 3)), (said, said)))
    assert found.unheard == []
