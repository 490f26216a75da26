"""Recall and precision of redaction on the excerpts, one half at a time.

    python -m benchmarks.redaction_heard.measure --half held_out
    python -m benchmarks.redaction_heard.measure --half development --show 50

Misses are shown for the half `development` alone: who mends the patterns must not have read the other.
"""

import argparse
from collections import Counter
from dataclasses import dataclass, field

from benchmarks.redaction import groups, is_filler, kept_tokens
from benchmarks.redaction_heard.excerpts import NAMES, Excerpt, Half, excerpts
from coachlake.display.intervals import wilson
from coachlake.privacy.redact import redacted


@dataclass
class Tally:
    """Identifiers by kind and those found; markers and those that were right; excerpts without any identifier."""

    there: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    markers: int = 0
    right: int = 0
    plain: int = 0
    left_alone: int = 0
    misses: list[str] = field(default_factory=list)


def measure(half: Half) -> Tally:
    """Redact every excerpt of a half and compare."""
    tally = Tally()
    for excerpt in excerpts(half):
        _compare(excerpt, tally)
    return tally


def _compare(excerpt: Excerpt, tally: Tally) -> None:
    before = excerpt.transcript()
    after = redacted(before, NAMES)
    kept = [kept_tokens(old.text, new.text) for old, new in zip(before.segments, after.segments, strict=True)]
    for one in (one for one in excerpt.identifiers if one.kind):
        words = before.segments[one.turn].text.split()
        left = [words[at] for at in one.tokens if kept[one.turn][at] and not is_filler(words[at])]
        tally.there[one.kind] += 1
        tally.found[one.kind] += not left
        if left:
            shown = " / ".join(segment.text for segment in after.segments)
            tally.misses.append(f"missed {one.kind} “{one.text}”: {shown}")
    wrong = _markers(excerpt, kept, tally)
    tally.misses += [f"wrong {words}: {' / '.join(s.text for s in before.segments)}" for words in wrong]
    if not any(one.kind for one in excerpt.identifiers):
        tally.plain += 1
        tally.left_alone += not wrong


def _markers(excerpt: Excerpt, kept: list[list[bool]], tally: Tally) -> list[str]:
    """What was taken out and is no identifier; counts the markers."""
    wrong = []
    for turn, (_, text) in enumerate(excerpt.turns):
        here = [one for one in excerpt.identifiers if one.turn == turn]
        for group in groups([at for at, is_kept in enumerate(kept[turn]) if not is_kept]):
            touched = [one.kind for one in here if group & set(one.tokens)]
            if touched and not any(touched):
                continue  # it may stay or go
            tally.markers += 1
            tally.right += bool(touched)
            if not touched:
                wrong.append(" ".join(text.split()[at] for at in sorted(group)))
    return wrong


def _line(name: str, hits: int, n: int) -> str:
    low, high = wilson(hits, n)
    return f"{name:14} {n:5} {hits / n:7.3f}  {low:.3f} to {high:.3f}"


def main() -> None:
    """Print the table, and the misses of the half that may be looked at."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=["development", "held_out"], required=True)
    parser.add_argument("--show", type=int, default=0, help="print this many misses (development alone)")
    asked = parser.parse_args()
    tally = measure(asked.half)
    print(f"{'recall of':14} {'n':>5} {asked.half}  95 % interval")
    for kind in sorted(tally.there):
        print(_line(kind, tally.found[kind], tally.there[kind]))
    print(_line("all kinds", tally.found.total(), tally.there.total()))
    print(_line("precision", tally.right, tally.markers))
    print(_line("left alone", tally.left_alone, tally.plain))
    if asked.half == "development":
        print(*tally.misses[: asked.show], sep="\n")


if __name__ == "__main__":
    main()
