"""Recordings as they go wrong: headers that lie, files cut off, nothing to hear, no sound at all."""

import io
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from evaluation.faults.inputs.case import BadInput, Became

KIND = "recordings"
_RATE_HZ = 8_000


def _wav(
    samples: bytes, *, rate: int = _RATE_HZ, channels: int = 1, bits: int = 16, form: int = 1, align: int | None = None,
    said: int | None = None,
) -> bytes:  # fmt: skip
    """A WAV file whose header says what it is told to, true or not."""
    block = channels * bits // 8 if align is None else align
    head = struct.pack("<HHIIHH", form, channels, rate & 0xFFFFFFFF, (rate * block) & 0xFFFFFFFF, block, bits)
    length = len(samples) if said is None else said
    body = b"fmt " + struct.pack("<I", len(head)) + head + b"data" + struct.pack("<I", length) + samples
    return b"RIFF" + struct.pack("<I", (4 + len(body)) & 0xFFFFFFFF) + b"WAVE" + body


def _noise(seconds: float, level: float = 0.1, seed: int = 1) -> bytes:
    found = np.random.default_rng(seed).normal(0, level, int(seconds * _RATE_HZ))
    return bytes((np.clip(found, -1, 1) * 32767).astype("<i2").tobytes())


def _tone(seconds: float, hz: float = 440.0) -> bytes:
    at = np.arange(int(seconds * _RATE_HZ)) / _RATE_HZ
    return bytes((0.3 * np.sin(2 * np.pi * hz * at) * 32767).astype("<i2").tobytes())


def _encoded(suffix: str) -> bytes:
    """Ten seconds of noise in a format that libsndfile writes."""
    import soundfile

    sink = io.BytesIO()
    samples = np.random.default_rng(3).normal(0, 0.1, 10 * 16_000)
    soundfile.write(sink, np.clip(samples, -1, 1), 16_000, format=suffix)
    return sink.getvalue()


