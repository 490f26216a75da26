"""Two channels as they really arrive: thousands of made conditions, and how often each is decided rightly.

`python -m benchmarks.channel_conditions [--calls 3000] [--json FILE]`. Conversations are laid out anew for every point
from lines of two pitch-shifted versions of the offline voice; no recogniser is used. Dimensions: what the channels are
(people, people with leakage, one signal on both), gain, delay, echo, polarity, noise, coding and overlap of the two.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter, resample_poly

from coachlake.speech.channels.arrangement import arrangement
from coachlake.speech.decode import SAMPLE_RATE_HZ
from demonstration.speech import voice_of

Samples = NDArray[np.float32]
_LINES = (
    "Thank you for calling the Lantern, this is Marta, what can I do for you?",
    "Yes, I left my green suitcase on the platform at Elmfield this morning.",
    "Which train were you waiting for, and about what time was it?",
    "The eight fifteen to the coast, and I only noticed at the second stop.",
    "Could you spell the name that is on the label for me?",
    "It says Oduya, with a small drawing of a fox next to it.",
    "All right. The office at Elmfield opens until six, and they hold things for a month.",
    "Great, I will send my brother, he works around the corner.",
    "Okay.",
    "No, nothing else, thanks a lot.",
    "Please bring something with your address on it when you come.",
    "Hm, would a library card do?",
)
_CODECS = ("none", "mulaw", "narrow", "mp3")


@dataclass(frozen=True)
class Point:
    """One made recording: what it is and how."""

    kind: str  # people | leak | one_signal
    gain_db: float
    delay_ms: float
    back_gain_db: float
    has_echo: bool
    is_inverted: bool
    snr_db: float
    codec: str
    overlap: float
    share_of_second: float


def main() -> None:
    """Make, decide, count, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=3000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    voices = [[_spoken(line, pitch) for line in _LINES] for pitch in (1.04, 0.8)]
    rng = np.random.default_rng(7)
    decided = [
        (point, *_decide(made(point, voices, rng), point)) for point in (draw(rng) for _ in range(options.calls))
    ]
    table = summary(decided)
    print(json.dumps(table, indent=1))
    if options.json:
        wrong = [asdict(point) | {"found": found} for point, found, is_right in decided if not is_right]
        options.json.write_text(json.dumps({"table": table, "wrong": wrong[:200]}, indent=1), encoding="utf-8")


def draw(rng: np.random.Generator) -> Point:
    """A point somewhere in the space of conditions."""
    kind = str(rng.choice(["people", "leak", "one_signal"]))
    gain = {"people": -90.0, "leak": -float(rng.uniform(3, 20)), "one_signal": float(rng.uniform(-12, 12))}[kind]
    back = -90.0 if rng.random() < 0.3 else -float(rng.uniform(3, 20))
    return Point(
        kind=kind,
        gain_db=gain,
        delay_ms=0.0 if rng.random() < 0.2 else float(rng.uniform(0, 250)),
        back_gain_db=back,
        has_echo=bool(rng.random() < 0.4),
        is_inverted=bool(rng.random() < 0.2),
        snr_db=float(rng.uniform(10, 45)),
        codec=str(rng.choice(_CODECS)),
        overlap=float(rng.uniform(0, 0.4)),
        share_of_second=float(rng.uniform(0.1, 0.9)),
    )


def made(point: Point, voices: list[list[Samples]], rng: np.random.Generator) -> NDArray[np.float32]:
    """The recording, 2 × samples at 16 kHz, 40 s."""
    sides = _talk(point, voices, rng)
    if point.kind == "one_signal":
        mixed = sides.sum(axis=0)
        channels = [mixed, _copied(mixed, point, point.gain_db, rng)]
    elif point.kind == "leak":
        channels = [
            sides[0] + _copied(sides[1], point, point.back_gain_db, rng),
            sides[1] + _copied(sides[0], point, point.gain_db, rng),
        ]
    else:
        channels = list(sides)
    level = 10 ** ((-24 - point.snr_db) / 20)
    noisy = [channel + rng.normal(0, level, channel.size) for channel in channels]
    coded = np.stack([_coded(channel.astype(np.float32), point.codec) for channel in noisy])
    return np.clip(coded, -1, 1).astype(np.float32)


def _decide(samples: NDArray[np.float32], point: Point) -> tuple[str, bool]:
    found = arrangement(*samples)
    if point.kind == "one_signal":
        return found.kind, found.kind == "one_signal"
    gains = [-90.0 if leak is None else leak.gain_db for leak in found.leaks]
    there = [point.gain_db, point.back_gain_db] if point.kind == "leak" else [-90.0, -90.0]
    # A leak that is not found costs nothing where it is faint; one that is found wrongly would cancel real words.
    near = all(
        (gain > -50 and abs(gain - wanted) < 4) or (gain <= -50 and wanted < -18)
        for gain, wanted in zip(gains, there, strict=True)
    )
    return f"{found.kind} {gains[0]:.0f} {gains[1]:.0f}", found.kind == "people" and near


