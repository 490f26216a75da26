"""Silero's probability of speech, 32 ms at a time, from the model inside faster-whisper."""

import numpy as np
from numpy.typing import NDArray

FRAME = 512  # samples at 16 kHz
FRAME_S = 0.032


def speech_probabilities(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Probability of speech (0-1) of each FRAME of float32 samples at 16 kHz; a last frame that is not full counts.

    The model starts without memory at each call and carries its state through the call.
    """
    from faster_whisper.vad import get_vad_model

    padded = np.pad(samples, (0, -samples.size % FRAME))  # a copy: the model writes into what it is given
    if not padded.size:
        return np.zeros(0, np.float32)
    found: NDArray[np.float32] = np.asarray(get_vad_model()(padded), np.float32).ravel()
    return found
