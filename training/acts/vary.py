"""Items as they are heard on other lines: words lost, misheard, filled in. Other marks than
that of a question, and capitals, are not learned from at all (`judged_form`)."""

import random

_FILLERS = ("you know", "like", "i mean", "well", "sort of", "actually", "basically", "okay so", "right")
_UNMARKED = 0.5  # of the items: question marks are a hint, never needed
_VARIED = 0.3  # of the items
_LOST, _MISHEARD, _FILLED, _DOUBLED = 0.03, 0.04, 0.03, 0.02  # of a varied item's words


def vary(text: str, rng: random.Random, vocabulary: list[str]) -> str:
    """`text` (in act form) as it might be recognised; often as it is."""
    if rng.random() < _UNMARKED:
        text = text.replace(" ?", "")
    if rng.random() > _VARIED:
        return text
    found: list[str] = []
    for word in text.split():
        draw = rng.random()
        if word == "?":
            found.append(word)
            continue
        if draw < _LOST:
            continue
        if draw < _LOST + _MISHEARD:
            found.append(_like(word, rng, vocabulary))
            continue
        if draw < _LOST + _MISHEARD + _FILLED:
            found.append(rng.choice(_FILLERS))
        elif draw < _LOST + _MISHEARD + _FILLED + _DOUBLED:
            found.append(word)
        found.append(word)
    return " ".join(found) or text


def _like(word: str, rng: random.Random, vocabulary: list[str]) -> str:
    """A word of the same first letter where a few draws find one."""
    for _ in range(12):
        other = rng.choice(vocabulary)
        if other[0] == word[0] and other != word:
            return other
    return rng.choice(vocabulary)
