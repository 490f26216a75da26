"""Scripted reps through every shipped scenario: does better behaviour end better and score higher?

    python -m benchmarks.practice_reps --seeds 20 --from-seed 1000

Two sets of lines (tests/practice/reps): `known`, with which the scenarios and the customer were developed, and
`unseen`, written afterwards in other words (held out once: the customer was mended by what they showed). None is a
sentence of a rubric, a signal's examples or a scenario. Both are the work of the authors of coachlake, not of a call
centre. Writes `benchmarks/results/practice_reps.json`.
"""

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from coachlake.practice.scenarios.load import SHIPPED, load_scenario
from coachlake.practice.scoring import Result, score_session
from coachlake.practice.session import Session
from coachlake.rubrics.load import load_rubrics
from coachlake.scoring.scorer import build_scorer
from coachlake.signals.kit import load_signal_kit

if TYPE_CHECKING:
    from tests.practice.reps import Lines

ENDING = {"resolved": 2, "unresolved": 1, "rep_left": 1, "customer_hung_up": 0}
PAIRS = (("excellent", "scripted"), ("scripted", "dismissive"))
KINDS = ("excellent", "scripted", "dismissive")
Played = Mapping[tuple[str, int], tuple[Session, Result]]


@dataclass(frozen=True, slots=True)
class Row:
    """One rep in one scenario over all seeds."""

    lines: str
    scenario: str
    rep: str
    n: int
    resolved: float
    hung_up: float
    passed: float
    mean_overall: float
    mean_focus: float | None


@dataclass(frozen=True, slots=True)
class Share:
    """A share of n, with its 95 % Wilson interval. Seeds of one scenario are alike: `worst_scenario` is its lowest."""

    lines: str
    says: str
    n: int
    share: float
    low: float
    high: float
    worst_scenario: float


def better_share(better: Played, worse: Played) -> tuple[float, float]:
    """Of all scenario × seed pairs, the share in which the better rep ended better, and scored higher, than the worse.

    Ending better: resolved over unresolved over hung up, and among equals a more satisfied customer.
    """
    ends, scores = _compared(better, worse)
    return fmean(ends.values()), fmean(scores.values())


def _compared(better: Played, worse: Played) -> tuple[dict[tuple[str, int], bool], dict[tuple[str, int], bool]]:
    ends = {key: _ending(better[key][0]) > _ending(worse[key][0]) for key in better}
    scores = {key: (better[key][1].overall_score or 0) > (worse[key][1].overall_score or 0) for key in better}
    return ends, scores


def _ending(session: Session) -> tuple[int, float]:
    return ENDING[session.ended_by or "rep_left"], session.state.affect.satisfaction


def _share(lines: str, says: str, found: Mapping[tuple[str, int], bool]) -> Share:
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(sum(found.values()), len(found), method="wilson")
    scenarios = {name for name, _ in found}
    worst = min(fmean(is_so for (name, _), is_so in found.items() if name == one) for one in scenarios)
    return Share(lines, says, len(found), fmean(found.values()), float(low), float(high), worst)


def shares(lines: str, played: Mapping[str, Played]) -> list[Share]:
    """The comparisons and pass rates of one set of lines."""
    found = []
    for better, worse in PAIRS:
        ends, scores = _compared(played[better], played[worse])
        found += [
            _share(lines, f"{better} ends better than {worse}", ends),
            _share(lines, f"{better} scores higher than {worse}", scores),
        ]
    for kind, one in played.items():
        found.append(_share(lines, f"{kind} passes", {key: result.is_passed for key, (_, result) in one.items()}))
    return found


def _row(lines: str, scenario: str, kind: str, played: Sequence[tuple[Session, Result]]) -> Row:
    endings = Counter(session.ended_by for session, _ in played)
    focus = [result.focus_score for _, result in played if result.focus_score is not None]
    n = len(played)
    return Row(
        lines, scenario, kind, n, endings["resolved"] / n, endings["customer_hung_up"] / n,
        fmean(result.is_passed for _, result in played),
        fmean(result.overall_score or 0.0 for _, result in played), fmean(focus) if focus else None,
    )  # fmt: skip


def play_all(seeds: Sequence[int], lines: "Lines") -> tuple[list[Row], dict[str, Played]]:
    """Every kind of rep that has lines of its own through every shipped scenario, once a seed."""
    from tests.practice.reps import kinds, play, rep

    rubrics = load_rubrics(Path("rubrics"), Path(mkdtemp())).rubrics
    kit = load_signal_kit()
    scorers = {name: build_scorer(rubric, kit) for name, rubric in rubrics.items()}
    rows, found = [], dict[str, Played]()
    for kind in kinds(lines):
        played: dict[tuple[str, int], tuple[Session, Result]] = {}
        for path in sorted(SHIPPED.glob("*.yaml")):
            scenario = load_scenario(path, rubrics)
            for seed in seeds:
                session = play(Session(scenario, seed, kit, "bench"), rep(kind, scenario.id, seed, lines))
                played[scenario.id, seed] = (session, score_session(session, scorers[scenario.rubric_id]))
            rows.append(_row(lines, scenario.id, kind, [played[scenario.id, seed] for seed in seeds]))
        found[kind] = played
    return rows, found


def main() -> None:
    from rich.console import Console
    from rich.table import Table

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--from-seed", type=int, default=1000)
    chosen = parser.parse_args()
    seeds = range(chosen.from_seed, chosen.from_seed + chosen.seeds)
    rows, found = list[Row](), list[Share]()
    for lines in ("known", "unseen"):
        more, played = play_all(seeds, lines)
        rows += more
        found += shares(lines, played)
    console = Console(width=140)
    table = Table("lines", "scenario", "rep", "n", "resolved", "hung up", "passed", "overall", "focus")
    for row in (row for row in rows if row.rep in KINDS):
        focus = "–" if row.mean_focus is None else f"{row.mean_focus:.0f}"
        table.add_row(row.lines, row.scenario, row.rep, str(row.n), f"{row.resolved:.0%}", f"{row.hung_up:.0%}",
                      f"{row.passed:.0%}", f"{row.mean_overall:.0f}", focus)  # fmt: skip
    console.print(table)
    for one in found:
        console.print(f"{one.lines}: {one.says}: {one.share:.1%} of {one.n} ({one.low:.1%}–{one.high:.1%}), "
                      f"worst scenario {one.worst_scenario:.0%}", highlight=False)  # fmt: skip
    target = Path("benchmarks/results/practice_reps.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "seeds": [seeds.start, seeds.stop],
        "shares": [asdict(one) for one in found],
        "rows": [asdict(row) for row in rows],
    }
    target.write_text(json.dumps(content, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
