"""How a conversation is shaped: who says how much, and how often the word goes from one to the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from coachlake.admission.tokens import word_count
from coachlake.conversations.transcript import Segment


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one speaker says until another does."""

    speaker: str
    text: str
    words: int


@dataclass(frozen=True, slots=True)
class Shape:
    """Stretches in order; `words` by label, most first."""

    stretches: tuple[Stretch, ...]
    words: dict[str, int]

    @property
    def total(self) -> int:
        """Words of everyone."""
        return sum(self.words.values())

    @property
    def lesser(self) -> int:
        """Words of the second of the two who say most; 0 where there is none."""
        return sorted(self.words.values(), reverse=True)[1] if len(self.words) > 1 else 0

    @property
    def lesser_stretch(self) -> float:
        """Mean words of a stretch of that second speaker."""
        if len(self.words) < 2:
            return 0.0
        second = list(self.words)[1]
        return self.lesser / max(1, sum(stretch.speaker == second for stretch in self.stretches))

    @property
    def in_longest_two(self) -> float:
        """Share of all words in the two longest stretches: near 1 where one speaks, then another, and no more."""
        longest = sorted((stretch.words for stretch in self.stretches), reverse=True)[:2]
        return sum(longest) / self.total if self.total else 0.0

    @property
    def text(self) -> str:
        """Everything that is said."""
        return " ".join(stretch.text for stretch in self.stretches)


def shape_of(segments: Sequence[Segment]) -> Shape:
    """The shape of what people say, in start order. Stretches without a word do not count."""
    spoken = [segment for segment in segments if word_count(segment.text)]
    stretches = []
    for speaker, group in groupby(spoken, key=lambda segment: segment.speaker):
        text = " ".join(segment.text for segment in group)
        stretches.append(Stretch(speaker, text, word_count(text)))
    words: dict[str, int] = {}
    for stretch in stretches:
        words[stretch.speaker] = words.get(stretch.speaker, 0) + stretch.words
    return Shape(tuple(stretches), dict(sorted(words.items(), key=lambda item: -item[1])))
