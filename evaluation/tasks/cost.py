"""What voice and text signals cost beside transcription, on the same recording in the same run."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import TypeVar

from coachlake.speech.decode import Audio, decode
from coachlake.speech.voice import with_voices
from evaluation.kit import EvaluationKit
from evaluation.result import Interval, TaskResult
from evaluation.sets.find import find

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds of this process for one call of so many turns."""

    turns: int
    transcription_s: float
    voice_s: float
    text_s: float  # signals and scores

    @property
    def share_of_transcription(self) -> float:
        """Voice, text signals and scores over transcription."""
        return (self.voice_s + self.text_s) / self.transcription_s


def cost(folder: Path, kit: EvaluationKit) -> list[TaskResult]:
    """CPU seconds of this process (other work on the machine does not count), models loaded and warm."""
    path = min(find(folder, "audio/aws").glob("*.wav"))
    audio = decode(path)
    measure_cost("warm", audio, kit, "insurance_service")
    kit.signals.encoder.forget_all()
    spent = measure_cost("cost", audio, kit, "insurance_service")
    figures: dict[str, float | Interval] = {
        "transcription, CPU s": spent.transcription_s,
        "voice, CPU s": spent.voice_s,
        "text signals and scores, CPU s": spent.text_s,
        "signals / transcription": spent.share_of_transcription,
    }
    note = f"one call of {audio.duration_s:.0f} s; n in turns"
    return [TaskResult("cost", path.stem, n=spent.turns, figures=figures, reach_for="≤ .15", note=note)]


def measure_cost(call_id: str, audio: Audio, kit: EvaluationKit, rubric_id: str) -> Cost:
    """Transcribe a recording, measure its voices, extract its signals and score it, each by itself. `call_id`: one not
    used before with this kit, which keeps signals by call."""
    sides = {"rep": audio.samples[0], "customer": audio.samples[-1]}
    transcribed, transcription_s = _timed(lambda: kit.transcriber.transcribe_audio(call_id, audio, "rep_left"))
    voiced, voice_s = _timed(lambda: with_voices(transcribed, sides, kit.pitch))
    _, text_s = _timed(lambda: kit.score(voiced, rubric_id))
    return Cost(
        len(transcribed.turns), transcription_s - voice_s, voice_s, text_s
    )  # transcribing measures the voices too


def _timed(work: Callable[[], _T]) -> tuple[_T, float]:
    started = process_time()
    return work(), process_time() - started
