"""What is loud and was not taken for speech is heard all the same, and believed where the recogniser is sure."""

from dataclasses import replace

import numpy as np
import pytest

from coachlake.conversations.conversation import Word
from coachlake.models.profiles import load_profile
from coachlake.speech.activity import Span
from coachlake.speech.decode import SAMPLE_RATE_HZ
from coachlake.speech.doubtful import doubtful_spans, with_believed
from coachlake.speech.embedding import VoiceEmbedder
from coachlake.speech.recogniser import Recogniser
from coachlake.speech.two_channels import Channels, heard_separately, separated
from tests.speech.sounds import Samples, dtmf, hold_music, noise
from tests.spoken import SpokenCall


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser(load_profile("fast"))


@pytest.fixture(scope="module")
def channels(spoken_call: SpokenCall) -> Channels:
    left, right = spoken_call.samples
    return separated(left, right, VoiceEmbedder())


def _customers_words(channels: Channels, recogniser: Recogniser) -> list[str]:
    return [_plain(word) for word in heard_separately(channels, recogniser.heard).sides[1].words]


def _plain(word: Word) -> str:
    return word.text.lower().strip(".,?! ")


def test_a_word_that_the_detector_left_out_is_heard(channels: Channels, recogniser: Recogniser) -> None:
    left, right = channels.spans
    missed = min((span for span in right if span.end_s - span.start_s >= 0.3), key=lambda s: s.end_s - s.start_s)
    without = replace(channels, spans=(left, [span for span in right if span != missed]))
    heard = heard_separately(without, recogniser.heard).sides[1]
    assert [_plain(word) for word in heard.words] == _customers_words(channels, recogniser)
    assert any(span.start_s < missed.end_s and missed.start_s < span.end_s for span in heard.spans)


def test_bursts_of_noise_between_the_lines_become_no_words(channels: Channels, recogniser: Recogniser) -> None:
    left, right = channels.samples
    times = np.arange(1.0, right.size / SAMPLE_RATE_HZ - 1, 0.5)
    silent = [at for at in times if not any(a - 1 < at < b + 1 for a, b in channels.spans[1])]
    noisy = right.copy()
    for at in silent[:: len(silent) // 3]:
        noisy[int(at * SAMPLE_RATE_HZ) :][: int(0.3 * SAMPLE_RATE_HZ)] += noise(0.3, -22)
    spoilt = replace(channels, samples=(left, noisy))
    assert doubtful_spans(noisy, channels.spans[1])
    assert _customers_words(spoilt, recogniser) == _customers_words(channels, recogniser)


@pytest.mark.parametrize("sound", [hold_music(8), dtmf("4719305826")], ids=["music", "keys"])
def test_music_and_keys_beside_speech_are_not_asked(channels: Channels, sound: Samples) -> None:
    speech, spans = channels.samples[1], channels.spans[1]
    end = speech.size / SAMPLE_RATE_HZ
    assert not [span for span in doubtful_spans(np.concatenate([speech, sound]), spans) if span.end_s > end + 0.1]


def test_without_any_speech_nothing_is_asked() -> None:
    assert doubtful_spans(np.concatenate([noise(5, -70), noise(0.4, -20), noise(5, -70)]), []) == []


def test_only_sure_words_are_believed() -> None:
    speech, doubtful = [Span(1.0, 2.0)], [Span(3.0, 3.5), Span(5.0, 5.5)]
    near = Word("Hm.", 2.3, 2.4, 0.4)  # the recogniser hears it with the speech before it in any case
    said = [Word("Hi.", 1.1, 1.9, 0.4), near, Word("Oh!", 3.1, 3.4, 0.9), Word("of", 5.1, 5.4, 0.5)]
    words, spans = with_believed(said, speech, doubtful)
    assert [word.text for word in words] == ["Hi.", "Hm.", "Oh!"]
    assert spans == [Span(1.0, 2.0), Span(3.0, 3.5)]
