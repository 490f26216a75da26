"""Speech to timed words with faster-whisper."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coachlake.conversations.conversation import Word
from coachlake.models.profiles import Profile
from coachlake.models.weights import verified_weight
from coachlake.speech.activity import Span
from coachlake.speech.decode import SAMPLE_RATE_HZ
from coachlake.speech.windows import Window, windows

# Whisper's own limits for text it repeats or invents (openai/whisper, transcribe.py: defaults of `transcribe`).
_MAX_COMPRESSION_RATIO = 2.4
_MIN_LOG_PROBABILITY = -1.0
_MAX_NO_SPEECH = 0.6
_FRAMES_PER_S = 100  # of Whisper's spectrogram
# A single word longer than this is one whose end ran into a pause (seconds).
_MAX_WORD_S = 1.5
# Windows read at once: memory stays the same however long the call.
_BATCH = 4


class Recogniser:
    """A loaded recogniser. Not shared between processes; one thread on CPU, since several actors share a machine."""

    def __init__(self, profile: Profile, threads: int = 1) -> None:
        from faster_whisper import BatchedInferencePipeline, WhisperModel

        wanted = profile.recogniser
        source = wanted.hub or str(_model_folder(verified_weight(wanted.weight or "")))
        self._beam_size = wanted.beam_size
        self._model = WhisperModel(
            source, device=profile.device, compute_type=wanted.compute_type, cpu_threads=threads, num_workers=1
        )
        self._batched = BatchedInferencePipeline(self._model)

    def words(self, samples: NDArray[np.float32], spans: Sequence[Span]) -> list[Word]:
        """Words of one speaker's or one mixed channel (float32, samples at 16 kHz), in time order.

        `spans`: where there is speech (`coachlake.speech.activity`). Nothing else is heard, so silence is neither
        paid for nor hallucinated on; what looks invented (repetition, no speech) is left out.
        """
        packed = list(windows(spans, samples.size / SAMPLE_RATE_HZ))
        groups = [packed[first : first + _BATCH] for first in range(0, len(packed), _BATCH)]
        return list(_without_stutter(word for group in groups for word in self._words(group, samples)))

    def _words(self, group: Sequence[Window], samples: NDArray[np.float32]) -> Iterator[Word]:
        cuts = [window.cut(samples) for window in group]
        edges = [0, *accumulate(cut.size for cut in cuts)]
        clips = [{"start": start / SAMPLE_RATE_HZ, "end": end / SAMPLE_RATE_HZ} for start, end in pairwise(edges)]
        found, _ = self._batched.transcribe(
            np.concatenate(cuts), clip_timestamps=clips, batch_size=_BATCH, **self._options
        )
        by_start: dict[int, list[Any]] = {}
        for segment in found:
            by_start.setdefault(segment.seek, []).append(segment)
        for window, cut, clip in zip(group, cuts, clips, strict=True):
            segments = by_start.get(int(clip["start"] * _FRAMES_PER_S), [])
            offset = clip["start"]
            if any(segment.compression_ratio > _MAX_COMPRESSION_RATIO for segment in segments):
                segments, offset = self._again(cut), 0.0
            yield from (window.placed(word) for word in _whole_words(_plausible(segments), offset))

    def _again(self, cut: NDArray[np.float32]) -> list[Any]:
        """A window whose text repeats itself, decoded with rising temperature as Whisper does when it is stuck."""
        segments, _ = self._model.transcribe(
            cut,
            compression_ratio_threshold=_MAX_COMPRESSION_RATIO,
            log_prob_threshold=_MIN_LOG_PROBABILITY,
            no_speech_threshold=_MAX_NO_SPEECH,
            **self._options,
        )
        return list(segments)

    @property
    def _options(self) -> dict[str, Any]:
        return {
            "language": "en",
            "beam_size": self._beam_size,
            "word_timestamps": True,
            "vad_filter": False,
            "condition_on_previous_text": False,
        }


def _model_folder(model: Path) -> Path:
    return model.parent


def _plausible(segments: Iterable[Any]) -> Iterator[Any]:
    """The recogniser's pieces of words from the segments that do not look invented."""
    for segment in segments:
        unsure = segment.no_speech_prob > _MAX_NO_SPEECH and segment.avg_logprob < _MIN_LOG_PROBABILITY
        if not unsure and segment.compression_ratio <= _MAX_COMPRESSION_RATIO:
            yield from segment.words or ()


def _whole_words(pieces: Iterable[Any], offset_s: float = 0.0) -> Iterator[Word]:
    """Whisper's pieces joined where one goes on without a blank ("high" + "-end", "a" + ".m."), `offset_s` earlier."""
    current: Word | None = None
    for piece in pieces:
        start = float(piece.start) - offset_s
        end = min(float(piece.end) - offset_s, start + _MAX_WORD_S)
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
