"""Menus and announcements on the line: told by what they say and by a voice that is not a speaker's own."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coachlake.conversations.conversation import Word
from coachlake.speech.activity import Span
from coachlake.speech.decode import SAMPLE_RATE_HZ

# What only a menu or an announcement says (a person may say the second kind once, in a voice that goes on talking).
_MENU = re.compile(
    r"\b(press|dial|say|select|enter) (the )?(\d|one|two|three|four|five|six|seven|eight|nine|zero|star|pound|hash)\b|"
    r"\bpress (any|the) (key|button)\b|para (español|continuar en español)|"
    r"\b(stay|remain|hold) on the line\b|\bmenu options\b|\bfollowing (options|menu)\b|\blisten carefully\b",
    re.IGNORECASE,
)
_ANNOUNCEMENT = re.compile(
    r"\b(calls?|conversations?) (may|will|might|can|is|are) (also )?(be(ing)? )?(monitored|recorded)\b|"
    r"\byour call is (very )?important\b|\byou(r call)? (are|is|will be) (number|caller|next|answered|now in)\b|"
    r"\b(all|our) (of our )?(\w+ )?(agents|representatives|operators|advis[oe]rs|lines|specialists) are "
    r"(currently |all )?"
    r"(busy|assisting|helping|unavailable)|\bestimated wait\b|\bplace in (the )?(line|queue)\b|"
    r"\bnext available (agent|representative|operator|advisor|adviser|specialist)\b|\bplease (continue to )?hold\b",
    re.IGNORECASE,
)
_MIN_PIECE_S, _LONGEST_S = 0.8, 4.0
_MOST_PIECES = 40  # of a long call: a menu speaks early, so the first ones
# Cosine to the menu's voice from which the next piece, at most so far away (s), is still the menu's.
_SAME_VOICE, _NEAR_S = 0.55, 4.0
# So many announcements one after the other are a menu, whoever it sounds like. Fewer are a person's (who says that the
# call is recorded) where that voice, by a stricter cosine, says this share of the rest too.
_SURELY_A_MENU, _PERSON_VOICE, _PERSON_SHARE = 3, 0.6, 0.25


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


def pieces_of(words: Sequence[Word], spans: Sequence[Span]) -> list[Said]:
    """Each stretch of speech with the words whose middles lie in it."""

    def text(start_s: float, end_s: float) -> str:
        return " ".join(word.text for word in words if start_s <= (word.start_s + word.end_s) / 2 <= end_s)

    return [Said(start, end, text(start, end)) for start, end in spans]


def has_announcement(text: str) -> bool:
    """Whether the words are those of a menu or an announcement."""
    return _announcements(text) > 0


def menu_pieces(said: Sequence[Said], samples: NDArray[np.float32], embed: Embed) -> list[bool]:
    """For each piece, in time order, whether a menu or an announcement speaks it (`samples`: the channel, 16 kHz).

    Pieces that say what menus say, and what goes on around them in the same voice. A single such sentence in a voice
    that also says much else is a person's, who reads it out.
    """
    cues = [index for index, piece in enumerate(said) if has_announcement(piece.text)]
    vectors = {
        index: embed(_cut(samples, said[index]))
        for index in sorted({*cues, *range(min(len(said), _MOST_PIECES))} if cues else ())
        if said[index].duration_s >= _MIN_PIECE_S
    }
    seeds = [index for index in cues if index in vectors]
    if not seeds:
        return [False] * len(said)
    voice = _centre([vectors[index] for index in seeds])
    like = {index: float(vector @ voice) for index, vector in vectors.items()}
    menu = _around(said, cues, like)
    announced = sum(_announcements(said[index].text) for index in cues)
    elsewhere = {index: said[index].duration_s for index in vectors if index not in menu}
    same = sum(length for index, length in elsewhere.items() if like[index] >= _PERSON_VOICE)
    if announced < _SURELY_A_MENU and same > _PERSON_SHARE * sum(elsewhere.values()):
        return [False] * len(said)
    return [index in menu for index in range(len(said))]


def _announcements(text: str) -> int:
    return sum(len(pattern.findall(text)) for pattern in (_MENU, _ANNOUNCEMENT))


def _around(said: Sequence[Said], cues: Sequence[int], like: dict[int, float]) -> set[int]:
    """The cues and the pieces next to them in their voice; one too short for a voice goes along between two."""
    found = set(cues)
    for step in (-1, 1):
        for cue in cues:
            index, short = cue + step, []
            while 0 <= index < len(said) and _gap(said[index], said[index - step]) <= _NEAR_S:
                if index not in like:
                    short.append(index)
                elif like[index] >= _SAME_VOICE:
                    found |= {index, *short}
                    short = []
                else:
                    break
                index += step
    return found


def _gap(one: Said, other: Said) -> float:
    return max(one.start_s, other.start_s) - min(one.end_s, other.end_s)


def _centre(vectors: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    mean = np.mean(vectors, axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)


def _cut(samples: NDArray[np.float32], piece: Said | Span) -> NDArray[np.float32]:
    end = min(piece.end_s, piece.start_s + _LONGEST_S)
    return samples[int(piece.start_s * SAMPLE_RATE_HZ) : int(end * SAMPLE_RATE_HZ)]
