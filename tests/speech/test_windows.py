"""Speech packed for the recogniser and words put back."""

import numpy as np
import pytest

from coachlake.conversations.conversation import Word
from coachlake.speech.activity import Span
from coachlake.speech.decode import SAMPLE_RATE_HZ
from coachlake.speech.windows import WINDOW_S, windows


def test_long_silence_is_left_out_and_words_find_their_place() -> None:
    (window,) = windows([Span(10.0, 12.0), Span(50.0, 53.0)], 60.0)
    assert window.pieces == (Span(9.5, 12.5), Span(49.5, 53.5))
    assert window.duration_s == 7.0
    assert window.placed(Word("a", 0.5, 0.7)).start_s == pytest.approx(10.0)
    assert window.placed(Word("b", 3.6, 3.8)).start_s == pytest.approx(50.1)
    late = window.placed(Word("c", 2.6, 3.3))  # runs over the seam: stays in the piece its middle is in
    assert late.end_s <= 12.5


def test_no_window_is_longer_than_the_recogniser_reads_and_nothing_is_lost() -> None:
    spans = [Span(float(at), at + 7.5) for at in range(0, 400, 9)] + [Span(410.0, 500.0)]
    packed = list(windows(spans, 500.0))
    assert all(window.duration_s <= WINDOW_S + 0.01 for window in packed)
    pieces = [piece for window in packed for piece in window.pieces]
    assert pieces == sorted(pieces)
    for span in spans:
        heard = sum(max(0.0, min(p.end_s, span.end_s) - max(p.start_s, span.start_s)) for p in pieces)
        assert heard == pytest.approx(span.end_s - span.start_s)


def test_cut_takes_the_samples_of_its_pieces() -> None:
    samples = np.arange(20 * SAMPLE_RATE_HZ, dtype=np.float32)
    (window,) = windows([Span(2.0, 3.0), Span(10.0, 11.0)], 20.0)
    cut = window.cut(samples)
    assert cut.size == 4 * SAMPLE_RATE_HZ
    assert cut[0] == 1.5 * SAMPLE_RATE_HZ
    assert cut[2 * SAMPLE_RATE_HZ] == 9.5 * SAMPLE_RATE_HZ


def test_no_speech_no_windows() -> None:
    assert list(windows([], 60.0)) == []
