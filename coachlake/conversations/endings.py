"""Whether what was said can be the end of a clause."""

import re
from collections.abc import Sequence

# English words after which a clause goes on: articles and possessives, conjunctions, subject pronouns, prepositions
# that are not left at the end of a sentence. A closed class, so a list is the whole of it. Not here: "so", "or" and
# fillers, with which people also trail off and hand over the floor (Walker 2012, "Coordination and interpretation of
# vocal and visible resources: 'trail-off' conjunctions"), and what also ends clauses ("no", "that", "want to", "was").
_OPEN = frozenset(
    re.findall(
        r"\S+",
        """a an the my your our their every and but nor because since if when while whereas although though unless
        until which whose i we he she they i'm we're they're he's she's i've we've they've i'd we'd they'd i'll we'll
        they'll of into onto gonna""",
    )
)
# Prepositions that end a clause only where their object was moved forward ("what I pay for", "nothing to start with").
_STRANDED = frozenset({"for", "with", "from", "about", "at"})
_MOVED = frozenset({"what", "who", "which", "where", "that", "one", "thing", "nothing", "something", "anything", "to"})
_CLOSED = re.compile(r"[.?!][\"')\]]*$")


def is_left_open(text: str, *, is_marked: bool = True) -> bool:
    """Whether `text` breaks off: its last word needs another, or it ends without a full stop, question or
    exclamation mark. `is_marked`: whether the transcript has such marks at all; if not, their absence says nothing.

    Recognisers put a full stop after whatever they heard last, so a mark does not close an open word.
    """
    plain = text.strip()
    words = re.findall(r"[a-z][a-z']*", plain.lower())
    if not words:
        return False
    lacks_object = words[-1] in _STRANDED and not _MOVED.intersection(words)
    return words[-1] in _OPEN or lacks_object or (is_marked and not _CLOSED.search(plain))


def has_marks(texts: Sequence[str]) -> bool:
    """Whether most of these stretches of speech end with a full stop, question or exclamation mark."""
    return 2 * sum(bool(_CLOSED.search(text.strip())) for text in texts) > len(texts)
