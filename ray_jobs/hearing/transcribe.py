"""Speech to timed words with faster-whisper."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ray_jobs.conversation import Word
from ray_jobs.models.profiles import Profile
from ray_jobs.models.weights import verified_weight

# Whisper's own limits for text it repeats or invents (openai/whisper, transcribe.py: defaults of `transcribe`).
_MAX_COMPRESSION_RATIO = 2.4
_MIN_LOG_PROBABILITY = -1.0
_MAX_NO_SPEECH = 0.6
# A single word longer than this is one whose end ran into a pause (seconds).
_MAX_WORD_S = 1.5


class Transcriber:
    """A loaded recogniser. Not shared between processes; one thread on CPU, since several actors share a machine."""

    def __init__(self, profile: Profile, threads: int = 1) -> None:
        from faster_whisper import WhisperModel

        wanted = profile.transcriber
        source = wanted.hub or str(_model_folder(verified_weight(wanted.weight or "")))
        self._beam_size = wanted.beam_size
        self._model = WhisperModel(
            source, device=profile.device, compute_type=wanted.compute_type, cpu_threads=threads, num_workers=1
        )

    def words(self, samples: NDArray[np.float32]) -> list[Word]:
        """Words of one speaker's or one mixed channel (float32, samples at 16 kHz), in time order.

        Speech is found first (silero), so silence is neither paid for nor hallucinated on; segments that look
        invented (repetition, no speech) are left out.
        """
        segments, _ = self._model.transcribe(
            samples,
            language="en",
            beam_size=self._beam_size,
            word_timestamps=True,
            vad_filter=True,
            vad_parameters={"min_silence_duration_ms": 500, "speech_pad_ms": 200},
            condition_on_previous_text=False,
            compression_ratio_threshold=_MAX_COMPRESSION_RATIO,
            log_prob_threshold=_MIN_LOG_PROBABILITY,
            no_speech_threshold=_MAX_NO_SPEECH,
        )
        return list(_without_stutter(_plausible(segments)))


def _model_folder(model: Path) -> Path:
    return model.parent


def _plausible(segments: Iterable[Any]) -> Iterator[Word]:
    for segment in segments:
        unsure = segment.no_speech_prob > _MAX_NO_SPEECH and segment.avg_logprob < _MIN_LOG_PROBABILITY
        if not unsure and segment.compression_ratio <= _MAX_COMPRESSION_RATIO:
            yield from _whole_words(segment.words or ())


def _whole_words(pieces: Iterable[Any]) -> Iterator[Word]:
    """Whisper's pieces joined where one goes on without a blank ("high" + "-end", "a" + ".m.")."""
    current: Word | None = None
    for piece in pieces:
        start, end = float(piece.start), min(float(piece.end), float(piece.start) + _MAX_WORD_S)
        if current and not piece.word.startswith(" "):
            probability = min(current.probability or 0.0, float(piece.probability))
            current = Word(current.text + piece.word.strip(), current.start_s, end, probability)
            continue
        if current:
            yield current
        text = piece.word.strip()
        current = Word(text, start, end, float(piece.probability)) if text else None
    if current:
        yield current


def _without_stutter(words: Iterable[Word]) -> Iterator[Word]:
    """Drop the fifth and later repeats of one word in a row: a recogniser stuck on noise, not a person."""
    last, count = "", 0
    for word in words:
        plain = re.sub(r"\W", "", word.text.lower())
        count = count + 1 if plain == last else 1
        last = plain
        if count <= 4:
            yield word
