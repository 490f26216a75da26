"""Who spoke when on one mixed channel: pyannote.audio, and words given to speakers."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ray_jobs.audio.decode import SAMPLE_RATE_HZ
from ray_jobs.conversation import Word
from ray_jobs.models.campplus import campplus_onnx
from ray_jobs.models.profiles import Diarizer as DiarizerOptions
from ray_jobs.models.profiles import Profile
from ray_jobs.models.pyannote_compat import prepare_pyannote
from ray_jobs.models.weights import verified_weight


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
    """A loaded diarization pipeline for calls: at most two speakers."""

    def __init__(self, profile: Profile) -> None:
        prepare_pyannote()
        self._pipeline = _hub(profile) if profile.diarizer.hub else _embedded(profile.diarizer)

    def annotate(self, samples: NDArray[np.float32]) -> Any:
        """A pyannote.core.Annotation of a mono recording (float32, samples at 16 kHz), overlap included."""
        return self._run(samples).speaker_diarization

    def diarize(self, samples: NDArray[np.float32]) -> "Diarization":
        """Who spoke when (float32, samples at 16 kHz), with and without overlap."""
        found = self._run(samples)
        labels = {label: index for index, label in enumerate(sorted(found.speaker_diarization.labels()))}
        return Diarization(
            _stretches(found.exclusive_speaker_diarization, labels), _stretches(found.speaker_diarization, labels)
        )

    def _run(self, samples: NDArray[np.float32]) -> Any:
        import torch

        waveform = torch.from_numpy(np.ascontiguousarray(samples))[None]
        return self._pipeline({"waveform": waveform, "sample_rate": SAMPLE_RATE_HZ, "uri": "call"}, max_speakers=2)


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


def _embedded(options: DiarizerOptions) -> Any:
    import torch
    from pyannote.audio import Model
    from pyannote.audio.core.plda import PLDA
    from pyannote.audio.pipelines import SpeakerDiarization

    torch.set_num_threads(1)
    pipeline = SpeakerDiarization(
        # pyannote unpickles this file: its sha256 has been checked, so the bytes are the published ones.
        segmentation=Model.from_pretrained(verified_weight(options.segmentation or "")),
        embedding=str(campplus_onnx()),
        # Agglomerative clustering never uses a PLDA, but the constructor refuses None.
        plda=object.__new__(PLDA),
        clustering="AgglomerativeClustering",
        embedding_exclude_overlap=True,
    )
    return pipeline.instantiate(
        {
            "segmentation": {"min_duration_off": 0.0},
            "clustering": {
                "method": "centroid",
                "min_cluster_size": options.min_cluster_size,
                "threshold": options.clustering_threshold,
            },
        }
    )


def _hub(profile: Profile) -> Any:
    import torch
    from pyannote.audio import Pipeline

    pipeline = Pipeline.from_pretrained(profile.diarizer.hub)
    pipeline.to(torch.device(profile.device))
    return pipeline
