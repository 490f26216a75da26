"""Practice by voice: what the rep said as text, and the customer's reply as sound where a voice is installed."""

import io
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from coachlake.speech.transcriber import Transcriber

_RATE_HZ = 24_000


def transcribed(transcriber: Transcriber, recording: bytes, suffix: str = ".wav") -> str:
    """The words of a recorded turn, by the same recogniser as calls; empty where nobody speaks in it.

    An unanswered silence is a turn as well: the customer reacts to it.
    """
    from coachlake.speech.decode import UnreadableAudioError

    with tempfile.NamedTemporaryFile(suffix=suffix) as file:
        Path(file.name).write_bytes(recording)
        try:
            return transcriber.transcribe_clip(file.name)
        except UnreadableAudioError:
            return ""


def warm_up(transcriber: Transcriber) -> None:
    """Load recogniser and voice now, so that the first spoken turn waits for neither (seconds)."""
    transcribed(transcriber, spoken("One moment, please.") or _hiss())


def _hiss() -> bytes:
    """A second of faint noise as WAV: something to decode where there is no voice to speak a word with."""
    import numpy as np
    import soundfile

    target = io.BytesIO()
    noise = np.random.default_rng(0).normal(0, 0.01, 16_000)
    soundfile.write(target, noise, 16_000, format="WAV", subtype="PCM_16")
    return target.getvalue()


def duration_s(recording: bytes) -> float:
    """Length of a WAV recording in seconds; 0 where it cannot be read."""
    import soundfile

    try:
        return float(soundfile.info(io.BytesIO(recording)).duration)
    except soundfile.LibsndfileError:
        return 0.0


def spoken(text: str, seed: int = 0) -> bytes | None:
    """`text` as WAV, 24 kHz mono; None where no voice is installed or `text` has nothing to say ("...")."""
    if not any(character.isalpha() for character in text) or (voice := _voice()) is None:
        return None
    import soundfile

    target = io.BytesIO()
    soundfile.write(target, voice(text, seed=seed), _RATE_HZ, format="WAV", subtype="PCM_16")
    return target.getvalue()


@cache
def _voice() -> Any:
    """hibari-tts, an optional part of practice: without it replies are read, not spoken."""
    try:
        import hibari
    except ImportError:
        return None
    from coachlake.models.weights import verified_weight

    return hibari.Hibari(model=str(verified_weight("hibari")))
