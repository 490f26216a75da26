"""Does a sentence name a time: a day, a date, an hour, a span? By spaCy's entity recogniser, not by patterns."""

from functools import cache, lru_cache
from typing import Any

from coachlake.models.weights import verified_weight

_TIMES = frozenset(("DATE", "TIME"))
# What the recogniser does not use: its parser and tagger cost most and decide nothing here.
_NOT_NEEDED = ("parser", "tagger", "lemmatizer", "attribute_ruler")


@lru_cache(maxsize=4096)  # the same sentence is looked at by several criteria
def names_a_time(text: str) -> bool:
    """Whether `text` holds a time expression ("Thursday by noon", "within two days"); "one moment" is none.

    In lower case, so that capitals make no difference. Raises WeightsError where the model is missing.
    """
    return any(entity.label_ in _TIMES for entity in _recogniser()(text.lower()).ents)


@cache
def _recogniser() -> Any:
    import spacy

    return spacy.load(verified_weight("spacy-en").parent, exclude=list(_NOT_NEEDED))
