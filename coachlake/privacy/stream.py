"""What one person says over a call, token by token, and the runs of digits and letters in it."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from coachlake.privacy.spelled import Said, bare, explained, is_hundred, said_at

# What people say between the parts of a number.
_BETWEEN = frozenset(
    re.findall(
        r"\S+",
        """uh um er erm huh hm mm mhm and then okay ok yes yeah yep right so space dash hyphen slash stroke next
followed by comma minus is it's that's the sorry wait""",
    )
)
_HEARD = frozenset(
    re.findall(
        r"\S+",
        """mm-hm mhm uh-huh huh aha alright all sure ready go on got that thank you thanks perfect great
lovely carry please oh double triple treble hundred thousand""",
    )
)
_NOTHING_NEW = _BETWEEN | _HEARD
_MOST_BETWEEN = 3
_LONGEST_PAUSE_S = 30.0
_AMBIGUOUS = frozenset({"a", "i", "o", "oh"})  # words of their own unless digits or letters stand beside them
# What stands before a `one` that is no digit: "that's the one".
_POINTING = frozenset(re.findall(r"\S+", "the this that which old new another no any wrong right other only same"))


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the call: `place` among all its tokens in time, where it stands, and when (seconds) where known."""

    text: str
    place: int
    segment: int
    index: int
    start_s: float


@dataclass(frozen=True, slots=True)
class Run:
    """Digits and capital letters said in a row; `owners` are the positions in the stream where each sign begins, `ends`
    where it is said in full: "double seven" takes two tokens for two signs."""

    text: str
    owners: tuple[int, ...]
    ends: tuple[int, ...]

    @property
    def first(self) -> int:
        """Position of its first token."""
        return self.owners[0]

    @property
    def last(self) -> int:
        """Position of its last token."""
        return self.ends[-1]


class Stream:
    """The tokens of one speaker in order, whatever others say in between."""

    def __init__(self, tokens: Sequence[Token], whole: Sequence[Token]) -> None:
        """`whole`: the tokens of everybody, in time."""
        self.tokens, self._whole = tokens, whole
        self.bare = [bare(token.text) for token in tokens]

    @cached_property
    def text(self) -> str:
        """The stream as one lower-case text, its tokens joined by blanks."""
        return " ".join(token.text.lower() for token in self.tokens)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for token in self.tokens:
            starts.append(at)
            at += len(token.text.lower()) + 1
        return starts

    def positions(self, start: int, end: int) -> range:
        """The tokens that the characters `start` to `end` of `text` touch."""
        return range(bisect_right(self._starts, start) - 1, bisect_right(self._starts, max(start, end - 1)))

    def runs(self) -> Iterator[Run]:
        """Its runs of digits and letters, in order; two letters or one digit at least."""
        signs: list[tuple[str, int, int]] = []
        between, at = 0, 0
        while at < len(self.bare):
            said = self._said(at, signs[-1][2] if signs else None)
            if signs and self._is_new(signs[-1][2], at):
                yield from _run(signs)
                signs = []
            if said is not None:
                signs += [(sign, at, at + said.taken - 1) for sign in said.text]
                between, at = 0, at + said.taken
                continue
            between += 1
            if signs and (between > _MOST_BETWEEN or self.bare[at] not in _BETWEEN):
                yield from _run(signs)
                signs = []
            at += 1
        yield from _run(signs)

    def split(self, run: Run) -> Iterator[Run]:
        """A run where sentences and stretches of speech end in it."""
        start = 0
        for at in range(1, len(run.owners)):
            if any(self.ends_sentence(token) for token in range(run.owners[at - 1], run.owners[at])):
                yield Run(run.text[start:at], run.owners[start:at], run.ends[start:at])
                start = at
        yield Run(run.text[start:], run.owners[start:], run.ends[start:])

    def _said(self, at: int, before: int | None) -> Said | None:
        """What is said at a position; `before` is the position of the sign before it in the same run."""
        token = self.bare[at]
        if token == "one" and at and self.bare[at - 1] in _POINTING and not self._next_is_sign(at):
            return None
        if token not in _AMBIGUOUS or explained(self.bare, at) or is_hundred(self.bare, at):
            return said_at(self.bare, at) or self._code_letters(at)
        if token in ("o", "oh"):
            is_inside = before is not None and not self.ends_sentence(at - 1)
            return Said("0", 1) if is_inside or self._next_is_sign(at) else None
        follows = self._next_is_sign(at)
        is_next = before == at - 1 and not self.ends_sentence(at - 1)
        if not (follows or (is_next and self.ends_sentence(at))):
            return None
        return Said(token.upper(), 1)

    def _code_letters(self, at: int) -> Said | None:
        """`JK` of `JK 84 87 34 C`, `MA` of `7025672 MA`, as it is written."""
        written = self.tokens[at].text.rstrip(".,")
        is_code = len(written) <= 3 and written.isascii() and written.isalpha() and written.isupper()
        beside = self.bare[max(0, at - 1) : at] + self.bare[at + 1 : at + 2]
        return Said(written, 1) if is_code and any(token[:1].isdigit() for token in beside) else None

    def _next_is_sign(self, at: int) -> bool:
        after = at + 1
        if after == len(self.bare) or self.ends_sentence(at):
            return False
        if self.bare[after] in ("uh", "um", "and") and after + 1 < len(self.bare):
            after += 1
        return self.bare[after] in _AMBIGUOUS or said_at(self.bare, after) is not None

    def ends_sentence(self, at: int) -> bool:
        """Whether the token at a position is the last of a sentence or of a stretch of speech."""
        text = self.tokens[at].text
        is_last = at + 1 == len(self.tokens) or self.tokens[at + 1].segment != self.tokens[at].segment
        return is_last or text.endswith((".", "?", "!"))

    def _is_new(self, before: int, at: int) -> bool:
        """Whether a number begins anew: after a long pause, or after another said more than `mm-hm` or read it back."""
        last, here = self.tokens[before], self.tokens[at]
        if here.start_s - last.start_s > _LONGEST_PAUSE_S:
            return True
        between = [bare(token.text) for token in self._whole[last.place + 1 : here.place]]
        return any(token not in _NOTHING_NEW and not said_at([token], 0) for token in between)


def _run(signs: Sequence[tuple[str, int, int]]) -> Iterator[Run]:
    if len(signs) > 1 or any(sign.isdigit() for sign, _, _ in signs):
        text = "".join(sign for sign, _, _ in signs)
        yield Run(text, tuple(first for _, first, _ in signs), tuple(last for _, _, last in signs))
