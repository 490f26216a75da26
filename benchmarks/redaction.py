"""How well identifiers are found: recall by kind and form, precision, and time, on generated calls.

    python -m benchmarks.redaction [--calls 2000] [--seed 15] [--show 20]

An identifier counts as found where nothing of it is left to read; a marker is right where an identifier stood.
"""

import argparse
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field

from benchmarks.redaction_calls import NAMES, Call, call
from coachlake.display.intervals import wilson
from coachlake.privacy.redact import hidden_kind, redacted

_TARGETS = {"CARD": 0.98, "NATIONAL_ID": 0.98}
_REST, _PRECISION = 0.95, 0.95


@dataclass
class Tally:
    """Counts over calls: identifiers by (kind, form), those found, markers placed and those that were right."""

    there: Counter[tuple[str, str]] = field(default_factory=Counter)
    found: Counter[tuple[str, str]] = field(default_factory=Counter)
    markers: int = 0
    right: int = 0
    misses: list[str] = field(default_factory=list)


def measure(calls: int, seed: int) -> Tally:
    """Redact that many generated calls and compare."""
    rng, tally = random.Random(seed), Tally()
    for _ in range(calls):
        _compare(call(rng), tally)
    return tally


def _compare(made: Call, tally: Tally) -> None:
    before = made.transcript()
    after = redacted(before, NAMES)
    kept = [kept_tokens(old.text, new.text) for old, new in zip(before.segments, after.segments, strict=True)]
    private: list[set[int]] = [set() for _ in before.segments]
    for part, turn, at in made.identifiers():
        private[turn].update(at)
        key = (str(part.kind), part.form)
        tally.there[key] += 1
        words = before.segments[turn].text.split()
        if all(is_filler(words[index]) for index in at if kept[turn][index]):
            tally.found[key] += 1
        else:
            tally.misses.append(f"missed {key}: {before.segments[turn].text} → {after.segments[turn].text}")
    for turn, segment in enumerate(before.segments):
        for group in groups([index for index, is_kept in enumerate(kept[turn]) if not is_kept]):
            tally.markers += 1
            if private[turn] & group:
                tally.right += 1
            else:
                tally.misses.append(f"wrong: {segment.text} → {after.segments[turn].text}")


def kept_tokens(before: str, after: str) -> list[bool]:
    """For each token before, whether it still stands; markers stand for what lies between kept tokens."""
    old, new = before.split(), after.split()
    if old == new:
        return [True] * len(old)
    kept, at = [], 0
    for token in old:
        is_kept = at < len(new) and new[at] == token
        while not is_kept and at < len(new) and hidden_kind(new[at]) and at + 1 < len(new) and new[at + 1] == token:
            at, is_kept = at + 1, True
        kept.append(is_kept)
        at += is_kept
    return kept


def is_filler(token: str) -> bool:
    """Whether a token gives nothing of an identifier away: `um`, `the`."""
    return re.sub(r"\W", "", token.lower()) in ("uh", "um", "and", "the", "")


def groups(indexes: list[int]) -> list[set[int]]:
    """Positions that follow each other, together."""
    found: list[set[int]] = []
    for index in indexes:
        if found and index - 1 in found[-1]:
            found[-1].add(index)
        else:
            found.append({index})
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=15)
    parser.add_argument("--show", type=int, default=0, help="print this many misses")
    asked = parser.parse_args()
    started = time.perf_counter()
    tally = measure(asked.calls, asked.seed)
    seconds = time.perf_counter() - started
    print(f"{'kind':14} {'form':8} {'n':>6} {'recall':>7}  95 % interval")
    kinds = sorted({kind for kind, _ in tally.there})
    for kind in kinds:
        for form in ("written", "spoken", "all"):
            keys = [key for key in tally.there if key[0] == kind and form in (key[1], "all")]
            there, found = sum(tally.there[k] for k in keys), sum(tally.found[k] for k in keys)
            if there:
                low, high = wilson(found, there)
                print(f"{kind:14} {form:8} {there:6} {found / there:7.3f}  {low:.3f} to {high:.3f}")
    low, high = wilson(tally.right, tally.markers)
    print(f"precision {tally.right / tally.markers:.3f} ({low:.3f} to {high:.3f}) of {tally.markers} markers")
    print(f"{1000 * seconds / asked.calls:.1f} ms a call")
    for miss in tally.misses[: asked.show]:
        print(miss)


if __name__ == "__main__":
    main()
