"""Sides that are exchanged or lost in the middle of a call."""

import numpy as np
import pytest
from numpy.typing import NDArray

from coachlake.speech.activity import Span, speech_spans
from coachlake.speech.channels.lost import lost_after
from coachlake.speech.channels.swap import swap_time
from coachlake.speech.decode import SAMPLE_RATE_HZ
from coachlake.speech.embedding import VoiceEmbedder
from coachlake.speech.voices import PieceVoices, count_voices, voices_of_pieces
from tests.speech.channels.made import noise, talk

_EMBED = VoiceEmbedder()


def _voices(channel: NDArray[np.float32]) -> PieceVoices:
    return voices_of_pieces(channel, speech_spans(channel), _EMBED, 12)


def _swap(both: NDArray[np.float32]) -> float | None:
    return swap_time([_voices(channel) for channel in both], [speech_spans(channel) for channel in both])


def test_people_who_stay_are_not_exchanged() -> None:
    both = talk()
    assert _swap(both) is None


@pytest.mark.parametrize("share", [0.35, 0.6])
def test_channels_that_swap_are_followed(share: float) -> None:
    both = np.tile(talk(), 2)
    at = int(share * both.shape[1])
    swapped = np.concatenate([both[:, :at], both[::-1, at:]], axis=1)
    found = _swap(swapped)
    assert found == pytest.approx(at / SAMPLE_RATE_HZ, abs=5.0)


def test_side_that_is_muted_is_no_quiet_person() -> None:
    left, right = (np.tile(channel, 2) for channel in talk())
    at = right.size // 3
    muted = np.concatenate([right[:at], np.zeros(right.size - at, np.float32)])
    lost = lost_after(muted, speech_spans(muted), speech_spans(left))
    assert lost == pytest.approx(at / SAMPLE_RATE_HZ, abs=8.0)


def test_quiet_listener_is_not_lost() -> None:
    left, right = (np.tile(channel, 2) for channel in talk())
    at = right.size // 2
    quiet = np.concatenate([right[:at], noise((right.size - at,), -66)])
    assert lost_after(quiet, speech_spans(quiet), speech_spans(left)) is None


def test_a_colleague_on_the_same_side_is_a_second_voice() -> None:
    left, right = talk()
    alone = [count_voices(_voices(channel)) for channel in (left, right)]
    assert alone == [1, 1]
    assert count_voices(_voices(np.concatenate([left, right]))) == 2
    half = _voices(np.concatenate([left, right])).within([Span(0, left.size / SAMPLE_RATE_HZ)])
    assert count_voices(half) == 1
