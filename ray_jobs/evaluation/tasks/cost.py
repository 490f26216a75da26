"""What voice and text signals cost beside transcription, on the same recording in the same run."""

from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import TypeVar

from ray_jobs.audio import decode
from ray_jobs.audio.voice import PitchTracker, with_voices
from ray_jobs.evaluation.kit import EvaluationKit
from ray_jobs.evaluation.result import TaskResult
from ray_jobs.evaluation.sets import find

_T = TypeVar("_T")


def cost(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """CPU seconds of this process (other work on the machine does not count), models loaded and warm."""
    path = min(find(folder, "audio/aws").glob("*.wav"))
    audio, tracker = decode(path), PitchTracker()
    sides = {"rep": audio.samples[0], "customer": audio.samples[-1]}
    kit.score(kit.listener.hear_audio("warm", audio, "rep_left"), "insurance_service")
    kit.signals.encoder.forget_all()
    heard, hearing_s = _timed(lambda: kit.listener.hear_audio("cost", audio, "rep_left"))
    voiced, voices_s = _timed(lambda: with_voices(heard, sides, tracker))
    _, text_s = _timed(lambda: kit.score(voiced, "insurance_service"))
    transcribing_s = hearing_s - voices_s  # hearing measures the voices too
    figures = {
        "transcription, CPU s": transcribing_s,
        "voice, CPU s": voices_s,
        "text signals and scores, CPU s": text_s,
        "signals / transcription": (voices_s + text_s) / transcribing_s,
    }
    note = f"one call of {audio.duration_s:.0f} s; n in turns"
    return [TaskResult("cost", path.stem, n=len(heard.turns), figures=dict(figures), reach_for="≤ .15", note=note)]


def _timed(work: Callable[[], _T]) -> tuple[_T, float]:
    started = process_time()
    return work(), process_time() - started
