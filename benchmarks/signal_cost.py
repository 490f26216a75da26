"""What the signals cost: hearing a call against measuring its voices, extracting its signals and scoring it.

`python -m benchmarks.signal_cost [RECORDING] [--json FILE]`; without a recording, the first of the demonstration
night. One process, one thread, everything loaded and warmed on another call before the clock starts. The target: text
and voice signals with scoring take at most 15 % of the time of transcription.
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from orchestration.cli.demo import NIGHT
from ray_jobs.audio import Audio, decode
from ray_jobs.audio.voice import PitchTracker, with_voices
from ray_jobs.evaluation.kit import EvaluationKit
from ray_jobs.hearing import Listener
from ray_jobs.settings import load_settings

_T = TypeVar("_T")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recording", nargs="?", type=Path)
    parser.add_argument("--rubric", default="insurance_service")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    recordings = sorted((Path(load_settings().landing) / NIGHT.isoformat()).glob("demo-*.wav"))
    kit, listener, tracker = EvaluationKit(), Listener(), PitchTracker()
    _run(decode(recordings[1]), kit, listener, tracker, options.rubric)
    audio = decode(options.recording or recordings[0])
    figures = _run(audio, kit, listener, tracker, options.rubric)
    print(json.dumps(figures, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2), encoding="utf-8")


def _run(audio: Audio, kit: EvaluationKit, listener: Listener, tracker: PitchTracker, rubric: str) -> dict[str, float]:
    heard, hearing_s = _timed(lambda: listener.hear_audio("call", audio, "rep_left"))
    sides = {"rep": audio.samples[0], "customer": audio.samples[-1]}
    voiced, voices_s = _timed(lambda: with_voices(heard, sides, tracker))
    _, scoring_s = _timed(lambda: kit.score(voiced, rubric))
    transcribing_s = hearing_s - voices_s  # hearing measures the voices too
    return {
        "call_s": audio.duration_s,
        "transcription_cpu_s": transcribing_s,
        "voice_cpu_s": voices_s,
        "text_signals_and_scoring_cpu_s": scoring_s,
        "share_of_transcription": (voices_s + scoring_s) / transcribing_s,
    }


def _timed(work: Callable[[], _T]) -> tuple[_T, float]:
    """A result and the CPU seconds of this process it took: other work on the machine does not count."""
    started = time.process_time()
    return work(), time.process_time() - started


if __name__ == "__main__":
    main()
