"""Are planted effects found, and planted nulls left alone? `python -m benchmarks.planted_truth [seeds]`.

Each seed is a table of 480 calls by 12 reps in an easy and a hard queue, with five skills:
- planted: 10 points more go with +0.20 CSAT;
- null, null_too: nothing to do with anything;
- queue: the hard queue lowers both the score and CSAT, the skill does nothing (a confounder);
- halo: reps customers like anyway score higher, the skill does nothing within a rep.
"""

import sys
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dbt_project.statistics.correlations import outcome_correlations
from dbt_project.statistics.intervals import wilson

REPS, CALLS = 12, 480
PLANTED = 0.20  # CSAT a 10 points
NULLS = ("null", "null_too")
ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Rate:
    """In how many of the seeds something happened, with Wilson's interval."""

    what: str
    hits: int
    n: int

    @property
    def share(self) -> float:
        """hits / n."""
        return self.hits / self.n

    def __str__(self) -> str:
        low, high = wilson(self.hits, self.n)
        return f"| {self.what} | {self.hits} of {self.n} | {self.share:.1%} ({low:.1%}–{high:.1%}) |"


def planted_calls(seed: int) -> pd.DataFrame:
    """A row a call × skill in the columns `outcome_correlations` reads; CSAT stays continuous, so that the truth is."""
    rng = np.random.default_rng(seed)
    rep = rng.integers(0, REPS, CALLS)
    is_hard = rng.random(CALLS) < 0.5
    liked = rng.normal(0, 1, REPS)[rep]
    scores = {
        "planted": 55 + rng.normal(0, 15, CALLS),
        "null": 55 + rng.normal(0, 15, CALLS),
        "null_too": 55 + 10 * rng.normal(0, 1, REPS)[rep] + rng.normal(0, 10, CALLS),
        "queue": 60 - 18 * is_hard + rng.normal(0, 12, CALLS),
        "halo": 55 + 12 * liked + rng.normal(0, 8, CALLS),
    }
    csat = 3 + PLANTED * (scores["planted"] - 55) / 10 - 0.8 * is_hard + 0.4 * liked + rng.normal(0, 0.8, CALLS)
    calls = pd.DataFrame(
        {
            "rubric_id": "r", "rep_id": [f"rep-{i}" for i in rep], "queue": np.where(is_hard, "hard", "easy"),
            "csat": csat, "is_converted": None, "duration_s": rng.uniform(60, 600, CALLS),
            "tenure_days": 100 * rep + rng.integers(0, 84, CALLS),
        }
    )  # fmt: skip
    return pd.concat([calls.assign(criterion_id=name, score=values) for name, values in scores.items()])


def simulate(seeds: int) -> dict[str, Rate]:
    """Rates over `seeds` tables, by a short name."""
    tables = [_overall(seed) for seed in range(seeds)]
    cut = {
        "found": ("planted effect found (adjusted q < 0.05)", [_called(t, "planted") for t in tables]),
        "covered": (
            "95 % interval of the adjusted effect covers the planted one",
            [bool(t.adjusted_low["planted"] <= PLANTED <= t.adjusted_high["planted"]) for t in tables],
        ),
        "null": ("a planted null called an effect (each)", [_called(t, name) for t in tables for name in NULLS]),
        "queue_raw": ("queue confounder looks like a skill unadjusted (q < 0.05)", [_raw(t, "queue") for t in tables]),
        "queue": ("queue confounder called an effect after adjusting", [_called(t, "queue") for t in tables]),
        "halo_raw": ("halo of liked reps looks like a skill unadjusted", [_raw(t, "halo") for t in tables]),
        "halo": ("halo called an effect after adjusting", [_called(t, "halo") for t in tables]),
        "null_p": ("a planted null with unadjusted p < 0.05 (each)", [_p(t, name) for t in tables for name in NULLS]),
    }
    return {name: Rate(what, sum(hits), len(hits)) for name, (what, hits) in cut.items()}


def _overall(seed: int) -> pd.DataFrame:
    table = outcome_correlations(planted_calls(seed))
    return table[(table.scope == "overall") & (table.outcome == "csat")].set_index("criterion_id")


def _called(table: pd.DataFrame, name: str) -> bool:
    return bool(table.adjusted_q[name] < ALPHA)


def _raw(table: pd.DataFrame, name: str) -> bool:
    return bool(table.q[name] < ALPHA)


def _p(table: pd.DataFrame, name: str) -> bool:
    return bool(table.adjusted_p[name] < ALPHA)


def main() -> None:
    """Print the rates."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(f"| over {seeds} seeds | how often | share (95 % interval) |\n|---|---:|---:|")
    print("\n".join(map(str, simulate(seeds).values())))


if __name__ == "__main__":
    main()