def summary(decided: list[tuple[Point, str, bool]]) -> dict[str, Any]:
    """Shares decided wrongly: by kind, and within each kind by every dimension in bins."""
    bins: dict[str, Callable[[Point], str]] = {
        "gain_db": lambda p: f"{5 * round(p.gain_db / 5):+d}",
        "back_gain_db": lambda p: "none" if p.back_gain_db < -50 else f"{5 * round(p.back_gain_db / 5):+d}",
        "delay_ms": lambda p: f"{50 * int(p.delay_ms // 50)}-{50 * int(p.delay_ms // 50) + 50}",
        "echo": lambda p: str(p.has_echo),
        "inverted": lambda p: str(p.is_inverted),
        "snr_db": lambda p: f"{10 * int(p.snr_db // 10)}-{10 * int(p.snr_db // 10) + 10}",
        "codec": lambda p: p.codec,
        "overlap": lambda p: f"{0.1 * int(p.overlap // 0.1):.1f}",
        "share_of_second": lambda p: f"{0.2 * int(p.share_of_second // 0.2):.1f}",
    }
    table: dict[str, Any] = {}
    for kind in ("people", "leak", "one_signal"):
        of_kind = [item for item in decided if item[0].kind == kind]
        rows: dict[str, Any] = {
            "n": len(of_kind),
            "wrong": _share(of_kind),
            "wrong kind": _share(
                [(p, f, f.split()[0] == ("one_signal" if kind == "one_signal" else "people")) for p, f, _ in of_kind]
            ),
        }
        for name, label in bins.items():
            groups: dict[str, list[tuple[Point, str, bool]]] = defaultdict(list)
            for item in of_kind:
                groups[label(item[0])].append(item)
            rows[name] = {key: [len(group), _share(group)] for key, group in sorted(groups.items())}
        table[kind] = rows
    return table


def _share(items: list[tuple[Point, str, bool]]) -> float:
    return round(1 - float(np.mean([item[2] for item in items])), 4) if items else 0.0


def _spoken(line: str, pitch: float) -> Samples:
    voice = voice_of(line, pitch)
    return (voice * (0.063 / float(np.sqrt(np.mean(voice**2))))).astype(np.float32)  # -24 dBFS


def _talk(point: Point, voices: list[list[Samples]], rng: np.random.Generator) -> NDArray[np.float32]:
    sides = np.zeros((2, 40 * SAMPLE_RATE_HZ), np.float32)
    at = 0
    while at < sides.shape[1]:
        who = int(rng.random() < point.share_of_second)
        line = voices[who][int(rng.integers(len(_LINES)))] * np.float32(10 ** (rng.normal(0, 2) / 20))
        piece = line[: sides.shape[1] - at]
        sides[who, at : at + piece.size] += piece
        gap = -0.5 * line.size if rng.random() < point.overlap else rng.uniform(0.1, 1.0) * SAMPLE_RATE_HZ
        at = max(at + SAMPLE_RATE_HZ // 4, int(at + line.size + gap))
    return sides


def _copied(signal: Samples, point: Point, gain_db: float, rng: np.random.Generator) -> Samples:
    shift = int(point.delay_ms / 1000 * SAMPLE_RATE_HZ)
    copy = np.concatenate([np.zeros(shift, np.float32), signal])[: signal.size] * 10 ** (gain_db / 20)
    if point.has_echo:
        for _ in range(3):
            later = int(rng.uniform(0.004, 0.06) * SAMPLE_RATE_HZ)
            copy = copy + np.concatenate([np.zeros(later), copy])[: copy.size] * rng.uniform(0.1, 0.4)
    return np.asarray(-copy if point.is_inverted else copy, np.float32)


def _coded(signal: Samples, codec: str) -> Samples:
    if codec == "none":
        return signal
    low: NDArray[np.float64] = np.clip(resample_poly(signal, 1, 2), -1, 1).astype(np.float64)
    if codec == "mulaw":
        companded = np.sign(low) * np.log1p(255 * np.abs(low)) / np.log1p(255)
        stepped = np.round(companded * 127) / 127
        low = np.sign(stepped) * np.expm1(np.abs(stepped) * np.log1p(255)) / 255
    elif codec == "narrow":  # a poor handset: its own colour, and 8 bits of adaptive steps
        low = lfilter([1.0, -0.7], [1.0, -0.3], low)
        low = np.round(low * 256) / 256
    else:
        low = _through_mp3(low.astype(np.float32))[: low.size].astype(np.float64)
    out = resample_poly(low, 2, 1)
    return np.asarray(np.pad(out, (0, max(0, signal.size - out.size)))[: signal.size], np.float32)


def _through_mp3(low: Samples) -> Samples:
    """8 kHz mono at 8 kb/s and back, its delay taken out."""
    import io

    import av

    file = io.BytesIO()
    with av.open(file, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=8_000, layout="mono")
        stream.bit_rate = 16_000
        resampler = av.AudioResampler(stream.format, "mono", 8_000, frame_size=576)
        frame = av.AudioFrame.from_ndarray(low[None], "fltp", "mono")
        frame.sample_rate = 8_000
        for block in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(block))
        container.mux(stream.encode(None))
    file.seek(0)
    with av.open(file) as container:
        return np.concatenate([block.to_ndarray()[0] for block in container.decode(audio=0)]).astype(np.float32)


if __name__ == "__main__":
    main()
