"""Words that are said on a channel and are not in its transcript: what a detector of speech leaves unheard.

Whisper invents words in silence, so what it hears on a whole channel proves nothing by itself. A word counts as said
where two passes over the whole channel, cut at different places, agree on it and the channel is not silent there; so
does one that a pass and a reference agree on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coachlake.conversations.conversation import Word
from coachlake.speech.activity import Span
from coachlake.speech.levels import FRAME_S, active_level_db, levels_db, smoothed
from evaluation.plain_words import in_full, plain_words

# A word's times are good to about this (s); Whisper also stretches a word over the silence before it.
_SLACK_S = 0.3
# Longest pause (s) between a word and the same one, or another one in its place, by two recognisers.
_SAME_WITHIN_S, _OTHER_WITHIN_S = 2.0, 0.5
# Speech stands this far above a line's noise, and lies within this of the speaker's level (dB).
_ABOVE_NOISE_DB, _RANGE_DB = 12.0, 30.0


class Said(NamedTuple):
    """A word as it is compared; times in seconds."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel: its samples (16 kHz), what the product takes for speech on it and the words it writes down; what the
    recogniser hears on the whole of it, twice; a reference's words, where there is one."""

    samples: NDArray[np.float32]
    spans: Sequence[Span]
    written: Sequence[Word]
    passes: tuple[Sequence[Word], Sequence[Word]]
    reference: Sequence[Word] = ()


@dataclass(frozen=True, slots=True)
class Unheard:
    """`said`: the words that were said; `unheard`: those the product lacks, `undetected`: those of them outside all it
    takes for speech. `written`: how many words it writes, `alone`: those that neither pass nor the reference holds.
    `reference`: how many words that has, `dropped`: those the product lacks, `dropped_undetected`: those of them
    outside what it takes for speech. `loud_s`: seconds that stand out of the noise, `loud_undetected_s`: those outside
    what it takes for speech."""

    said: list[Said]
    unheard: list[Said]
    undetected: list[Said]
    written: int
    alone: list[Said]
    reference: int
    dropped: list[Said]
    dropped_undetected: list[Said]
    loud_s: float
    loud_undetected_s: float


def unheard_on(channel: Channel) -> Unheard:
    """Count what of a channel is unheard."""
    loud = _loud(channel.samples)
    first, second = (_said(words) for words in channel.passes)
    reference, written = _said(channel.reference), _said(channel.written)
    vouched = {*_common(first, second), *_common(first, reference)}
    vouched |= {*_common(second, reference)} & {*_lacking(second, first)}
    said = [word for word in sorted(vouched, key=lambda word: word.start_s) if _is_loud(word, loud)]
    unheard, dropped = _lacking(said, written), _lacking(reference, written)
    alone = set(written)
    for other in (first, second, reference):
        alone &= set(_lacking(written, other))
    return Unheard(
        said,
        unheard,
        [word for word in unheard if _is_outside(word, channel.spans)],
        len(written),
        sorted(alone, key=lambda word: word.start_s),
        len(reference),
        dropped,
        [word for word in dropped if _is_outside(word, channel.spans)],
        float(loud.sum() * FRAME_S),
        float((loud & ~_is_speech(channel.spans, len(loud))).sum() * FRAME_S),
    )


def _said(words: Sequence[Word]) -> list[Said]:
    return [Said(text, word.start_s, word.end_s) for word in words for text in in_full(plain_words(word.text)).split()]


def _common(these: Sequence[Said], those: Sequence[Said]) -> list[Said]:
    """The words of `these` that stand in `those` too."""
    return [word for word, other in _aligned(these, those) if other and other.text == word.text]


def _lacking(these: Sequence[Said], those: Sequence[Said]) -> list[Said]:
    """The words of `these` where `those` have nothing: a word heard as another one is not lacking."""
    return [word for word, other in _aligned(these, those) if other is None]


def _aligned(these: Sequence[Said], those: Sequence[Said]) -> list[tuple[Said, Said | None]]:
    """Each of these with its counterpart by the least edits (Levenshtein), None where it has none.

    Words far apart in time are no counterparts, however few edits that takes: an "okay" that is lost is not the next.
    """
    costs = np.zeros((len(these) + 1, len(those) + 1))
    costs[:, 0], costs[0] = np.arange(len(these) + 1), np.arange(len(those) + 1)
    for i, word in enumerate(these, start=1):
        turned = costs[i - 1, :-1] + [_cost(word, other) for other in those]
        best = np.minimum(turned, costs[i - 1, 1:] + 1)
        for j in range(1, len(those) + 1):
            costs[i, j] = min(best[j - 1], costs[i, j - 1] + 1)
    pairs: list[tuple[Said, Said | None]] = []
    i, j = len(these), len(those)
    while i:
        if j and costs[i, j] == costs[i - 1, j - 1] + _cost(these[i - 1], those[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((these[i], those[j]))
        elif j and costs[i, j] == costs[i, j - 1] + 1:
            j -= 1
        else:
            i -= 1
            pairs.append((these[i], None))
    return pairs[::-1]


def _cost(word: Said, other: Said) -> float:
    apart = max(word.start_s, other.start_s) - min(word.end_s, other.end_s)
    if word.text == other.text:
        return 0.0 if apart <= _SAME_WITHIN_S else np.inf
    return 1.0 if apart <= _OTHER_WITHIN_S else np.inf


def _loud(samples: NDArray[np.float32]) -> NDArray[np.bool_]:
    levels = levels_db(samples)
    noise = float(np.percentile(levels, 10))
    loud: NDArray[np.bool_] = smoothed(levels, 9) > max(noise + _ABOVE_NOISE_DB, active_level_db(levels) - _RANGE_DB)
    return loud


def _is_loud(word: Said, loud: NDArray[np.bool_]) -> bool:
    return bool(loud[int(word.start_s / FRAME_S) : int(word.end_s / FRAME_S) + 1].any())


def _is_speech(spans: Sequence[Span], length: int) -> NDArray[np.bool_]:
    is_speech = np.zeros(length, bool)
    for start, end in spans:
        is_speech[int(start / FRAME_S) : int(end / FRAME_S) + 1] = True
    return is_speech


def _is_outside(word: Said, spans: Sequence[Span]) -> bool:
    return not any(a - _SLACK_S < word.end_s and word.start_s < b + _SLACK_S for a, b in spans)
