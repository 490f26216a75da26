"""Makes recordings of what is said: two voices out of the offline one, and what lines do to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from evaluation.gauntlet.layouts import Said

Samples = NDArray[np.float32]
Arrangement = Literal["stereo", "mono", "one_channel", "dual_mono", "two_streams", "swap_half_way", "one_lost_half_way"]
RATE_HZ = 16_000
_PITCH = {"rep": 1.06, "customer": 0.8, "system": 1.25, "other_rep": 0.92}
_LEVEL, _LINE_NOISE_DB, _PAUSE_S = 0.063, -66.0, 0.4  # speech at -24 dBFS


@dataclass(frozen=True, slots=True)
class Sound:
    """How a recording is made. `stereo` has the rep on the left, or on the right where `is_rep_right`; what is no
    customer's is on the rep's side of the line. `leak_db`: the other side on each channel, so much fainter, and
    `delay_ms` later. `dual_mono`: the mixed call on both, the right one by `delay_ms` later, `gain_db` softer and with
    noise of `noise_db` (dBFS) of its own. `music_s`: hold music before the last third. `suffix` picks the coding."""

    arrangement: Arrangement = "stereo"
    is_rep_right: bool = False
    leak_db: float | None = None
    delay_ms: float = 0.0
    gain_db: float = 0.0
    noise_db: float = _LINE_NOISE_DB
    music_s: float = 0.0
    suffix: str = ".wav"


def can_speak() -> bool:
    """Whether the offline voice is installed (`pip install coachlake[demonstration]`)."""
    return find_spec("hibari") is not None


def record(path: Path, turns: Sequence[Said], sound: Sound) -> None:
    """Speak the turns into a file."""
    channels = _arranged(_both(turns, sound.music_s), sound)
    if sound.arrangement == "two_streams":
        _write_streams(path, channels)
    else:
        import soundfile

        soundfile.write(path, np.clip(channels, -1, 1).T, RATE_HZ)


@cache
def _spoken(text: str, pitch: float) -> Samples:
    from demonstration.speech import voice_of

    voice = voice_of(text, pitch)
    return np.asarray(voice * (_LEVEL / np.sqrt(np.mean(voice**2))), np.float32)


def _both(turns: Sequence[Said], music_s: float) -> Samples:
    """2 × samples: the rep's side, the customer's; one after the other, without noise."""
    pieces: list[Samples] = [np.zeros((2, RATE_HZ // 2), np.float32)]
    for index, turn in enumerate(turns):
        if music_s and index == 2 * len(turns) // 3:
            music = _music(music_s)
            pieces.append(np.stack([music, np.zeros_like(music)]))
        voice = _spoken(turn.text, _PITCH.get(turn.who, 1.0))
        piece = np.zeros((2, voice.size + int(_PAUSE_S * RATE_HZ)), np.float32)
        piece[int(turn.who == "customer"), : voice.size] = voice
        pieces.append(piece)
    return np.concatenate(pieces, axis=1)


def _arranged(sides: Samples, sound: Sound) -> Samples:
    length = sides.shape[1]
    if sound.arrangement in ("mono", "one_channel", "dual_mono"):
        mixed: Samples = sides.sum(axis=0) + _noise(length, _LINE_NOISE_DB, 1)
        if sound.arrangement == "mono":
            return mixed[None]
        if sound.arrangement == "one_channel":
            return np.stack([mixed, np.zeros_like(mixed)])
        right = _later(mixed, sound.delay_ms) * np.float32(10 ** (sound.gain_db / 20))
        return np.stack([mixed, right + _noise(length, sound.noise_db, 2)])
    if sound.leak_db is not None:
        gain = np.float32(10 ** (-sound.leak_db / 20))
        sides = sides + np.stack([_later(side, sound.delay_ms) * gain for side in sides[::-1]])
    sides = sides + np.stack([_noise(length, _LINE_NOISE_DB, 3), _noise(length, _LINE_NOISE_DB, 4)])
    half = length // 2
    if sound.arrangement == "swap_half_way":
        sides = np.concatenate([sides[:, :half], sides[::-1, half:]], axis=1)
    if sound.arrangement == "one_lost_half_way":
        sides = sides.copy()
        sides[1, half:] = 0
    return sides[::-1] if sound.is_rep_right else sides


def _later(samples: Samples, milliseconds: float) -> Samples:
    shift = round(milliseconds / 1000 * RATE_HZ)
    return np.pad(samples, (shift, 0))[: samples.size]


def _noise(length: int, level_db: float, seed: int) -> Samples:
    return np.random.default_rng(seed).normal(0, 10 ** (level_db / 20), length).astype(np.float32)


def _music(seconds: float) -> Samples:
    """Chords that change every half second, each note with harmonics and a decay."""
    at = np.arange(RATE_HZ // 2) / RATE_HZ
    chords = ((262, 330, 392), (220, 262, 330), (175, 220, 262), (196, 247, 294))
    played = [
        0.04 * np.exp(-3 * at) * sum(np.sin(2 * np.pi * hz * part * at) / part for hz in chord for part in (1, 2, 3))
        for chord in chords
    ]
    return np.tile(np.concatenate(played), int(np.ceil(seconds / 2)))[: int(seconds * RATE_HZ)].astype(np.float32)


def _write_streams(path: Path, channels: Samples) -> None:
    """A file with one audio stream a side, as screen recorders write them."""
    import av

    with av.open(str(path), "w") as container:
        streams = [container.add_stream("aac", rate=RATE_HZ, layout="mono") for _ in channels]
        for stream, samples in zip(streams, channels, strict=True):
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples[None]), format="fltp", layout="mono")
            frame.sample_rate = RATE_HZ
            for packet in (*stream.encode(frame), *stream.encode(None)):
                container.mux(packet)
