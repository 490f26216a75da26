"""Sentence vectors: each distinct sentence is computed once, and does not depend on its company."""

import numpy as np
import pytest

from coachlake.conversations.conversation import conversation_from_lines
from coachlake.conversations.dialogue import dialogue_of
from coachlake.language.encoder import load_encoder
from coachlake.signals.extract import extract_signals
from coachlake.signals.kit import load_signal_kit


def test_all_heads_together_compute_each_sentence_once(computed: list[str]) -> None:
    kit = load_signal_kit("fast")
    computed.clear()
    lines = [("customer", "My kitchen flooded and I can't cook."), ("rep", "That must be awful. I'll send somebody.")]
    call = dialogue_of(conversation_from_lines("call", lines))  # type: ignore[arg-type]
    extract_signals(call, kit)
    extract_signals(call, kit)
    assert "I'll send somebody." in computed
    assert len(computed) == len(set(computed))


def test_a_vector_is_of_length_one_and_the_same_alone_or_in_company() -> None:
    alone = load_encoder("fast").encode(["It ships on Friday."])
    among = load_encoder("fast").encode(
        ["A much longer sentence about something else entirely.", "It ships on Friday."]
    )
    assert alone.shape == (1, 384)
    assert np.linalg.norm(alone[0]) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(alone[0], among[1])
