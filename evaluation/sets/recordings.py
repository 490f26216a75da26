"""Recordings with labels: who spoke when (RTTM), what was said (STM), words with times and speakers. `audio/`."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evaluation.sets.find import find


class SpokenWord(NamedTuple):
    """A word of the reference with its speaker; times in seconds."""

    text: str
    speaker: str
    start_s: float
    end_s: float


def diarized(folder: Path) -> dict[str, tuple[Path, Any]]:
    """Recording → (audio file, pyannote.core.Annotation of who spoke), for every recording named by an RTTM file."""
    from pyannote.database.util import load_rttm

    place = find(folder, "audio/pyannote")
    found: dict[str, tuple[Path, Any]] = {}
    for file in sorted(place.glob("*.rttm")):
        for name, annotation in load_rttm(file).items():
            audio = place / f"{name}.wav"
            if audio.exists():
                found[name] = audio, annotation
    return found


def transcribed(folder: Path) -> dict[str, tuple[Path, str]]:
    """Recording → (audio file, what was said), for every STM file (`file channel speaker start end text`)."""
    place = find(folder, "audio/pyannote")
    return {
        file.stem: (file.with_suffix(".wav"), " ".join(line.split(maxsplit=5)[5] for line in _lines(file)))
        for file in sorted(place.glob("*.stm"))
    }


def two_channel_words(folder: Path) -> dict[str, tuple[Path, Sequence[SpokenWord]]]:
    """Two-channel recording → (audio file, words with their speaker) of SpokenWOZ; the words come from a recogniser."""
    place = find(folder, "audio/spokenwoz")
    found: dict[str, tuple[Path, Sequence[SpokenWord]]] = {}
    for file in sorted(place.glob("*.json")):
        rows = json.loads(file.read_text(encoding="utf-8"))
        words = [SpokenWord(row["word"], row["speaker"], row["start"], row["end"]) for row in rows]
        found[file.stem] = file.with_suffix(".wav"), words
    return found


def two_channel_calls(folder: Path) -> dict[str, Path]:
    """Two-channel recordings without labels: the channels themselves say who speaks when."""
    return {file.stem: file for file in sorted(find(folder, "audio/aws").glob("*.wav"))}


def _lines(file: Path) -> list[str]:
    return [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip() and line[0] != ";"]
