"""Every criterion against every outcome, in every scope: the rows of `outcome_correlations`."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pandas as pd

from dbt_project.statistics import association
from dbt_project.statistics.adjustment import UNKNOWN, AdjustedEffect, adjusted_effect
from dbt_project.statistics.association import Correlation
from dbt_project.statistics.intervals import false_discovery
from dbt_project.statistics.schemas import CORRELATIONS

METHODS = {"csat": "spearman", "is_converted": "point_biserial"}
_SCOPES = {
    "overall": association.overall,
    "within_reps": association.within_reps,
    "between_reps": association.between_reps,
}


def outcome_correlations(calls: pd.DataFrame) -> pd.DataFrame:
    """One row a rubric × criterion × outcome × scope × queue, in the columns of CORRELATIONS.

    `calls`: a row a call × criterion with a score: rubric_id, criterion_id, rep_id, queue, score (0–100), csat (1–5 or
    NULL), is_converted (bool or NULL), duration_s, tenure_days. q corrects p over all rubrics and criteria of an
    outcome and scope, which are read together; so does adjusted_q.
    """
    rows = [
        row
        for (rubric, criterion), group in calls.groupby(["rubric_id", "criterion_id"], sort=True)
        for outcome in METHODS
        for row in _rows(group, {"rubric_id": str(rubric), "criterion_id": str(criterion), "outcome": outcome})
    ]
    table = pd.DataFrame(rows, columns=CORRELATIONS.names)
    for p, q in (("p", "q"), ("adjusted_p", "adjusted_q")):
        for _, family in table.groupby(["outcome", "scope"]):
            table.loc[family.index, q] = false_discovery(family[p].to_numpy(float))
    return table


def _rows(group: pd.DataFrame, key: dict[str, str]) -> Iterator[dict[str, Any]]:
    outcome = key["outcome"]
    known = group[group[outcome].notna()].copy()
    if known.empty:
        return
    known[outcome] = known[outcome].astype(float)
    for scope in _SCOPES:
        effect = adjusted_effect(known, outcome) if scope == "overall" else UNKNOWN
        yield _row(key, scope, "all", _correlation(known, outcome, scope), effect)
    for queue, calls in known.groupby("queue", sort=True):
        yield _row(key, "queue", str(queue), _correlation(calls, outcome, "overall"), adjusted_effect(calls, outcome))


def _correlation(calls: pd.DataFrame, outcome: str, scope: str) -> Correlation:
    reps, _ = pd.factorize(calls["rep_id"])
    return _SCOPES[scope](calls["score"].to_numpy(float), calls[outcome].to_numpy(float), reps, METHODS[outcome])


def _row(key: dict[str, str], scope: str, queue: str, found: Correlation, effect: AdjustedEffect) -> dict[str, Any]:
    adjusted = {
        "adjusted_effect": effect.effect,
        "adjusted_low": effect.low,
        "adjusted_high": effect.high,
        "adjusted_p": effect.p,
        "adjusted_r": effect.partial_r,
        "adjusted_r_low": effect.partial_r_low,
        "adjusted_r_high": effect.partial_r_high,
    }
    return key | {"scope": scope, "queue": queue} | asdict(found) | adjusted
