"""What a manual sample would have said about each rep, against what all calls say."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from dbt_project.statistics.intervals import Floats, wilson

SHARES = (0.03, 0.05, 0.10)
# A week is bad when the mean of all its calls is this many points under the rep's own mean of the whole period.
BAD_WEEK_POINTS = 5.0
# Levels of an overall score, as everywhere: thirds.
_CUTS = (100 / 3, 200 / 3)
DRAWS = 200


def sample_weeks(calls: pd.DataFrame, seed: int = 0, draws: int = DRAWS) -> pd.DataFrame:
    """One row a sample_share × rep × week: what `draws` random samples of the week would have concluded.

    `calls`: a row a live scored call: rep_id, team_id, week_start_on, overall_score. Each draw takes share × calls of
    a rep's week (the fraction rounded up or down at random, so that the share holds on average) without replacement.
    Columns: see SAMPLE_WEEKS; `missed` is the share of draws in which the sample shows no bad week, since it is empty
    or its mean is not low; `wrong_level` the share of the draws with a sample whose level is another than the true
    one; `means` the draws' sample means, NaN where empty. Randomness is seeded: same calls, same answer.
    """
    usual = calls.groupby("rep_id")["overall_score"].mean()
    keys = ["rep_id", "team_id", "week_start_on"]
    rows: list[dict[str, Any]] = []
    for (rep, team, week), group in calls.sort_values([*keys, "overall_score"]).groupby(keys, sort=True):
        scores = group["overall_score"].to_numpy(float)
        for share in SHARES:
            rng = np.random.default_rng([seed, round(share * 1000), len(rows)])
            key = {"sample_share": share, "rep_id": rep, "team_id": team, "week_start_on": week}
            rows.append(key | _week(rng, scores, float(usual[str(rep)]), share, draws))
    return pd.DataFrame(rows)


def sampling_comparisons(weeks: pd.DataFrame) -> pd.DataFrame:
    """One row a sample_share × rep_id of `sample_weeks`, with Wilson intervals over the rep's bad weeks."""
    rows = []
    for (share, rep), group in weeks.groupby(["sample_share", "rep_id"], sort=True):
        low, high = wilson(group.loc[group["is_bad"], "missed"].sum(), int(group["is_bad"].sum()))
        rows.append(
            {
                "sample_share": share,
                "rep_id": rep,
                "week_count": len(group),
                "calls_per_week": group["call_count"].mean(),
                "sampled_calls_per_week": group["sampled_calls"].mean(),
                "bad_week_count": int(group["is_bad"].sum()),
                "missed_bad_week_share": group.loc[group["is_bad"], "missed"].mean(),
                "missed_bad_week_share_low": low,
                "missed_bad_week_share_high": high,
                "wrong_level_share": group["wrong_level"].mean(),
                "unsampled_week_share": group["unsampled"].mean(),
            }
        )
    return pd.DataFrame(rows)


def sampling_prices(weeks: pd.DataFrame) -> pd.DataFrame:
    """One row a sample_share: bad weeks missed, and team-weeks in which the sample named another rep as the lowest.

    A team-week in which fewer than two reps had calls names nobody and is left out.
    """
    rows = [_price(share, group) for share, group in weeks.groupby("sample_share", sort=True)]
    return pd.DataFrame(rows)


def _price(share: Any, weeks: pd.DataFrame) -> dict[str, Any]:
    bad = weeks[weeks["is_bad"]]
    wrong = list(_wrong_reps(weeks))
    missed_low, missed_high = wilson(bad["missed"].sum(), len(bad))
    wrong_low, wrong_high = wilson(sum(wrong), len(wrong))
    return {
        "sample_share": share,
        "n_weeks": len(wrong),
        "n_bad_weeks": len(bad),
        "missed_bad_week_share": bad["missed"].mean(),
        "missed_bad_week_share_low": missed_low,
        "missed_bad_week_share_high": missed_high,
        "wrong_rep_share": float(np.mean(wrong)) if wrong else float("nan"),
        "wrong_rep_share_low": wrong_low,
        "wrong_rep_share_high": wrong_high,
    }


def _wrong_reps(weeks: pd.DataFrame) -> Iterator[float]:
    """For each team-week the share of draws whose lowest sampled rep is not the rep who was lowest."""
    for _, team_week in weeks.groupby(["team_id", "week_start_on"], sort=True):
        if len(team_week) < 2:
            continue
        true_lowest = int(team_week["mean_score"].to_numpy(float).argmin())
        means = np.stack(team_week["means"].to_list())
        named = np.where(np.isnan(means), np.inf, means).argmin(axis=0)
        is_empty = np.isnan(means).all(axis=0)
        yield float(np.mean((named != true_lowest) | is_empty))


def _week(rng: np.random.Generator, scores: Floats, usual: float, share: float, draws: int) -> dict[str, Any]:
    means = _sample_means(rng, scores, share, draws)
    is_sampled = ~np.isnan(means)
    is_low = is_sampled & (means <= usual - BAD_WEEK_POINTS)
    levels = np.digitize(means[is_sampled], _CUTS)
    return {
        "call_count": len(scores),
        "sampled_calls": share * len(scores),
        "mean_score": float(scores.mean()),
        "is_bad": bool(scores.mean() <= usual - BAD_WEEK_POINTS),
        "missed": float(1 - is_low.mean()),
        "wrong_level": float(np.mean(levels != np.digitize(scores.mean(), _CUTS))) if len(levels) else float("nan"),
        "unsampled": float(1 - is_sampled.mean()),
        "means": means,
    }


def _sample_means(rng: np.random.Generator, scores: Floats, share: float, draws: int) -> Floats:
    """Means of `draws` samples without replacement; NaN where the rounded size is 0."""
    wanted = share * len(scores)
    sizes = np.floor(wanted) + (rng.random(draws) < wanted % 1)
    most = int(sizes.max())
    if most == 0:
        return np.full(draws, np.nan)
    order = rng.random((draws, len(scores))).argpartition(min(most, len(scores)) - 1, axis=1)[:, :most]
    picked = scores[rng.permuted(order, axis=1)]
    sums = np.where(np.arange(most) < sizes[:, None], picked, 0.0).sum(axis=1)
    return np.asarray(np.divide(sums, sizes, out=np.full(draws, np.nan), where=sizes > 0))
