"""Menus and announcements on the line: told by what they say and by a voice that is not a speaker's own."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coachlake.speech.activity import Span
from coachlake.speech.decode import SAMPLE_RATE_HZ

# What only a menu or an announcement says (a person may say the second kind once, in a voice that goes on talking).
_MENU = re.compile(
    r"\b(press|dial|say|select|enter) (\d|one|two|three|four|five|six|seven|eight|nine|zero|star|pound|hash|the (star|pound|hash))\b|"
    r"\bpress (any|the) (key|button)\b|para (español|continuar en español)|"
    r"\b(stay|remain|hold) on the line\b|\bmenu options\b|\bfollowing (options|menu)\b|\blisten carefully\b",
    re.IGNORECASE,
)
_ANNOUNCEMENT = re.compile(
    r"\b(calls?|conversations?) (may|will|might|can|is|are) (also )?(be(ing)? )?(monitored|recorded)\b|"
    r"\byour call is (very )?important\b|\byou(r call)? (are|is|will be) (number|caller|next|answered|now in)\b|"
    r"\b(all|our) (of our )?(\w+ )?(agents|representatives|operators|advisors|advisers|lines|specialists) are (currently |all )?"
    r"(busy|assisting|helping|unavailable)|\bestimated wait\b|\bplace in (the )?(line|queue)\b|"
    r"\bnext available (agent|representative|operator|advisor|adviser|specialist)\b|\bplease (continue to )?hold\b",
    re.IGNORECASE,
)
_MIN_PIECE_S, _LONGEST_S = 0.8, 4.0
_MOST_PIECES = 40  # of a long call: a menu speaks early, so the first ones
# Cosine to the menu's voice from which a piece is in it, and by how much more than to the other voices.
_SAME_VOICE, _NEARER = 0.55, 0.05
# A voice that says so many times more (s) than the announcements is a person who also says them.
_PERSON_SAYS = 3.0

Embed = Callable[[NDArray[np.float32]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of one channel and its text."""

    start_s: float
    end_s: float
    text: str

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.end_s - self.start_s


def has_announcement(text: str) -> bool:
    """Whether the words are those of a menu or an announcement."""
    return bool(_MENU.search(text) or _ANNOUNCEMENT.search(text))


def menu_pieces(said: Sequence[Said], samples: NDArray[np.float32], embed: Embed) -> list[bool]:
    """For each piece, in time order, whether a menu or an announcement speaks it (`samples`: the channel, 16 kHz).

    Pieces that say what menus say give the voice; pieces in that voice go with them. None where that voice also says
    much else: a person then, who reads an announcement out.
    """
    cues = [index for index, piece in enumerate(said) if has_announcement(piece.text)]
    if not cues:
        return [False] * len(said)
    vectors = {
        index: embed(_cut(samples, said[index]))
        for index in sorted({*cues, *range(min(len(said), _MOST_PIECES))})
        if said[index].duration_s >= _MIN_PIECE_S
    }
    seeds = [index for index in cues if index in vectors]
    if not seeds:
        return [False] * len(said)
    own = _grown(seeds, vectors)
    others = [index for index in vectors if index not in own]
    spoken, announced = (sum(said[index].duration_s for index in group) for group in (own, seeds))
    if spoken > _PERSON_SAYS * announced or (not others and spoken > 1.5 * announced and len(own) > 3):
        return [False] * len(said)
    return _with_short_ones(said, own, vectors)


def _grown(seeds: Sequence[int], vectors: dict[int, NDArray[np.float32]]) -> set[int]:
    """The pieces in the voice of the seeds: like it, and nearer to it than to what the rest sounds like."""
    voice = _centre([vectors[index] for index in seeds])
    like = {index: float(vector @ voice) for index, vector in vectors.items()}
    rest = [vectors[index] for index in vectors if index not in seeds and like[index] < _SAME_VOICE]
    other = _centre(rest) if rest else None
    return {
        index
        for index, vector in vectors.items()
        if index in seeds
        or (like[index] >= _SAME_VOICE and (other is None or like[index] - float(vector @ other) > _NEARER))
    }


def _with_short_ones(said: Sequence[Said], own: set[int], vectors: dict[int, NDArray[np.float32]]) -> list[bool]:
    """Pieces too short for a voice go with the piece before them, or the next where they are first."""
    flags = [index in own for index in range(len(said))]
    for index in range(len(said)):
        if index not in vectors and index < _MOST_PIECES:
            near = [other for other in (index - 1, index + 1) if 0 <= other < len(said) and other in vectors]
            flags[index] = all(other in own for other in near) and bool(near)
    return flags


def _centre(vectors: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    mean = np.mean(vectors, axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)


def _cut(samples: NDArray[np.float32], piece: Said | Span) -> NDArray[np.float32]:
    end = min(piece.end_s, piece.start_s + _LONGEST_S)
    return samples[int(piece.start_s * SAMPLE_RATE_HZ) : int(end * SAMPLE_RATE_HZ)]
