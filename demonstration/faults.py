"""Broken files as contact centres really land them, each with the words its quarantine reason must hold."""

import shutil
from pathlib import Path
from typing import Any

import numpy as np

# call_id → what the reason says.
EXPECTED = {
    "demo-cut-off": "only",
    "demo-silent": "silent",
    "demo-no-audio": "not readable as audio",
    "demo-empty": "empty",
    "demo-missing": "not in the folder",
    "demo-twice": "the same recording",
}


def land_faults(folder: Path, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write six broken calls beside good ones; their rows of call facts. None where the night has no call to copy."""
    if not rows:
        return []
    import soundfile

    good = next(row for row in rows if row["file"].endswith(".wav"))
    source = folder / good["file"]
    (folder / "cut_off.wav").write_bytes(source.read_bytes()[:4000])
    soundfile.write(folder / "silent.wav", np.zeros((80_000, 2), np.int16), 8_000)
    (folder / "no_audio.wav").write_text("This is a text file that somebody renamed.\n" * 50, encoding="utf-8")
    (folder / "empty.wav").write_bytes(b"")
    shutil.copyfile(source, folder / "twice.wav")
    return [
        good | {"call_id": call_id, "file": call_id.removeprefix("demo-").replace("-", "_") + ".wav"}
        for call_id in EXPECTED
    ]
