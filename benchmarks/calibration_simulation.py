"""How many reviewed calls bring a criterion to its ceiling, and what calibration gains on reviews it has not seen.

`python -m benchmarks.calibration_simulation [--json FILE]`

Reviewers of known reliability are simulated: each is one level off in a known share of calls (`demonstration.
reviews`). Two machines are calibrated on what they say:
- the pipeline on the processed demonstration, whose gold levels the reviewers read (`COACHLAKE_HOME`);
- a machine of known quality, whose score is the call's true quality and noise, but whose levels begin elsewhere than
  the reviewers' do.
For n labelled calls, cut-points are fitted (kept only where cross-validation says so, as `coachlake calibrate` does)
and agreement is measured on other calls with fresh reviews. The ceiling is the agreement of two such reviewers on
those calls. Each cell is the mean over repeated draws.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from coachlake.calibration.agreement import ORDER, confusion, kappas
from coachlake.calibration.cut_points import CutPoints, Labelled, cross_validate, fit_cut_points
from coachlake.cli.demo import gold_folder
from coachlake.lake.connection import lake
from coachlake.rubrics.in_force import rubrics_in_force
from coachlake.settings import Settings, load_settings
from demonstration.reviews import ERROR_RATE

SIZES = (10, 20, 30, 40, 50, 75, 100)
# Agreement this close to two people's counts as theirs, as in `coachlake.calibration.verdict`.
NEAR = 0.05
RELIABILITY = {"careful": (0.05, 0.08), "demonstration": tuple(ERROR_RATE.values()), "hasty": (0.25, 0.35)}
NOISE = {"ranks well": 6.0, "ranks fairly": 14.0, "ranks badly": 35.0}
_RUBRICS, _PEOPLES = CutPoints(100 / 3, 200 / 3), CutPoints(55.0, 82.0)


@dataclass(frozen=True, slots=True)
class Pool:
    """Calls with a machine score (0–100) and a true level (0–2)."""

    name: str
    reviewers: str
    scores: NDArray[np.float64]
    levels: NDArray[np.int64]
    start: CutPoints


@dataclass(frozen=True, slots=True)
class Curve:
    """What n labels bring. `kappa[n]` is against fresh reviews of other calls; `labels_to_ceiling` is the smallest n
    whose mean is within .05 of the ceiling, `labels_to_plateau` of what 100 labels (or most there are) reach."""

    name: str
    reviewers: str
    calls: int
    uncalibrated: float
    kappa: dict[int, float]
    ceiling: float
    share_kept: dict[int, float]
    labels_to_ceiling: int | None
    labels_to_plateau: int


def main() -> None:
    """Simulate, print, and write the JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--repeats", type=int, default=20)
    options = parser.parse_args()
    settings = load_settings()
    rng = np.random.default_rng(11)
    machines = [curve(pool, options.repeats, rng) for pool in simulated_pools(rng)]
    demo = [curve(pool, options.repeats, rng) for pool in demo_pools(settings)]
    console = Console(width=170)
    console.print(table("A machine of known quality", machines))
    console.print(table("The pipeline on the demonstration", demo))
    console.print(summary(demo))
    if options.json:
        content = {"known_quality": [asdict(c) for c in machines], "demonstration": [asdict(c) for c in demo]}
        options.json.write_text(json.dumps(content, indent=2), encoding="utf-8")


def simulated_pools(rng: np.random.Generator) -> Iterator[Pool]:
    """Every machine with every pair of reviewers, 400 calls each."""
    for machine, noise in NOISE.items():
        for reviewers in RELIABILITY:
            quality = rng.uniform(0, 100, 400)
            scores = np.clip(quality + rng.normal(0, noise, 400), 0, 100)
            yield Pool(machine, reviewers, scores, _PEOPLES.levels(quality), _RUBRICS)


def demo_pools(settings: Settings) -> list[Pool]:
    """Each rubric × criterion of the processed demonstration with its gold levels."""
    gold = {path.stem: json.loads(path.read_text())["levels"] for path in gold_folder(settings).glob("*.json")}
    rubrics, _ = rubrics_in_force(settings)
    with lake(settings, read_only=True) as connection:
        rows = connection.execute(
            "SELECT rubric_id, criterion_id, call_id, score FROM lake.raw.scores WHERE score IS NOT NULL ORDER BY ALL"
        ).fetchall()
    grouped: dict[tuple[str, str], list[tuple[float, int]]] = defaultdict(list)
    for rubric_id, criterion_id, call_id, score in rows:
        level = gold.get(call_id, {}).get(criterion_id)
        if level and rubric_id in rubrics:
            grouped[rubric_id, criterion_id].append((score, ORDER.index(level)))
    pools = []
    for (rubric_id, criterion_id), listed in grouped.items():
        criterion = rubrics[rubric_id].criterion(criterion_id)
        scores, levels = (np.array(column) for column in zip(*listed, strict=True))
        start = CutPoints(criterion.average_from, criterion.good_from)
        pools.append(Pool(f"{rubric_id} {criterion_id}", "demonstration", scores, levels, start))
    return pools


