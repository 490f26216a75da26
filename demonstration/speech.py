"""Demonstration calls as sound: two voices from one offline voice, on a telephone line."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from demonstration.dialogue import Line
from demonstration.layout import Placed, lay_out

LINE_RATE_HZ = 8_000
_VOICE_RATE_HZ = 24_000
_BAND_HZ = (300.0, 3400.0)
_NOISE_DB, _LEAK_DB = -62.0, -46.0
# A heated customer and a rep who loses composure are louder and faster: 4 dB and an eighth.
_RAISED_GAIN, _RAISED_PACE = 1.6, 1.12


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one file is made. Pitch factors move the voice (1 = as it is, below = deeper)."""

    path: Path
    layout: str  # rep_left | rep_right | mono
    rep_pitch: float
    customer_pitch: float
    seed: int
    subtype: str = "PCM_16"


def speak(lines: list[Line], recipe: Recipe) -> list[Placed]:
    """Speak a call into `recipe.path` (8 kHz telephone band); where each line lies in it."""
    import soundfile

    rng = np.random.default_rng(recipe.seed)
    sounds = [_say(line, recipe) for line in lines]
    placed = lay_out(lines, [len(sound) / LINE_RATE_HZ for sound in sounds], rng)
    channels = _mix(placed, sounds, rng)
    if recipe.layout == "rep_right":
        channels = channels[::-1]
    samples = channels.sum(axis=0, keepdims=True) if recipe.layout == "mono" else channels
    form = "RAW" if recipe.path.suffix == ".ulaw" else None
    soundfile.write(recipe.path, samples.T, LINE_RATE_HZ, subtype=recipe.subtype, format=form)
    return placed


def _say(line: Line, recipe: Recipe) -> NDArray[np.float32]:
    from scipy.signal import butter, resample_poly, sosfilt

    pitch = recipe.rep_pitch if line.speaker == "rep" else recipe.customer_pitch
    is_raised = line.is_heated or (line.criterion == "emotional_regulation" and line.level == "poor")
    # Played slower, a voice is deeper: what resampling will slow down is spoken that much faster first.
    pace = (_RAISED_PACE if is_raised else 1.0) / pitch
    voice = _trimmed(_voice()(line.text, speed=float(np.clip(pace, 0.5, 2.0)), seed=recipe.seed))
    shifted = resample_poly(voice, round(LINE_RATE_HZ / pitch / 10), round(_VOICE_RATE_HZ / 10))
    band = butter(4, _BAND_HZ, btype="bandpass", fs=LINE_RATE_HZ, output="sos")
    level = 0.12 / max(float(np.sqrt(np.mean(shifted**2))), 1e-6) * (_RAISED_GAIN if is_raised else 1.0)
    spoken: NDArray[np.float32] = np.asarray(sosfilt(band, shifted) * level, np.float32)
    return spoken


def _trimmed(voice: NDArray[np.float32]) -> NDArray[np.float32]:
    """Without the silence the synthesiser puts around a line, so that gold times are those of speech."""
    loud = np.flatnonzero(np.abs(voice) > 0.02 * np.max(np.abs(voice)))
    return voice[loud[0] : loud[-1] + 1] if loud.size else voice


def _mix(placed: list[Placed], sounds: list[NDArray[np.float32]], rng: np.random.Generator) -> NDArray[np.float32]:
    """Channels (rep, customer) × samples, with line noise and a little of each side on the other."""
    length = int((max(p.end_s for p in placed) + 0.6) * LINE_RATE_HZ)
    clean = np.zeros((2, length), np.float32)
    for place, sound in zip(placed, sounds, strict=True):
        start = int(place.start_s * LINE_RATE_HZ)
        clean[0 if place.line.speaker == "rep" else 1, start : start + len(sound)] += sound[: length - start]
    noise = rng.normal(0, 10 ** (_NOISE_DB / 20), clean.shape)
    mixed = clean + clean[::-1] * 10 ** (_LEAK_DB / 20) + noise
    result: NDArray[np.float32] = np.clip(mixed, -1, 1).astype(np.float32)
    return result


def voice_of(text: str, pitch: float, seed: int = 1) -> NDArray[np.float32]:
    """A line in the offline voice at 16 kHz, its pitch moved by a factor (below 1: deeper), without silence around."""
    from scipy.signal import resample_poly

    voice = _trimmed(_voice()(text, speed=float(np.clip(1 / pitch, 0.5, 2.0)), seed=seed))
    return np.asarray(resample_poly(voice, round(16_000 / pitch / 10), round(_VOICE_RATE_HZ / 10)), np.float32)


@cache
def _voice() -> Any:
    import hibari

    from coachlake.models.weights import verified_weight

    return hibari.Hibari(model=str(verified_weight("hibari")))
