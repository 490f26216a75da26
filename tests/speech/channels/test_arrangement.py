"""What two channels hold: people, one signal, and what leaks."""

import numpy as np
import pytest

from coachlake.speech.channels.arrangement import arrangement
from tests.speech.channels.made import later, leaking, noise, talk


def test_people_without_leakage() -> None:
    found = arrangement(*talk())
    assert (found.kind, found.leaks) == ("people", (None, None))


@pytest.mark.parametrize("gain_db", [-9.0, 0.0, 8.0])
@pytest.mark.parametrize("delay_s", [0.0, 0.13])
@pytest.mark.parametrize("sign", [1, -1])
def test_one_mixed_call_on_both_channels(gain_db: float, delay_s: float, sign: int) -> None:
    mixed = talk().sum(axis=0)
    copy = later(mixed, delay_s) * np.float32(sign * 10 ** (gain_db / 20))
    noisy = noise((2, mixed.size), -48)
    assert arrangement(mixed + noisy[0], copy + noisy[1]).kind == "one_signal"


@pytest.mark.parametrize("down_db", [3.0, 8.0, 18.0])
@pytest.mark.parametrize("delay_s", [0.0, 0.2])
def test_leakage_is_measured_both_ways(down_db: float, delay_s: float) -> None:
    found = arrangement(*leaking(down_db, delay_s))
    assert found.kind == "people"
    for leak in found.leaks:
        assert leak is not None
        assert leak.gain_db == pytest.approx(-down_db, abs=2.5)
        assert leak.delay_s == pytest.approx(delay_s, abs=0.002)


def test_silence_is_people_of_whom_nothing_is_known() -> None:
    assert arrangement(*np.zeros((2, 40_000), np.float32)).kind == "people"
