"""Shared content: does an answer pick up what was just said, beyond the words everyone uses?"""

import re
from functools import cache

# Words of conversation that carry no content of their own and that general stop-word lists leave in.
_SPOKEN = frozenset(
    re.findall(
        r"\S+",
        """okay ok yeah yes right well just really much like know think see say said thing things something anything lot
        bit sorry understand hear thank thanks please sure let um uh oh i'm it's that's don't i've you've you're we're
        they're i'll we'll can't didn't doesn't isn't there's going got want need""",
    )
)
_SUFFIX = re.compile(r"(ing|edly|ed|ies|es|s|ly)$")


@cache
def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS) | _SPOKEN


def content_stems(text: str) -> frozenset[str]:
    """Content words of a text, crudely stemmed so that "flooded" meets "flood"."""
    words = re.findall(r"[a-z][a-z'-]+", text.lower())
    return frozenset(_SUFFIX.sub("", word) for word in words if word not in _stop_words() and len(word) > 2)


def shared_content(response: str, cue: str) -> int:
    """How many content words the response takes up from the cue."""
    return len(content_stems(response) & content_stems(cue))
