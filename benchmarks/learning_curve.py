"""What 50, 200 and 800 reviews teach: do scores order calls better that nobody reviewed?

`python -m benchmarks.learning_curve DIR [--features FILE] [--repeats N] [--criterion ID …] [--set NAME …] [--mean]`

DIR holds the labelled sets (`evaluation/sets`). Two teams are simulated:
- helpdesk: STC-3 under the shipped support rubric. A review is what one of its 19 raters says of the customer's
  satisfaction, given for every criterion of the dialogue; poor, average and good are the terciles of all ratings.
- counselling: AnnoMI under `evaluation/rubrics/counselling.yaml`. A review says high (good) or low quality (poor).
Of each split half the dialogues (in a small set: all that the least number of reviews leaves) are never learned from.
Reviews come from the others: one a dialogue, a second rater where there are more reviews than dialogues. What is
learned is what `coachlake calibrate` would keep and apply. Measured are Spearman's correlation of the overall (over
the criteria asked for) with the mean of all raters, and the weighted kappa of the criteria's levels.

Dialogues are judged once; `--features FILE` (parquet) keeps what their scores rest on.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from coachlake.calibration.agreement import confusion, kappas
from coachlake.calibration.cut_points import CutPoints, cross_validate, labelled_of
from coachlake.calibration.rank import LEAST_CALLS, Learned, Reviews, learn
from coachlake.conversations.conversation import Conversation
from coachlake.conversations.dialogue import dialogue_of
from coachlake.rubrics.load import load_rubric
from coachlake.rubrics.schema import Criterion, Rubric
from coachlake.scoring.scorer import build_scorer
from coachlake.settings import REPOSITORY
from coachlake.signals.extract import extract_signals
from coachlake.signals.kit import load_signal_kit
from evaluation.measure import rank_correlation
from evaluation.sets import annomi, stc3

SIZES = (50, 200, 800)
_SEED = 16
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Team:
    """Dialogues with each rater's points 0–100 (dialogues × raters). `cut` makes levels of points."""

    name: str
    rubric: Rubric
    conversations: tuple[Conversation, ...]
    points: Matrix
    cut: CutPoints


@dataclass(frozen=True, slots=True)
class Outcome:
    """One split and size: correlation of the overall and mean kappa of the criteria on dialogues not learned from."""

    calls: int
    rho: tuple[float, float]
    kappa: tuple[float, float]
    kept: float


