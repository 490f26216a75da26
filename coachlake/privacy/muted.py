"""The seconds of a call in which something was said that was taken out of its words."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from coachlake.conversations.transcript import Segment
from coachlake.privacy.redact import hidden_kind

# A dictated number is often recognised as one word that ends with the first of its groups: what is heard of nobody
# after it may be the rest. So much of that (seconds) is silenced, up to where the same person is heard again, or
# another says more than "mm-hm".
_REST_S, _BEGINNING_S, _FEW_WORDS = 10.0, 0.5, 3


class Muted(NamedTuple):
    """What was said there, `card`, and when: seconds."""

    kind: str
    start_s: float
    end_s: float


def muted(segments: Sequence[Segment]) -> Iterator[Muted]:
    """The seconds to silence of redacted segments with word times, in order; none of segments without."""
    for segment in segments:
        own = sorted(
            (word for other in segments if other.speaker == segment.speaker for word in other.words),
            key=lambda word: word.start_s,
        )
        speaks = [
            other.start_s for other in segments if other.speaker != segment.speaker and len(other.words) > _FEW_WORDS
        ]
        for word in segment.words:
            if kind := hidden_kind(word.text):
                before = max((other.end_s for other in own if other.end_s <= word.start_s), default=0.0)
                after = [other.start_s for other in own if other.start_s >= word.end_s]
                after += [start for start in speaks if start >= word.end_s]
                yield Muted(
                    kind,
                    min(word.start_s, max(before, word.start_s - _BEGINNING_S)),
                    max(word.end_s, min([word.end_s + _REST_S, *after])),
                )
