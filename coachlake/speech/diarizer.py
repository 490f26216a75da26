"""Who spoke when on one mixed channel, and words given to speakers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coachlake.conversations.conversation import Word
from coachlake.models.hub.load import verified_hub_model
from coachlake.models.pyannote_compat import prepare_pyannote
from coachlake.models.schema import Profile
from coachlake.speech.activity import Span
from coachlake.speech.decode import SAMPLE_RATE_HZ
from coachlake.speech.hub_diarizer import hub_pipeline
from coachlake.speech.local_diarizer import LocalDiarizer
from coachlake.timings import timed


@dataclass(frozen=True, slots=True)
class Stretch:
    """Someone speaking: times in seconds, `speaker` an index from 0."""

    start_s: float
    end_s: float
    speaker: int


@dataclass(frozen=True, slots=True)
class Diarization:
    """`exclusive`: one speaker at a time; `overlapping`: everyone who speaks. Both in time order."""

    exclusive: list[Stretch]
    overlapping: list[Stretch]


class Diarizer:
    """A loaded diarizer for calls: at most two speakers."""

    def __init__(self, profile: Profile) -> None:
        prepare_pyannote()
        self._hub = _hub(profile.diarizer.hub, profile.device) if profile.diarizer.hub else None
        self._local = None if profile.diarizer.hub else LocalDiarizer(profile.diarizer)

    @timed("diarize")
    def diarize(self, samples: NDArray[np.float32], spans: Sequence[Span]) -> Diarization:
        """Who spoke when in a mono recording (float32, samples at 16 kHz) with speech in `spans`."""
        overlapping, exclusive = self.annotate(samples, spans)
        labels = {label: index for index, label in enumerate(sorted(overlapping.labels()))}
        return Diarization(_stretches(exclusive, labels), _stretches(overlapping, labels))

    def annotate(self, samples: NDArray[np.float32], spans: Sequence[Span]) -> tuple[Any, Any]:
        """The same as two pyannote.core.Annotation: everyone who speaks, and one speaker at a time."""
        import torch

        file = {
            "waveform": torch.from_numpy(np.ascontiguousarray(samples))[None],
            "sample_rate": SAMPLE_RATE_HZ,
            "uri": "call",
        }
        if self._local:
            return self._local.annotate(file, samples, spans)
        assert self._hub is not None
        found = self._hub(file, max_speakers=2)
        return found.speaker_diarization, found.exclusive_speaker_diarization


def _stretches(annotation: Any, labels: dict[str, int]) -> list[Stretch]:
    return [
        Stretch(float(segment.start), float(segment.end), labels[label])
        for segment, _, label in annotation.itertracks(yield_label=True)
    ]


def speakers_of_words(words: list[Word], stretches: list[Stretch]) -> list[int]:
    """A speaker index for each word: whoever speaks most during it, else whoever speaks nearest to it."""
    if not stretches:
        return [0] * len(words)
    starts = np.array([item.start_s for item in stretches])
    ends = np.array([item.end_s for item in stretches])
    who = np.array([item.speaker for item in stretches])
    return [_speaker_of(word, starts, ends, who) for word in words]


def _speaker_of(word: Word, starts: NDArray[np.float64], ends: NDArray[np.float64], who: NDArray[np.int64]) -> int:
    shared = np.minimum(ends, word.end_s) - np.maximum(starts, word.start_s)
    if float(shared.max()) > 0:
        return int(np.bincount(who, weights=np.clip(shared, 0, None)).argmax())
    return int(who[int(shared.argmax())])


def _hub(name: str, device: str) -> Any:
    import torch

    pipeline = hub_pipeline(verified_hub_model(name))
    pipeline.to(torch.device(device))
    return pipeline
