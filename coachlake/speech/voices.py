"""Which of two voices speaks, every quarter of a second: speaker embeddings of short windows in two groups."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coachlake.speech.activity import Span
from coachlake.speech.decode import SAMPLE_RATE_HZ
from coachlake.timings import timed

# Long enough for an embedding to tell two people apart, short enough for "sure, go ahead" to have one of its own.
WINDOW_S, HOP_S = 1.2, 0.25
# Least share of a window that must be speech.
_MIN_SPEECH = 0.35
# Cosine of the two groups' centroids from which on they are one voice. Windows of a single speaker's channel split
# into groups at 0.91 and above (0.84 where there are few), windows of two speakers at 0.80 and below, a few at 0.85.
# Above (of few windows, between), whole stretches between pauses decide: someone who says little drowns in the groups.
_ONE_VOICE_COSINE, _SURELY_TWO_COSINE, _ENOUGH_WINDOWS = 0.86, 0.8, 40
# Whole stretches: shortest and longest (s), and what makes a voice of a group of them (pieces, s). Two groups of one
# speaker's stretches have centroids at 0.72 and above, or one of them is a single stretch; two speakers lie below.
# Mean cosine distance from which on groups are different people: on ten channels of real calls one voice each, on
# their mixes two of two; three of three or more in half of the mixes, two in the rest.
_PIECE_S, _MOST_PIECES, _LEAST_PIECES, _LEAST_S = (1.2, 3.0), 24, 2, 2.5
_TWO_VOICES_COSINE, _VOICE_DISTANCE = 0.72, 0.5
_BATCH = 32
_MIN_WINDOWS = 8
_ROUNDS = 3

# Windows (batch × samples at 16 kHz) to embeddings (batch × dimension).
Embed = Callable[[NDArray[np.float32]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class VoiceTrack:
    """Times (seconds, window middles) and how far each window leans to voice 0 (> 0) or voice 1 (< 0), in cosine."""

    times_s: NDArray[np.float64]
    lean: NDArray[np.float64]

    def lean_at(self, times_s: NDArray[np.float64]) -> NDArray[np.float64]:
        """The lean at any times, between windows by straight line."""
        leans: NDArray[np.float64] = np.interp(times_s, self.times_s, self.lean)
        return leans


def voice_track(samples: NDArray[np.float32], spans: Sequence[Span], embed: Embed) -> VoiceTrack | None:
    """The track of a mono recording (float32, samples at 16 kHz) with speech in `spans`.

    None where there is one voice only, or too little speech to tell.
    """
    times = _window_times(spans, samples.size / SAMPLE_RATE_HZ)
    if len(times) < _MIN_WINDOWS:
        return None
    batches = [times[first : first + _BATCH] for first in range(0, len(times), _BATCH)]
    embedded = _unit(np.concatenate([embed(_cut(samples, batch)) for batch in batches]))
    centroids = _two_groups(embedded)
    alike = float(centroids[0] @ centroids[1])
    if alike > (_ONE_VOICE_COSINE if len(times) >= _ENOUGH_WINDOWS else _SURELY_TWO_COSINE):
        apart = two_voices(voices_of_pieces(samples, spans, lambda piece: embed(piece[None])[0]))
        if apart is None:
            return None
        centroids = apart if alike >= _ONE_VOICE_COSINE else centroids
    return VoiceTrack(times, (embedded @ centroids[0] - embedded @ centroids[1]).astype(np.float64))


@dataclass(frozen=True, slots=True)
class PieceVoices:
    """Stretches between pauses: their middles and lengths (s) and unit vectors (pieces × dimension)."""

    middles_s: NDArray[np.float64]
    lengths_s: NDArray[np.float64]
    vectors: NDArray[np.float32]

    def where(self, chosen: NDArray[np.bool_]) -> "PieceVoices":
        """Some of the pieces."""
        return PieceVoices(self.middles_s[chosen], self.lengths_s[chosen], self.vectors[chosen])

    def within(self, spans: Sequence[Span]) -> "PieceVoices":
        """The pieces whose middles lie in any of the spans."""
        return self.where(np.array([any(a <= at <= b for a, b in spans) for at in self.middles_s], bool))


@timed("compare_voices")
def voices_of_pieces(
    samples: NDArray[np.float32],
    spans: Sequence[Span],
    embed_one: Callable[[NDArray[np.float32]], NDArray[np.float32]],
    most: int = _MOST_PIECES,
) -> PieceVoices:
    """The voice of each stretch of speech of _PIECE_S[0] and longer (its first _PIECE_S[1]), evenly at most
    `most` of them."""
    shortest, longest = _PIECE_S
    pieces = [Span(start, min(end, start + longest)) for start, end in spans if end - start >= shortest]
    if not pieces:
        return PieceVoices(np.zeros(0), np.zeros(0), np.zeros((0, 1), np.float32))
    chosen = [pieces[at] for at in np.unique(np.linspace(0, len(pieces) - 1, min(len(pieces), most)).astype(int))]
    vectors = [embed_one(samples[int(a * SAMPLE_RATE_HZ) : int(b * SAMPLE_RATE_HZ)]) for a, b in chosen]
    ends = np.array(chosen, np.float64)
    return PieceVoices(ends.mean(axis=1), ends[:, 1] - ends[:, 0], _unit(np.array(vectors, np.float32)))


def two_voices(pieces: PieceVoices) -> NDArray[np.float32] | None:
    """Centroids (2 × dimension) of two voices that differ and are each heard more than once; else None."""
    from sklearn.cluster import AgglomerativeClustering

    if len(pieces.vectors) < 2 * _LEAST_PIECES:
        return None
    groups = AgglomerativeClustering(2, metric="cosine", linkage="average").fit(pieces.vectors).labels_
    if any(not _is_a_voice(pieces, groups == which) for which in (0, 1)):
        return None
    centroids = _unit(np.stack([pieces.vectors[groups == which].mean(axis=0) for which in (0, 1)]))
    return centroids if float(centroids[0] @ centroids[1]) < _TWO_VOICES_COSINE else None


def count_voices(pieces: PieceVoices) -> int:
    """How many voices the stretches support, however many are looked for."""
    from sklearn.cluster import AgglomerativeClustering

    if len(pieces.vectors) < 2:
        return len(pieces.vectors)
    clustering = AgglomerativeClustering(None, metric="cosine", linkage="average", distance_threshold=_VOICE_DISTANCE)
    groups = clustering.fit(pieces.vectors).labels_
    return max(1, sum(_is_a_voice(pieces, groups == which) for which in np.unique(groups)))


def _is_a_voice(pieces: PieceVoices, members: NDArray[np.bool_]) -> bool:
    return bool(members.sum() >= _LEAST_PIECES and pieces.lengths_s[members].sum() >= _LEAST_S)


def _window_times(spans: Sequence[Span], duration_s: float) -> NDArray[np.float64]:
    """Middles of the windows that hold enough speech."""
    frame_s = 0.01
    is_speech = np.zeros(int(duration_s / frame_s) + 1)
    for start, end in spans:
        is_speech[int(start / frame_s) : int(end / frame_s)] = 1.0
    middles = (np.arange(int(duration_s / HOP_S)) + 0.5) * HOP_S
    share = np.convolve(is_speech, np.full(int(WINDOW_S / frame_s), frame_s / WINDOW_S), mode="same")
    near = np.convolve(is_speech, np.ones(int(HOP_S / frame_s)), mode="same")
    places = (middles / frame_s).astype(int)
    chosen: NDArray[np.float64] = middles[(share[places] >= _MIN_SPEECH) & (near[places] > 0)]
    return chosen


def _cut(samples: NDArray[np.float32], middles: NDArray[np.float64]) -> NDArray[np.float32]:
    length = int(WINDOW_S * SAMPLE_RATE_HZ)
    cut = np.zeros((len(middles), length), np.float32)
    for row, middle in enumerate(middles):
        first = max(0, int((middle - WINDOW_S / 2) * SAMPLE_RATE_HZ))
        piece = samples[first : first + length]
        cut[row, : piece.size] = piece
    return cut


def _two_groups(embedded: NDArray[np.float32]) -> NDArray[np.float32]:
    """Centroids (2 × dimension, unit length) of two groups; a window alone among others goes with its neighbours."""
    from scipy.ndimage import median_filter
    from sklearn.cluster import KMeans

    centroids = _unit(KMeans(2, n_init=10, random_state=0).fit(embedded).cluster_centers_)
    for _ in range(_ROUNDS):
        is_second = median_filter((embedded @ (centroids[1] - centroids[0]) > 0).astype(np.uint8), 3, mode="nearest")
        if is_second.min() == is_second.max():
            return centroids
        centroids = _unit(np.stack([embedded[is_second == which].mean(axis=0) for which in (0, 1)]))
    return centroids


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(np.nan_to_num(vectors), axis=1, keepdims=True)
    unit: NDArray[np.float32] = np.nan_to_num(vectors) / np.maximum(norms, 1e-9)
    return unit
