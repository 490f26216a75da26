"""Whether taking identifiers out changes scores: demonstration calls in which identifiers are asked for and told.

    python -m benchmarks.redaction_scores [--calls 60] [--seed 3]

Each call is scored as it was said, and without its identifiers. What that changes is held against the same call held
once more: the same subjects asked for in other words, other identifiers told. Scoring the same text twice changes
nothing, which is checked.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean, stdev

import numpy as np

import coachlake
from benchmarks.redaction_calls import NAMES, identifier_turns
from coachlake.conversations.conversation import Speaker
from coachlake.conversations.transcript import Segment, Transcript
from coachlake.display.intervals import wilson
from coachlake.privacy.redact import redacted
from demonstration.dialogue import write_dialogue

_RUBRICS = ("insurance_service", "technical_support", "outbound_sales")
_ASKED_FOR = 3  # subjects a call
Said = list[tuple[Speaker, str]]


@dataclass
class Changes:
    """Differences of scores (points of 100) between two versions of calls."""

    overall: list[float] = field(default_factory=list)
    criteria: list[float] = field(default_factory=list)
    levels: list[bool] = field(default_factory=list)  # whether a criterion's level, or whether it applies, is another

    def add(self, one: "coachlake.ScoreCard", other: "coachlake.ScoreCard") -> None:
        """The differences between two cards of one call."""
        if one.overall is not None and other.overall is not None:
            self.overall.append(abs(one.overall - other.overall))
        theirs = {score.criterion_id: score for score in other.scores}
        for score in one.scores:
            against = theirs[score.criterion_id]
            self.levels.append(score.level != against.level)
            if score.score is not None and against.score is not None:
                self.criteria.append(abs(score.score - against.score))


def _calls(count: int, seed: int) -> list[tuple[str, Said, Said]]:
    """(rubric, lines, the same held once more) of so many calls."""
    rng, made = np.random.default_rng(seed), list[tuple[str, Said, Said]]()
    for number in range(count):
        rubric = _RUBRICS[number % len(_RUBRICS)]
        lines, _ = write_dialogue(rng, rubric, "Ana", _skills(rng))
        said: Said = [(line.speaker, line.text) for line in lines]
        places = random.Random(seed + number)
        subjects = places.sample(range(8), _ASKED_FOR)
        at = sorted(places.sample(range(1, len(said)), _ASKED_FOR), reverse=True)
        once, again = (_with(said, subjects, at, random.Random(f"{seed} {number} {n}")) for n in (1, 2))
        made.append((rubric, once, again))
    return made


def _skills(rng: np.random.Generator) -> dict[str, float]:
    return defaultdict(lambda: float(rng.uniform(0.2, 0.9)))


def _with(said: Said, subjects: Sequence[int], places: Sequence[int], rng: random.Random) -> Said:
    whole = list(said)
    for place, subject in zip(places, subjects, strict=True):
        asked: Said = [
            ("rep" if who == "rep" else "customer", " ".join(part.text for part in parts))
            for who, parts in identifier_turns(subject, rng)
        ]
        whole[place:place] = asked
    return whole


def _without(said: Said) -> Said:
    segments = tuple(Segment(who, 6.0 * at, 6.0 * at + 5, text) for at, (who, text) in enumerate(said))
    after = redacted(Transcript(segments, (), "generated"), NAMES)
    return [(who, segment.text) for (who, _), segment in zip(said, after.segments, strict=True)]


def measure(count: int, seed: int) -> dict[str, Changes]:
    """What each way of changing a call changes of its scores."""
    found = {"identifiers taken out": Changes(), "held once more": Changes(), "scored twice": Changes()}
    for rubric, once, again in _calls(count, seed):
        first, *others = (
            coachlake.score(coachlake.read_dialogue(said), rubric) for said in (once, _without(once), again, once)
        )
        for changes, other in zip(found.values(), others, strict=True):
            changes.add(first, other)
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=60)
    parser.add_argument("--seed", type=int, default=3)
    asked = parser.parse_args()
    for name, changes in measure(asked.calls, asked.seed).items():
        low, high = wilson(sum(changes.levels), len(changes.levels))
        print(
            f"{name:22} overall {_mean(changes.overall)}; a criterion {_mean(changes.criteria)}; "
            f"level or applies another {fmean(changes.levels):.3f} ({low:.3f} to {high:.3f}) of {len(changes.levels)}"
        )


def _mean(of: Sequence[float]) -> str:
    return f"{fmean(of):.2f} ± {1.96 * stdev(of) / len(of) ** 0.5:.2f} points (n {len(of)})"


if __name__ == "__main__":
    main()
