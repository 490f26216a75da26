"""A long two-channel call through the transcriber: how long it takes and how much memory at most.

`python -m benchmarks.long_call [--hours 2] [--profile fast]`. The call is the demonstration's speech over and over.
"""

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path

import numpy as np

from coachlake.cli.demo import NIGHT
from coachlake.settings import load_settings
from coachlake.speech.decode import SAMPLE_RATE_HZ, decode
from coachlake.speech.transcriber import Transcriber


def main() -> None:
    """Write, transcribe, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hours", type=float, default=2.0)
    parser.add_argument("--profile", default="fast")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.wav"
        _write(path, options.hours * 3600)
        before = _peak_mb()
        started, spent = time.perf_counter(), time.process_time()
        call = Transcriber(options.profile).transcribe("long", path, "rep_left")
    figures = {
        "hours": call.duration_s / 3600,
        "profile": options.profile,
        "turns": len(call.turns),
        "words": sum(turn.word_count for turn in call.turns),
        "seconds": round(time.perf_counter() - started),
        "cpu_seconds": round(time.process_time() - spent),
        "peak_rss_mb": _peak_mb(),
        "peak_rss_mb_before": before,
    }
    print(json.dumps(figures, indent=2))


def _write(path: Path, seconds: float) -> None:
    import soundfile

    source = next(iter(sorted((Path(load_settings().landing) / NIGHT.isoformat()).glob("demo-*.wav"))))
    samples = decode(source).samples[:, :: SAMPLE_RATE_HZ // 8_000].T
    with soundfile.SoundFile(path, "w", 8_000, samples.shape[1], "PCM_16") as file:
        for _ in range(int(np.ceil(seconds * 8_000 / len(samples)))):
            file.write(samples)


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
