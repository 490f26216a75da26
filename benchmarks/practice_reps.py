"""Scripted reps through every shipped scenario: does better behaviour end better and score higher?

    python -m benchmarks.practice_reps --seeds 20

Writes `benchmarks/results/practice_reps.json`. The reps' lines are test data (tests/practice/reps); none is a
sentence of a rubric, a signal's examples or a scenario.
"""

import argparse
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from tempfile import mkdtemp

from practice.scenarios import SHIPPED, load_scenario
from practice.scoring import Result, score_session
from practice.session import Session
from ray_jobs.scoring import build_scorer
from ray_jobs.signals import load_signal_kit
from rubrics import load_rubrics

ENDING = {"resolved": 2, "unresolved": 1, "rep_left": 1, "customer_hung_up": 0}
KINDS = ("excellent", "scripted", "dismissive", "magic")
Played = Mapping[tuple[str, int], tuple[Session, Result]]


@dataclass(frozen=True, slots=True)
class Row:
    """One rep in one scenario over all seeds."""

    scenario: str
    rep: str
    n: int
    resolved: float
    hung_up: float
    passed: float
    mean_overall: float
    mean_focus: float | None


def better_share(better: Played, worse: Played) -> tuple[float, float]:
    """Of all scenario × seed pairs, the share in which the better rep ended better, and scored higher, than the worse.

    Ending better: resolved over unresolved over hung up, and among equals a more satisfied customer.
    """
    ends = [_ending(better[key][0]) > _ending(worse[key][0]) for key in better]
    scores = [(better[key][1].overall_score or 0) > (worse[key][1].overall_score or 0) for key in better]
    return fmean(ends), fmean(scores)


def _ending(session: Session) -> tuple[int, float]:
    return ENDING[session.ended_by or "rep_left"], session.mind.feelings.satisfaction


def _row(scenario: str, kind: str, played: list[tuple[Session, Result]]) -> Row:
    endings = Counter(session.ended_by for session, _ in played)
    focus = [result.focus_score for _, result in played if result.focus_score is not None]
    n = len(played)
    return Row(
        scenario, kind, n, endings["resolved"] / n, endings["customer_hung_up"] / n,
        fmean(result.is_passed for _, result in played),
        fmean(result.overall_score or 0.0 for _, result in played), fmean(focus) if focus else None,
    )  # fmt: skip


def main() -> None:
    from rich.console import Console
    from rich.table import Table

    from tests.practice.reps import play, rep

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seeds", type=int, default=20)
    seeds = parser.parse_args().seeds
    rubrics = load_rubrics(Path("rubrics/shipped"), Path(mkdtemp())).rubrics
    kit = load_signal_kit()
    scorers = {name: build_scorer(rubric, kit) for name, rubric in rubrics.items()}
    scenarios = [load_scenario(path, rubrics) for path in sorted(SHIPPED.glob("*.yaml"))]
    played: dict[str, dict[tuple[str, int], tuple[Session, Result]]] = {kind: {} for kind in KINDS}
    rows = []
    for scenario in scenarios:
        for kind in KINDS:
            for seed in range(seeds):
                session = play(Session(scenario, seed, kit, "bench"), rep(kind, scenario.id, seed))
                played[kind][scenario.id, seed] = (session, score_session(session, scorers[scenario.rubric_id]))
            rows.append(_row(scenario.id, kind, [played[kind][scenario.id, seed] for seed in range(seeds)]))
    comparisons = {
        f"{better} over {worse}": better_share(played[better], played[worse])
        for better, worse in (("excellent", "scripted"), ("scripted", "dismissive"))
    }
    table = Table("scenario", "rep", "n", "resolved", "hung up", "passed", "overall", "focus")
    for row in rows:
        focus = "–" if row.mean_focus is None else f"{row.mean_focus:.0f}"
        table.add_row(row.scenario, row.rep, str(row.n), f"{row.resolved:.0%}", f"{row.hung_up:.0%}",
                      f"{row.passed:.0%}", f"{row.mean_overall:.0f}", focus)  # fmt: skip
    console = Console()
    console.print(table)
    for name, (ends, scores) in comparisons.items():
        console.print(f"{name}: ends better in {ends:.1%}, scores higher in {scores:.1%} of {seeds * len(scenarios)}")
    target = Path("benchmarks/results/practice_reps.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    content = {"comparisons": comparisons, "rows": [{k: getattr(row, k) for k in Row.__slots__} for row in rows]}
    target.write_text(json.dumps(content, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