def main() -> None:
    """Judge, simulate, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--features", type=Path)
    parser.add_argument("--repeats", type=int, default=10)
    parser.add_argument("--criterion", nargs="*")
    parser.add_argument("--set", nargs="*", choices=list(TEAMS), default=list(TEAMS))
    parser.add_argument("--mean", action="store_true", help="a review is the mean of a dialogue's raters")
    options = parser.parse_args()
    teams = [TEAMS[name](options.folder) for name in options.set]
    if options.mean:
        teams = [replace(team, points=team.points.mean(axis=1, keepdims=True)) for team in teams]
    rows = known_features(teams, options.features)
    for team in teams:
        print_curve(team, rows, options.repeats, options.criterion)


def helpdesk(folder: Path) -> Team:
    """STC-3."""
    rated = [chat for chat in stc3.rated(folder) if chat.satisfaction]
    raters = min(len(chat.satisfaction) for chat in rated)
    points = np.array([chat.satisfaction[:raters] for chat in rated]) * 25.0 + 50.0
    # Few distinct ratings: the cut lies just above the tercile's own value.
    poor, good = np.quantile(points, [1 / 3, 2 / 3])
    rubric = load_rubric(REPOSITORY / "rubrics/technical_support.yaml")
    return Team(
        "helpdesk",
        rubric,
        tuple(chat.conversation for chat in rated),
        points,
        CutPoints(poor + 1.0, max(good, poor + 2)),
    )


def counselling(folder: Path) -> Team:
    """AnnoMI."""
    rated = annomi.dialogues(folder).values()
    points = np.array([[100.0 if is_high else 0.0] for _, is_high in rated])
    rubric = load_rubric(REPOSITORY / "evaluation/rubrics/counselling.yaml")
    return Team("counselling", rubric, tuple(conversation for conversation, _ in rated), points, CutPoints(33.0, 67.0))


TEAMS: dict[str, Callable[[Path], Team]] = {"helpdesk": helpdesk, "counselling": counselling}


def known_features(teams: Sequence[Team], file: Path | None) -> dict[tuple[str, str, str], Matrix]:
    """(team, call_id, criterion_id) → features: from `file` where it is there, else judged now and kept there."""
    if file is None or not file.exists():
        found = [row for team in teams for row in _judged(team)]
        names = ("team", "call_id", "criterion_id", "features")
        table = pa.table(dict(zip(names, map(list, zip(*found, strict=True)), strict=True)))
        if file is not None:
            pq.write_table(table, file)
    else:
        table = pq.read_table(file)
    return {
        (row["team"], row["call_id"], row["criterion_id"]): np.array(row["features"], np.float64)
        for row in table.to_pylist()
    }


def _judged(team: Team) -> Iterator[tuple[str, str, str, Matrix]]:
    kit = load_signal_kit()
    scorer = build_scorer(team.rubric, kit)
    for conversation in team.conversations:
        dialogue = dialogue_of(conversation)
        for criterion_id, row in scorer.features(dialogue, extract_signals(dialogue, kit)).items():
            yield team.name, conversation.call_id, criterion_id, row
        kit.forget_all()


def print_curve(team: Team, rows: dict[tuple[str, str, str], Matrix], repeats: int, only: Sequence[str] | None) -> None:
    """One line a number of reviews: means over splits, the lowest and highest split behind them."""
    table = Table(title=f"{team.name}, {repeats} splits")
    for name in ("reviews", "dialogues", "ρ as it is", "ρ learned", "kappa as it is", "kappa learned", "kept"):
        table.add_column(name, no_wrap=True)
    console = Console(width=130)
    for size, outcomes in curve(team, rows, repeats, only).items():
        figures = [[getattr(o, name)[at] for o in outcomes] for name in ("rho", "kappa") for at in (0, 1)]
        cells = [f"{np.mean(f):.2f} ({min(f):.2f} to {max(f):.2f})" for f in figures]
        table.add_row(str(size), str(outcomes[0].calls), *cells, f"{np.mean([o.kept for o in outcomes]):.0%}")
    console.print(table)


def curve(
    team: Team, rows: dict[tuple[str, str, str], Matrix], repeats: int, only: Sequence[str] | None
) -> dict[int, list[Outcome]]:
    """Number of reviews → the outcome of each split; sizes that no more dialogues or raters can fill are left out."""
    rng = np.random.default_rng(_SEED)
    criteria = [criterion for criterion in team.rubric.criteria if not only or criterion.id in only]
    team = _scored(team, rows, criteria)
    n = len(team.conversations)
    most = max(n // 2, min(LEAST_CALLS, n - 10))
    found: dict[int, list[Outcome]] = {}
    for _ in range(repeats):
        order = rng.permutation(n)
        # The mean over raters is measured against; a dialogue's own raters are drawn anew in every split.
        raters = np.argsort(rng.random(team.points.shape), axis=1)
        for size in SIZES:
            each = -(-size // most)
            if each <= team.points.shape[1]:
                calls = order[: min(size, most)]
                found.setdefault(size, []).append(
                    _outcome(team, criteria, rows, (calls, order[most:], raters[:, :each]), rng)
                )
    return found


def _scored(team: Team, rows: dict[tuple[str, str, str], Matrix], criteria: Sequence[Criterion]) -> Team:
    """Without dialogues that no criterion applies to: they teach nothing and have no overall."""
    kept = [
        at
        for at, conversation in enumerate(team.conversations)
        if any((team.name, conversation.call_id, criterion.id) in rows for criterion in criteria)
    ]
    return replace(team, conversations=tuple(team.conversations[at] for at in kept), points=team.points[kept])


def _outcome(
    team: Team,
    criteria: Sequence[Criterion],
    rows: dict[tuple[str, str, str], Matrix],
    split: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]],
    rng: np.random.Generator,
) -> Outcome:
    calls, unseen, raters = split
    total, weight, kappa, kept = np.zeros((2, len(unseen))), np.zeros(len(unseen)), [], []
    mean = team.points.mean(axis=1)
    levels = team.cut.levels(mean)
    for criterion in criteria:
        learned = _learned(team, criterion, rows, calls, raters, rng)
        is_kept = learned is not None and learned.is_kept
        kept.append(is_kept)
        own = CutPoints(criterion.average_from, criterion.good_from)
        known = [
            (at, row)
            for at, call in enumerate(unseen)
            if (row := rows.get((team.name, team.conversations[call].call_id, criterion.id))) is not None
        ]
        places = np.array([at for at, _ in known], np.int64)
        before = np.array([100 * row[0] for _, row in known])
        after = np.array([learned.ranking.points(row) for _, row in known]) if learned and is_kept else before
        cut = learned.cut_points if learned and is_kept else own
        total[:, places] += criterion.weight * np.stack([before, after])
        weight[places] += criterion.weight
        said = levels[unseen[places]]
        kappa.append([float(kappas(confusion(said, one))) for one in (own.levels(before), cut.levels(after))])
    applied = weight > 0
    rho = [rank_correlation(mean[unseen[applied]], one[applied] / weight[applied]) for one in total]
    kappa_before, kappa_after = np.nanmean(np.array(kappa), axis=0)
    return Outcome(len(calls), (rho[0], rho[1]), (float(kappa_before), float(kappa_after)), float(np.mean(kept)))


def _learned(
    team: Team,
    criterion: Criterion,
    rows: dict[tuple[str, str, str], Matrix],
    calls: NDArray[np.int64],
    raters: NDArray[np.int64],
    rng: np.random.Generator,
) -> Learned | None:
    reviewed = [
        (row, float(team.points[call, rater]), team.conversations[call].call_id)
        for call in calls
        if (row := rows.get((team.name, team.conversations[call].call_id, criterion.id))) is not None
        for rater in raters[call]
    ]
    if not reviewed:
        return None
    points = np.array([point for _, point, _ in reviewed])
    said = team.cut.levels(points)
    labelled = labelled_of(
        [(float(100 * row[0]), int(level), call, True) for (row, _, call), level in zip(reviewed, said, strict=True)]
    )
    reviews = Reviews(np.stack([row for row, _, _ in reviewed]), points, np.full(len(points), ""), labelled)
    start = CutPoints(criterion.average_from, criterion.good_from)
    return learn(reviews, "simulated", start, cross_validate(labelled, start, rng), rng)


if __name__ == "__main__":
    main()
