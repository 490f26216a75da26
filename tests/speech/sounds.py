"""What is on a telephone line besides speech; float32 at 16 kHz."""

import numpy as np
from numpy.typing import NDArray

from coachlake.speech.decode import SAMPLE_RATE_HZ

Samples = NDArray[np.float32]


def noise(seconds: float, level_db: float, seed: int = 1) -> Samples:
    """White noise at a level in dBFS."""
    rng = np.random.default_rng(seed)
    return rng.normal(0, 10 ** (level_db / 20), int(seconds * SAMPLE_RATE_HZ)).astype(np.float32)


def dtmf(digits: str) -> Samples:
    """Keypad tones (ITU-T Q.23), 120 ms each with 80 ms between."""
    rows, columns = (697, 770, 852, 941), (1209, 1336, 1477)
    pieces = []
    for digit in digits:
        row, column = divmod("123456789*0#".index(digit), 3)
        at = np.arange(int(0.12 * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
        tone = 0.2 * np.sin(2 * np.pi * rows[row] * at) + 0.2 * np.sin(2 * np.pi * columns[column] * at)
        pieces += [tone, np.zeros(int(0.08 * SAMPLE_RATE_HZ))]
    return np.concatenate(pieces).astype(np.float32)


def hold_music(seconds: float) -> Samples:
    """Chords that change every half second, each note with harmonics and a decay."""
    at = np.arange(int(0.5 * SAMPLE_RATE_HZ)) / SAMPLE_RATE_HZ
    chords = ((262, 330, 392), (220, 262, 330), (175, 220, 262), (196, 247, 294))
    decay = np.exp(-3 * at)
    played = [
        0.08 * decay * sum(np.sin(2 * np.pi * hz * part * at) / part for hz in chord for part in (1, 2, 3, 4))
        for chord in chords
    ]
    rounds = int(np.ceil(seconds / 2.0))
    return np.tile(np.concatenate(played), rounds)[: int(seconds * SAMPLE_RATE_HZ)].astype(np.float32)
