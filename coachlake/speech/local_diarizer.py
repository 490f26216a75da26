"""The embedded diarizer: pyannote's segmentation says when someone speaks, voices of short windows say who.

Segmentation-3.0 is good at edges and at overlap, but within its ten seconds it often gives a short answer to the
person who speaks around it; embeddings of a whole track then cannot put that right. So voices are told apart on
windows of 1.2 s first (`voices.py`), tracks are matched to voices, and a piece between pauses that leans clearly to
the other voice changes sides.
"""

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coachlake.models.schema import Diarizer as DiarizerOptions
from coachlake.models.weights import verified_weight
from coachlake.speech.activity import Span
from coachlake.speech.campplus import campplus_onnx
from coachlake.speech.segmentation import segmentation_model
from coachlake.speech.voices import VoiceTrack, voice_track

# A piece this short (seconds) is not judged by its voice; one that leans less than this (cosine) stays.
_MIN_PIECE_S, _MIN_LEAN = 0.15, 0.1
_STEP_S = 0.02
_NOBODY = -2  # pyannote's label for a track that is not used


class LocalDiarizer:
    """Segmentation and embedding models, loaded from verified weights."""

    def __init__(self, options: DiarizerOptions) -> None:
        import torch
        from pyannote.audio.core.plda import PLDA
        from pyannote.audio.pipelines import SpeakerDiarization

        torch.set_num_threads(1)
        # Its parts are used one by one: segmentation, counting, reconstruction, the loader of the embedding.
        self._parts = SpeakerDiarization(
            segmentation=segmentation_model(verified_weight(options.segmentation or "")),
            embedding=str(campplus_onnx()),
            # No clustering here uses a PLDA, but the constructor refuses None.
            plda=object.__new__(PLDA),
            clustering="AgglomerativeClustering",
        )

    def annotate(self, file: dict[str, Any], samples: NDArray[np.float32], spans: Sequence[Span]) -> tuple[Any, Any]:
        """(everyone who speaks, one speaker at a time) as pyannote.core.Annotation with labels 0 and 1."""
        from pyannote.core import Annotation

        segmentation = self._parts.get_segmentations(file)
        frames = self._parts._segmentation.model.receptive_field
        count = self._parts.speaker_count(segmentation, frames, warm_up=(0.0, 0.0))
        if int(np.nanmax(count.data)) == 0:
            return Annotation(), Annotation()
        track = voice_track(samples, spans, self._embed)
        tracks = _tracks_of_voices(segmentation, track)
        overlapping = self._annotation(segmentation, tracks, count, 2 if track else 1)
        exclusive = self._annotation(segmentation, tracks, count, 1)
        if track is None:
            return overlapping, exclusive
        wrong = _pieces_of_the_other(exclusive, overlapping, spans, track)
        return _swapped(overlapping, wrong), _swapped(exclusive, wrong)

    def _annotation(self, segmentation: Any, tracks: NDArray[np.int8], count: Any, most: int) -> Any:
        from pyannote.core import SlidingWindowFeature

        at_most = SlidingWindowFeature(np.minimum(count.data, most).astype(np.int8), count.sliding_window)
        found = self._parts.reconstruct(segmentation, tracks, at_most)
        return self._parts.to_annotation(found, min_duration_on=0.0, min_duration_off=0.0)

    def _embed(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
        import torch

        embedded: NDArray[np.float32] = self._parts._embedding(torch.from_numpy(windows)[:, None])
        return embedded


def _tracks_of_voices(segmentation: Any, track: VoiceTrack | None) -> NDArray[np.int8]:
    """Which voice each of the segmentation's tracks is (chunks × tracks): the two busiest of a chunk are two voices,
    the way round that fits best while they speak alone."""
    active = np.nan_to_num(segmentation.data)
    chunks, frames, tracks = active.shape
    if track is None:
        return np.where(active.any(axis=1), 0, _NOBODY).astype(np.int8)
    window = segmentation.sliding_window
    within = (np.arange(frames) + 0.5) * window.duration / frames
    voices = np.full((chunks, tracks), _NOBODY, np.int8)
    for chunk in range(chunks):
        lean = np.sign(track.lean_at(window[chunk].start + within))
        alone = active[chunk] * (active[chunk].sum(axis=1, keepdims=True) == 1)
        votes, busy = lean @ alone, active[chunk].sum(axis=0)
        voices[chunk] = np.where(busy > 0, votes < 0, _NOBODY)
        first, second = np.argsort(-busy)[:2]
        if busy[second] > 0:
            voices[chunk, [first, second]] = (0, 1) if votes[first] >= votes[second] else (1, 0)
    return voices


def _pieces_of_the_other(exclusive: Any, overlapping: Any, spans: Sequence[Span], track: VoiceTrack) -> Any:
    """Timeline of the pieces between pauses that lean to the other voice than the one they were given to."""
    from pyannote.core import Segment, Timeline

    onsets = Timeline([Segment(start, end) for start, end in _between([span.start_s for span in spans])])
    both = overlapping.get_overlap()
    wrong = []
    for segment, _, label in exclusive.itertracks(yield_label=True):
        for piece in list(onsets.crop(segment)) or [segment]:
            times = np.arange(piece.start, piece.end, _STEP_S)
            alone = times[[not both.overlapping(float(at)) for at in times]] if both else times
            if alone.size * _STEP_S < _MIN_PIECE_S:
                continue
            lean = float(np.mean(track.lean_at(alone)))
            if abs(lean) > _MIN_LEAN and (lean < 0) != (int(label) == 1):
                wrong.append(piece)
    return Timeline(wrong)


def _between(onsets: Sequence[float]) -> list[tuple[float, float]]:
    edges = [0.0, *onsets, float(10**6)]
    return [(start, end) for start, end in itertools.pairwise(edges) if end > start]


def _swapped(annotation: Any, pieces: Any) -> Any:
    """The annotation with its two labels exchanged within `pieces`."""
    if not pieces:
        return annotation
    swapped = annotation.crop(pieces).rename_labels({0: 1, 1: 0})
    return annotation.extrude(pieces).update(swapped.rename_tracks("int")).support()
