"""Speech is found with its edges; tones, music and noise are not speech."""

import numpy as np
import pytest

from coachlake.speech.activity import speech_spans
from coachlake.speech.decode import SAMPLE_RATE_HZ
from tests.speech.sounds import dtmf, hold_music, noise
from tests.spoken import SpokenCall


def test_edges_of_lines_lie_where_they_were_put(spoken_call: SpokenCall) -> None:
    off = []
    for samples, speaker in zip(spoken_call.samples, ("rep", "customer"), strict=True):
        spans = speech_spans(samples)
        for place in spoken_call.lines(speaker):
            within = [span for span in spans if span.start_s < place.end_s and span.end_s > place.start_s]
            assert within, place.line.text
            off += [within[0].start_s - place.start_s, within[-1].end_s - place.end_s]
    assert np.median(np.abs(off)) <= 0.03
    assert np.quantile(np.abs(off), 0.8) <= 0.1


@pytest.mark.parametrize(
    "sound",
    [noise(6, -30), dtmf("4719305826"), hold_music(8), np.zeros(5 * SAMPLE_RATE_HZ, np.float32)],
    ids=["noise", "dtmf", "music", "silence"],
)
def test_no_speech_in_what_is_none(sound: "np.ndarray[tuple[int], np.dtype[np.float32]]") -> None:
    line = noise(sound.size / SAMPLE_RATE_HZ, -62)[: sound.size]
    assert sum(span.end_s - span.start_s for span in speech_spans(sound + line)) < 0.3


def test_a_short_loud_word_after_long_silence_is_heard(spoken_call: SpokenCall) -> None:
    place = spoken_call.lines("customer")[0]
    word = spoken_call.samples[1, int(place.start_s * SAMPLE_RATE_HZ) :][: int(0.45 * SAMPLE_RATE_HZ)]
    loud = word * np.float32(0.9 / np.abs(word).max())
    silence = noise(40, -84)
    spans = speech_spans(np.concatenate([silence, loud, silence]))
    assert any(span.start_s < 40.4 and span.end_s > 40.1 for span in spans)


@pytest.mark.parametrize("gain_db", [-24.0, 0.0, 12.0])
def test_level_of_the_line_changes_little(spoken_call: SpokenCall, gain_db: float) -> None:
    samples = np.clip(spoken_call.samples[1] * np.float32(10 ** (gain_db / 20)), -1, 1)
    spoken = sum(place.end_s - place.start_s for place in spoken_call.lines("customer"))
    assert sum(end - start for start, end in speech_spans(samples)) > 0.85 * spoken
