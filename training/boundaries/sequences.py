"""Longer turns to learn from, made of many short texts, and spoken as people speak."""

import random
from collections.abc import Sequence

from training.boundaries.marked_text import CLAUSE, GOES_ON, SENTENCE, Marked, joined

# Pieces that speakers put in front of a sentence, with what stands after each.
_OPENERS = [
    ("so", GOES_ON), ("and", GOES_ON), ("but", GOES_ON), ("yeah", CLAUSE), ("okay", CLAUSE), ("right", CLAUSE),
    ("well", CLAUSE), ("oh", CLAUSE), ("no", CLAUSE), ("yes", CLAUSE), ("yeah", SENTENCE), ("okay", SENTENCE),
    ("right", SENTENCE), ("because", GOES_ON), ("i mean", CLAUSE), ("you know", CLAUSE), ("alright", SENTENCE),
]  # fmt: skip
# Pieces that speakers put anywhere.
_INSIDE = ["you know", "like", "i mean", "sort of", "kind of", "actually", "just", "really", "basically"]


def sequences(items: Sequence[Sequence[Marked]], rng: random.Random) -> list[Marked]:
    """One pass over the texts of all items in random order as turns of 1 to 120 words, some cut short anywhere."""
    texts = []
    for item in rng.sample(items, len(items)):
        together = rng.random() < 0.5
        texts += [joined(list(item))] if together else list(item)
    made, parts, wanted = [], list[Marked](), _length(rng)
    for text in texts:
        parts.append(_spoken(text, rng))
        if sum(len(part.words) for part in parts) >= wanted:
            made.append(_cut(joined(parts), rng))
            parts, wanted = [], _length(rng)
    return [one for one in made if one.words]


def _length(rng: random.Random) -> int:
    return 1 if rng.random() < 0.25 else rng.randint(15, 120)


def _cut(text: Marked, rng: random.Random) -> Marked:
    if rng.random() > 0.4:
        return text
    length = rng.randint(1, len(text.words))
    return Marked(text.words[:length], text.marks[:length])


def _spoken(text: Marked, rng: random.Random) -> Marked:
    """The text with openers, empty phrases, words lost or misheard, as speech and its recognisers have them."""
    loose, garbled = rng.random() < 0.4, rng.random() < 0.3
    words, marks = list[str](), list[int]()
    starts = True
    for word, mark in zip(text.words, text.marks, strict=True):
        if loose and starts and rng.random() < 0.3:
            for opener, after in rng.choices(_OPENERS, k=1 if rng.random() < 0.8 else 2):
                _add(words, marks, opener, after)
        elif loose and rng.random() < 0.02:
            _add(words, marks, rng.choice(_INSIDE), GOES_ON)
        starts = mark == SENTENCE
        if garbled and mark in (GOES_ON, CLAUSE) and rng.random() < 0.03:
            continue
        heard = rng.choice(text.words) if garbled and rng.random() < 0.03 else word
        words.append(heard.replace("'", "") if garbled and rng.random() < 0.1 else heard)
        marks.append(mark)
    return Marked(tuple(words), tuple(marks))


def _add(words: list[str], marks: list[int], piece: str, after: int) -> None:
    said = piece.split()
    words += said
    marks += [GOES_ON] * (len(said) - 1) + [after]
