"""The calls that are measured on: recordings of the demonstration or of a folder, and short written calls."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from coachlake.speech.decode import SAMPLE_RATE_HZ, Audio, UnreadableAudioError, decode
from demonstration.write import write_demo
from evaluation.faults.inputs.good_calls import NIGHT, facts, good_document

_SUFFIXES = {".wav", ".flac", ".mp3", ".ogg", ".opus", ".m4a", ".ulaw"}


@dataclass(frozen=True, slots=True)
class Calls:
    """Recordings that arrived the same way: a folder with them and their call facts, and minutes of audio."""

    folder: Path
    paths: tuple[Path, ...]
    minutes: float


def recordings(given: Path | None, work: Path, most: int) -> dict[str, Calls]:
    """ "two channels" and "mono" → the same calls, `most` at most: as they are and with their channels mixed into one.

    `given`: a folder of recordings; None: the demonstration's, spoken now.
    """
    paths = sorted(path for path in (given or _spoken(work, most)).rglob("*") if path.suffix.lower() in _SUFFIXES)
    heard = [(path, audio) for path in paths if (audio := _two_channels(path)) is not None][:most]
    if not heard:
        raise SystemExit(f"no two-channel recording is in {given}")
    mixed = {path.stem: Audio(audio.samples.mean(axis=0, keepdims=True), audio.source_rate_hz) for path, audio in heard}
    return {
        "two channels": _written(work / "two", {path.stem: audio for path, audio in heard}, "rep_left"),
        "mono": _written(work / "mono", mixed, "mono"),
    }


def written_calls(folder: Path, count: int) -> Path:
    """A delivery of so many short transcripts (eight turns each)."""
    folder.mkdir(parents=True)
    rows = []
    for number in range(count):
        name = f"written-{number}.json"
        (folder / name).write_text(json.dumps(good_document(number)), encoding="utf-8")
        rows.append(facts(f"written-{number}", name, number % 20))
    _facts_file(folder, rows)
    return folder


def long_call(folder: Path, of: Calls, hours: float) -> Path:
    """One two-channel recording (8 kHz, 16 bit) of so many hours: the calls over and over."""
    folder.mkdir(parents=True)
    path, left = folder / "long.wav", round(hours * 3600 * 8000)
    with soundfile.SoundFile(path, "w", 8000, 2, "PCM_16") as file:
        while left > 0:
            for call in of.paths:
                samples = decode(call).samples[:, :: SAMPLE_RATE_HZ // 8000].T[:left]
                file.write(samples)
                left -= len(samples)
    _facts_file(folder, [facts("long", path.name, channel_layout="rep_left")])
    return folder


def _spoken(work: Path, most: int) -> Path:
    """Of three calls of the demonstration's night some are in mono: a few more are spoken than are used."""
    landing = work / "spoken"
    write_demo(landing, work / "gold", NIGHT, history_calls=0, spoken_calls=most + most // 3 + 1)
    return landing


def _two_channels(path: Path) -> Audio | None:
    try:
        audio = decode(path)
    except UnreadableAudioError:
        return None
    return audio if audio.channels == 2 and audio.duration_s > 10 else None


def _written(folder: Path, calls: dict[str, Audio], layout: str) -> Calls:
    """All as WAV at 16 kHz, so that nobody is measured on another decoder."""
    folder.mkdir(parents=True)
    paths, rows = [], []
    for number, (name, audio) in enumerate(calls.items()):
        path = folder / f"{name}.wav"
        soundfile.write(path, np.clip(audio.samples.T, -1, 1), SAMPLE_RATE_HZ, "PCM_16")
        paths.append(path)
        rows.append(facts(f"call-{number}", path.name, number, channel_layout=layout))
    _facts_file(folder, rows)
    return Calls(folder, tuple(paths), sum(audio.duration_s for audio in calls.values()) / 60)


def _facts_file(folder: Path, rows: Sequence[dict[str, Any]]) -> None:
    with (folder / "calls.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