_SILENCE = b"\0\0" * 10 * _RATE_HZ
# name → (suffix, content, what may become of it, what the reason says).
_FILES: dict[str, tuple[str, Callable[[], bytes], str | None]] = {
    "empty": (".wav", lambda: b"", "empty"),
    "header alone": (".wav", lambda: _wav(b""), None),
    "a text called wav": (".wav", lambda: b"this is no recording\n" * 100, "not readable as audio"),
    "an HTML page called mp3": (".mp3", lambda: b"<html><body>Not found</body></html>" * 20, "not readable as audio"),
    "JSON called m4a": (".m4a", lambda: b'{"error": "expired"}' * 20, "not readable as audio"),
    "a zip called wav": (".wav", lambda: b"PK\x03\x04" + bytes(4000), "not readable as audio"),
    "zeros called wav": (".wav", lambda: bytes(40_000), "not readable as audio"),
    "random called ogg": (".ogg", lambda: _noise(2), None),
    "random called mp3": (".mp3", lambda: _noise(2, seed=5), None),
    "random called flac": (".flac", lambda: _noise(2, seed=6), None),
    "random called mp4": (".mp4", lambda: _noise(2, seed=7), None),
    "random called amr": (".amr", lambda: _noise(2, seed=8), None),
    "random called webm": (".webm", lambda: _noise(2, seed=9), None),
    "random called ulaw": (".ulaw", lambda: _noise(4, seed=10), None),
    "random called g729": (".g729", lambda: _noise(2, seed=11), None),
    "a playlist called wav": (".wav", lambda: b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "not readable as audio"),
    "a concat list called wav": (".wav", lambda: b"ffconcat version 1.0\nfile /etc/passwd\n", "not readable as audio"),
    "1 Hz": (".wav", lambda: _wav(_noise(2.5, seed=12), rate=1), "1 samples a second"),
    "0 Hz": (".wav", lambda: _wav(_noise(2, seed=13), rate=0), None),
    "4 GHz": (".wav", lambda: _wav(_noise(2, seed=14), rate=4_000_000_000), None),
    "no channels": (".wav", lambda: _wav(_noise(2, seed=15), channels=0, align=2), None),
    "8 channels": (".wav", lambda: _wav(_noise(8, seed=16), channels=8), "8 channels"),
    "65535 channels": (".wav", lambda: _wav(_noise(2, seed=17), channels=65_535, align=2), None),
    "0 bits": (".wav", lambda: _wav(_noise(2, seed=18), bits=0, align=2), None),
    "13 bits": (".wav", lambda: _wav(_noise(2, seed=19), bits=13, align=2), None),
    "unknown coding": (".wav", lambda: _wav(_noise(2, seed=20), form=0x4242), None),
    "length of 4 GB": (".wav", lambda: _wav(_noise(2, seed=21), said=0xFFFFFFF0), None),
    "0.2 s": (".wav", lambda: _wav(_noise(0.2, seed=22)), "s of audio"),
    "silence": (".wav", lambda: _wav(_SILENCE), "silent"),
    "line noise": (".wav", lambda: _wav(_noise(20, 0.0004, seed=23)), None),
    "loud noise": (".wav", lambda: _wav(_noise(20, 0.3, seed=24)), None),
    "a tone": (".wav", lambda: _wav(_tone(20)), None),
    "full scale square": (".wav", lambda: _wav(struct.pack("<hh", 32767, -32768) * 40_000), None),
    "direct current": (".wav", lambda: _wav(struct.pack("<h", 20_000) * 80_000), None),
    "NaN samples": (".wav", lambda: _wav(struct.pack("<f", float("nan")) * 80_000, bits=32, form=3), None),
    "infinite samples": (".wav", lambda: _wav(struct.pack("<f", float("inf")) * 80_000, bits=32, form=3), None),
    "huge samples": (".wav", lambda: _wav(struct.pack("<f", 1e30) * 80_000, bits=32, form=3), None),
    "one click": (".wav", lambda: _wav(_SILENCE[:80_000] + struct.pack("<h", 32767) + _SILENCE[:80_000]), None),
    "flac cut off": (".flac", lambda: _encoded("FLAC")[:3000], None),
    "flac header alone": (".flac", lambda: _encoded("FLAC")[:42], None),
    "ogg cut off": (".ogg", lambda: _encoded("OGG")[:3000], None),
    "mp3 cut off": (".mp3", lambda: _encoded("MP3")[:1500], None),
    "flac with a hole": (".flac", lambda: _with_hole(_encoded("FLAC")), None),
    "mp3 with a hole": (".mp3", lambda: _with_hole(_encoded("MP3")), None),
    "suffix nobody knows": (".xyz", lambda: b"nothing at all" * 50, "neither audio nor a transcript"),
    "a program": (".exe", lambda: b"MZ" + bytes(2000), "neither audio nor a transcript"),
    "a picture": (".png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(2000), "neither audio nor a transcript"),
}
SIX_HOURS = BadInput(KIND, "six hours of silence", "recording-six-hours", ("refused",), "recording_minutes")


def _with_hole(content: bytes) -> bytes:
    third = len(content) // 3
    return content[:third] + bytes(third) + content[2 * third :]


def files() -> Iterator[tuple[BadInput, str, bytes]]:
    """Every case with its file's name and content; the call's id is the file's stem. None of them holds a word."""
    may: tuple[Became, ...] = ("refused",)
    for number, (name, (suffix, content, says)) in enumerate(_FILES.items()):
        stem = f"recording-{number}"
        yield BadInput(KIND, name, stem, may, says), f"{stem}{suffix}", content()


def write_six_hours(path: Path) -> None:
    """Six hours of zeros at 8 kHz, as a sparse file that takes no room on the disk."""
    length = 6 * 3600 * _RATE_HZ
    with path.open("wb") as file:
        file.write(_wav(b"", bits=8, said=length))
        file.truncate(44 + length)
