"""What a failed check holds back: the mart it is about and the marts built from it, and nothing else."""

import json
from collections.abc import Mapping, Sequence

from coachlake.lake.connection import ALIAS, lake
from coachlake.settings import Settings
from orchestration.resources.dbt import dbt_project

# Frame (and column) of the marts suite → the marts whose figures do not agree; a frame else is of the mart it is named
# after.
_MARTS_OF = {
    ("sums", "calls_agree"): ("calls", "nightly_coverage"),
    ("sums", "calls_complete"): ("calls",),
    ("sums", "scores_agree"): ("rep_weekly_scores",),
    ("sums", "packs_agree"): ("one_to_ones",),
    ("sums", "cadences_agree"): ("one_to_ones",),
    ("sums", "reviews_agree"): ("review_agreements",),
    ("freshness", "is_fresh"): ("calls",),
    ("missing_reps", ""): ("reps",),
}


def held_marts(settings: Settings, run_id: str, marts: Sequence[str]) -> dict[str, str]:
    """Mart → why it is held back in this run: a blocking check on it, or on something it is built from, failed."""
    children = json.loads(dbt_project().manifest_path.read_text())["child_map"]
    held: dict[str, str] = {}
    for table, column, expectation, observed in _failed(settings, run_id):
        for model in _MARTS_OF.get((table, column), (table,)):
            for mart in built_from(model, children) & set(marts):
                held.setdefault(mart, f"{expectation} failed on {model}: {observed}")
    return held


def built_from(model: str, children: Mapping[str, Sequence[str]]) -> set[str]:
    """The model and everything that is built from it, by dbt's own graph."""
    found, waiting = set[str](), [f"model.coachlake.{model}"]
    while waiting:
        node = waiting.pop()
        if node.startswith("model.") and node not in found:
            found.add(node)
            waiting += children.get(node, [])
    return {node.rpartition(".")[2] for node in found}


def _failed(settings: Settings, run_id: str) -> list[tuple[str, str, str, str]]:
    with lake(settings, read_only=True) as connection:
        rows: list[tuple[str, str, str, str]] = connection.execute(
            f"SELECT table_name, column_name, expectation, observed FROM {ALIAS}.raw.check_results "
            "WHERE run_id = ? AND suite IN ('marts', 'dbt') AND is_blocking AND NOT is_success ORDER BY ALL",
            [run_id],
        ).fetchall()
    return rows