def curve(pool: Pool, repeats: int, rng: np.random.Generator) -> Curve:
    """Agreement after n labels, for every n that leaves 30 calls to measure on."""
    sizes = [n for n in SIZES if n <= len(pool.scores) - 30] or [max(10, len(pool.scores) // 2)]
    reached: dict[int, list[float]] = {n: [] for n in sizes}
    kept: dict[int, list[bool]] = {n: [] for n in sizes}
    before, ceilings = [], []
    for _ in range(repeats):
        first, second = (_read(pool.levels, error, rng) for error in RELIABILITY[pool.reviewers])
        ceilings.append(_kappa(first, second))
        order = rng.permutation(len(pool.scores))
        before.append(_kappa(second, pool.start.levels(pool.scores)))
        for n in sizes:
            labelled, others = order[:n], order[n:]
            cut, is_kept = _calibrated(pool, first, labelled, rng)
            reached[n].append(_kappa(second[others], cut.levels(pool.scores[others])))
            kept[n].append(is_kept)
    means = {n: float(np.nanmean(values)) for n, values in reached.items()}
    ceiling = float(np.nanmean(ceilings))
    plateau = max(means.values())
    return Curve(
        name=pool.name,
        reviewers=pool.reviewers,
        calls=len(pool.scores),
        uncalibrated=float(np.nanmean(before)),
        kappa=means,
        ceiling=ceiling,
        share_kept={n: float(np.mean(values)) for n, values in kept.items()},
        labels_to_ceiling=next((n for n, kappa in means.items() if kappa >= ceiling - NEAR), None),
        labels_to_plateau=next(n for n, kappa in means.items() if kappa >= plateau - NEAR / 2),
    )


def _calibrated(
    pool: Pool, reviews: NDArray[np.int64], chosen: NDArray[np.int64], rng: np.random.Generator
) -> tuple[CutPoints, bool]:
    labelled = Labelled(
        pool.scores[chosen], reviews[chosen], chosen.astype(np.str_), np.ones(len(chosen), dtype=np.bool_)
    )
    is_kept = cross_validate(labelled, pool.start, rng).is_kept
    return (fit_cut_points(labelled, pool.start) if is_kept else pool.start), is_kept


def _read(levels: NDArray[np.int64], error: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """What a reviewer says who is one level off in a share `error` of calls (as `demonstration.reviews`)."""
    off = np.where(rng.random(len(levels)) < error, rng.choice([-1, 1], len(levels)), 0)
    return np.clip(levels + off, 0, 2)


def _kappa(first: NDArray[np.int64], second: NDArray[np.int64]) -> float:
    return float(kappas(confusion(first, second)))


def table(title: str, curves: Sequence[Curve]) -> Table:
    """One row a curve."""
    shown = Table(title=title)
    names = ("calibrated", "reviewers", "calls", "as is", *(f"n={n}" for n in SIZES), "two people", "to ceiling")
    for name in names:
        shown.add_column(name, no_wrap=True)
    for c in curves:
        cells = [f"{c.kappa[n]:.2f}" if n in c.kappa else "–" for n in SIZES]
        to_ceiling = str(c.labels_to_ceiling or f"no; flat from {c.labels_to_plateau}")
        shown.add_row(
            c.name, c.reviewers, str(c.calls), f"{c.uncalibrated:.2f}", *cells, f"{c.ceiling:.2f}", to_ceiling
        )
    return shown


def summary(curves: Sequence[Curve]) -> str:
    """How many criteria reach their ceiling, and with how many labels the rest has what labels can give."""
    reached = [c for c in curves if c.labels_to_ceiling is not None]
    within = [c for c in reached if (c.labels_to_ceiling or 0) <= 50]
    flat = [c for c in curves if c.labels_to_plateau <= 50]
    return (
        f"{len(within)} of {len(curves)} criteria are within {NEAR} of two people's agreement by 50 labels; "
        f"{len(flat)} of {len(curves)} have by then what labels can give."
    )


if __name__ == "__main__":
    main()
