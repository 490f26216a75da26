"""Text that no one said: a recogniser stuck on a phrase, and what it writes for silence and noise."""

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# A text that deflates this well repeats itself. Whisper's own limit is 2.4 on the 30 s it looks at (openai/whisper,
# transcribe.py); of 57,000 stretches of 80 words of plain conversation the most repetitive reaches 2.5, and loops of
# a sentence with a counter in it 3.5 and more.
MAX_COMPRESSION_RATIO = 3.0
_WINDOW_WORDS = 80
_LEAST_WINDOW_WORDS = 60
# How often a phrase must come in a row to be no person's: (longest phrase in words, times). People do say "no" six
# times and "can you hear me" three.
_TIMES = ((1, 10), (4, 6), (40, 4))

# What recognisers write where nobody speaks. Barański et al. 2025, "Investigation of Whisper ASR hallucinations
# induced by non-speech audio" (their "bag of hallucinations"); Koenecke et al. 2024, "Careless Whisper". Words of
# videos, never of calls:
_VIDEO = re.compile(
    r"(?:(?:and )?(?:thank you|thanks)(?: so much| very much)? for (?:watching|viewing|listening to the video)"
    r"(?: (?:the|this|my|our) (?:video|channel))?|(?:please )?(?:like and )?subscribe(?: to (?:my|our|the) channel)?"
    r"|(?:don't forget to|please) (?:like|subscribe|like and subscribe|like share and subscribe)"
    r"(?: to (?:my|our|the) channel)?|(?:i'?ll )?see you (?:in the next|next) (?:video|one)"
    r"|(?:sub|cap)titles?(?: and captions)? by .*|(?:sub|cap)titled by .*|.*amara ?org.*|transcri(?:bed|ption) by .*"
    r"|gracias por ver(?: el video)?|merci d'avoir regardé(?: cette vidéo)?|sous-titr.*|untertitel.*)"
)
# Ordinary words that mean nothing where a side says nothing else.
_ALONE = frozenset(
    "|".join(
        (
            "thank you|thank you very much|thank you so much|thanks|you|you you|bye|bye bye|bye-bye|okay|ok|so|oh|uh",
            "um|ah|hmm|mm|the|the end|i'm sorry|yeah|i|a|and|gracias|danke|merci|beep|peace",
        )
    ).split("|")
)


def is_invented(text: str) -> bool:
    """Whether a stretch of text is what recognisers know from videos and no one says on a call."""
    return bool(_VIDEO.fullmatch(_plain(text)))


def is_empty_talk(text: str) -> bool:
    """Whether every sentence of a text is one of those that recognisers write for silence and noise."""
    return is_invented(text) or all(_is_alone(_plain(piece)) for piece in re.split(r"[.?!]", text))


def _is_alone(said: str) -> bool:
    words = said.split()
    return not words or said in _ALONE or (len(set(words)) == 1 and words[0] in _ALONE)


def looped(words: Sequence[str]) -> NDArray[np.bool_]:
    """For each word (plain, in the order said) whether it belongs to a loop; the first time round does not."""
    marks = np.zeros(len(words), dtype=bool)
    known: dict[str, int] = {}
    ids = np.array([known.setdefault(word, len(known)) for word in words], dtype=np.int64)
    least = 1
    for longest, times in _TIMES:
        for period in range(least, longest + 1):
            _mark_repeats(ids, period, times, marks)
        least = longest + 1
    if not marks.any():
        _mark_compressible(words, marks)
    return marks


def _mark_repeats(ids: NDArray[np.int64], period: int, times: int, marks: NDArray[np.bool_]) -> None:
    """Set marks on runs in which a phrase of `period` words comes at least `times` times in a row."""
    if len(ids) < period * times:
        return
    equal = ids[:-period] == ids[period:]
    if np.count_nonzero(equal) < period * (times - 1):
        return
    same = np.concatenate([[0], equal.astype(np.int8), [0]])
    edges = np.flatnonzero(np.diff(same))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        if end - start >= period * (times - 1):
            marks[start + period : end + period] = True


def _mark_compressible(words: Sequence[str], marks: NDArray[np.bool_]) -> None:
    """Set marks on windows whose text is as repetitive as no person is ("page 1 of 9", "page 2 of 9", …)."""
    for start in range(0, max(1, len(words) - _WINDOW_WORDS // 2), _WINDOW_WORDS // 2):
        window = words[start : start + _WINDOW_WORDS]
        text = " ".join(window).encode("utf-8", errors="replace")
        if len(window) >= _LEAST_WINDOW_WORDS and len(text) / len(zlib.compress(text)) > MAX_COMPRESSION_RATIO:
            marks[start : start + _WINDOW_WORDS] = True


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w'\s-]", " ", text.lower()).split())
