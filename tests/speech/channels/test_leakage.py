"""Leakage is taken out of the signal, and what remains out of the words."""

import numpy as np
import pytest

from coachlake.speech.activity import Span, speech_spans
from coachlake.speech.channels.arrangement import arrangement
from coachlake.speech.channels.leakage import cancelled, remaining_db, without_leakage
from tests.speech.channels.made import leaking, talk


@pytest.mark.parametrize(("down_db", "delay_s", "echo_s"), [(3, 0.0, 0.0), (6, 0.08, 0.03), (12, 0.22, 0.05)])
def test_each_side_is_heard_on_its_own_channel_alone(down_db: float, delay_s: float, echo_s: float) -> None:
    mixed = leaking(down_db, delay_s, echo_s)
    found = arrangement(*mixed)
    clean = cancelled(*mixed, found.leaks)
    for side in (0, 1):
        own, other, leak = clean[side], clean[1 - side], found.leaks[1 - side]
        assert leak is not None
        spans = [speech_spans(channel) for channel in (own, other)]
        kept = without_leakage(spans[0], own, other, spans[1], remaining_db(own, other, leak), leak.delay_s)
        truth = speech_spans(talk()[side])
        assert _shared(kept, truth) > 0.95 * _length(truth)
        assert _length(kept) < 1.15 * _length(truth)


def test_the_speaker_stays_as_they_were() -> None:
    mixed = leaking(6, 0.05)
    clean = cancelled(*mixed, arrangement(*mixed).leaks)
    for before, after in zip(talk(), clean, strict=True):
        spoken = np.abs(before) > 0.02
        assert np.corrcoef(before[spoken], after[spoken])[0, 1] > 0.9


def test_soft_words_beside_a_loud_other_side_stay() -> None:
    rng = np.random.default_rng(0)
    own, other = rng.normal(0, 0.01, 32_000), rng.normal(0, 0.05, 32_000)
    spans = [Span(0.5, 1.0)]
    assert without_leakage(spans, own.astype(np.float32), other.astype(np.float32), [Span(0.0, 2.0)]) == spans


def _length(spans: list[Span]) -> float:
    return sum(span.end_s - span.start_s for span in spans)


def _shared(spans: list[Span], others: list[Span]) -> float:
    return sum(max(0.0, min(a.end_s, b.end_s) - max(a.start_s, b.start_s)) for a in spans for b in others)
