"""Two-channel recordings made of two voices: what each side says, and what lines do to it."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from coachlake.speech.decode import SAMPLE_RATE_HZ
from demonstration.speech import voice_of

Samples = NDArray[np.float32]
SIDES = (
    (
        "Good morning, this is the garden centre, you are speaking with Nora.",
        "Which of the two apple trees did you buy from us?",
        "Then it wants more water than rain gives it in a summer like this.",
        "I can have somebody look at it next Tuesday, would that suit you?",
        "Very well, he will ring the bell at nine.",
    ),
    (
        "Hello, my apple tree is losing all of its leaves and it is only June.",
        "The small one with the red fruit, we planted it in autumn.",
        "So it is not ill? My neighbour said that it was a fungus.",
        "Tuesday is good, I am at home the whole day.",
        "Wonderful, thanks a lot and goodbye.",
    ),
)
_PITCHES = (1.06, 0.8)


@cache
def talk() -> Samples:
    """Both sides taking turns, 2 × samples at 16 kHz, at -24 dBFS with a little noise."""
    pieces: list[Samples] = []
    for lines in zip(*SIDES, strict=True):
        for side, line in enumerate(lines):
            voice = voice_of(line, _PITCHES[side])
            piece = np.zeros((2, voice.size + SAMPLE_RATE_HZ // 2), np.float32)
            piece[side, : voice.size] = voice * (0.063 / np.sqrt(np.mean(voice**2)))
            pieces.append(piece)
    said = np.concatenate(pieces, axis=1)
    return (said + noise(said.shape, -66)).astype(np.float32)


def noise(shape: tuple[int, ...], level_db: float, seed: int = 3) -> Samples:
    """White noise at a level in dBFS."""
    return np.random.default_rng(seed).normal(0, 10 ** (level_db / 20), shape).astype(np.float32)


def later(samples: Samples, seconds: float) -> Samples:
    """The same, later by so much."""
    shift = round(seconds * SAMPLE_RATE_HZ)
    return np.pad(samples, (shift, 0))[: samples.size]


def leaking(down_db: float, delay_s: float, echo_s: float = 0.0) -> Samples:
    """The talk with each side on the other, fainter and later, and once more after `echo_s`."""
    left, right = talk()
    gain = np.float32(10 ** (-down_db / 20))

    def copy(source: Samples) -> Samples:
        once = later(source, delay_s) * gain
        return once + later(once, echo_s) * np.float32(0.3) if echo_s else once

    return np.stack([left + copy(right), right + copy(left)])
