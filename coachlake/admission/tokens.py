"""The words of a segment, and a segment with some of them left out."""

import re
from collections.abc import Sequence
from dataclasses import replace

from coachlake.conversations.transcript import Segment

# Scripts written without blanks: Han, kana, Thai, Lao, Khmer, Burmese.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_PUNCTUATION = re.compile(r"[^\w']")
# Two of their characters make about one word (Chinese words average 1.5–2 characters, Japanese ones more).
_CHARACTERS_PER_WORD = 2


def word_count(text: str) -> int:
    """Words of a text: blank-separated tokens that hold a letter or digit; two characters a word in scripts without
    blanks."""
    if text.isascii():
        return sum(token.isalnum() or any(map(str.isalnum, token)) for token in text.split())
    unspaced = len(_UNSPACED.findall(text))
    spaced = sum(any(char.isalnum() for char in token) for token in _UNSPACED.sub(" ", text).split())
    return spaced + (unspaced + 1) // _CHARACTERS_PER_WORD


def plain(token: str) -> str:
    """A token in lower case without punctuation, to compare by."""
    return token.lower() if token.isalnum() else _PUNCTUATION.sub("", token.lower())


def with_tokens(segment: Segment, tokens: Sequence[str]) -> Segment | None:
    """The segment with its blank-separated tokens replaced one by one, those replaced by "" left out; None where
    none is left.

    Word times follow where the source has one for each token, and so do start and end; else they are dropped.
    """
    before = segment.text.split()
    if list(tokens) == before:
        return segment
    kept = [index for index, token in enumerate(tokens) if token]
    if not kept:
        return None
    text = " ".join(tokens[index] for index in kept)
    if len(segment.words) != len(before):
        return replace(segment, text=text, words=())
    words = tuple(replace(segment.words[index], text=tokens[index]) for index in kept)
    start = segment.start_s if kept[0] == 0 else words[0].start_s
    end = segment.end_s if kept[-1] == len(before) - 1 else max(word.end_s for word in words)
    return replace(segment, start_s=start, end_s=end, text=text, words=words)
