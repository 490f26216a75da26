"""A rubric of a team's own, whose criteria have other ids, gets the same figures and the same sentences."""

from typing import Any

import pyarrow as pa

from benchmarks.scale_lake import generate
from coachlake.display.sentences.diagnosis import condition, evidence, recommendation
from coachlake.display.sentences.priorities import period_priority, priority
from coachlake.display.sentences.signals import signal_summary
from coachlake.lake.connection import lake
from coachlake.lake.writer import upsert
from coachlake.rubrics.load import load_rubric
from coachlake.rubrics.rows import rubric_rows
from coachlake.rubrics.schema import Rubric
from coachlake.settings import REPOSITORY, Settings
from evaluation.faults.campaign.tables import plain
from tests.dbt.project import dbt

_OWN = "own_"  # keeps the order of the ids, by which equals are told apart
_MARTS = ("coaching_priorities", "one_to_ones", "signal_summaries", "programme_diagnosis")


def _renamed(rubric: Rubric) -> Rubric:
    criteria = tuple(c.model_copy(update={"id": f"{_OWN}{c.id}"}) for c in rubric.criteria)
    return rubric.model_copy(update={"criteria": criteria})


def _use_own_ids(settings: Settings) -> None:
    """The same lake, had its calls been scored by rubrics with the other ids."""
    rubrics = [_renamed(load_rubric(path)) for path in sorted((REPOSITORY / "rubrics").glob("*.yaml"))]
    with lake(settings) as connection:
        connection.execute("DELETE FROM lake.raw.rubric_criteria")
        for table in ("scores", "evidence"):
            connection.execute(
                f"UPDATE lake.raw.{table} SET criterion_id = $1 || criterion_id, "
                "score_id = call_id || ':' || $1 || criterion_id",
                [_OWN],
            )
        for rubric in rubrics:
            connection.execute(
                "UPDATE lake.raw.scores SET rubric_sha256 = $1 WHERE rubric_id = $2", [rubric.sha256, rubric.id]
            )
    upsert(settings, "rubric_criteria", pa.concat_tables([rubric_rows(rubric) for rubric in rubrics]))


def _built(settings: Settings) -> dict[str, list[dict[str, Any]]]:
    dbt(settings, "run", "--full-refresh", "--select", *(f"+{mart}" for mart in _MARTS))
    with lake(settings, read_only=True) as connection:
        query = "SELECT * FROM lake.marts.{} ORDER BY ALL"
        return {mart: connection.execute(query.format(mart)).to_arrow_table().to_pylist() for mart in _MARTS}


def _sentences(built: dict[str, list[dict[str, Any]]]) -> list[str | None]:
    return [
        *(priority(row) for row in built["coaching_priorities"]),
        *(period_priority(row) for row in built["one_to_ones"]),
        *(signal_summary(row) for row in built["signal_summaries"]),
        *(said(row) for row in built["programme_diagnosis"] for said in (condition, evidence, recommendation)),
    ]


def test_other_ids_get_the_same_figures_and_sentences(empty_settings: Settings) -> None:
    generate(empty_settings, 400, 20)
    dbt(empty_settings, "seed")
    shipped = _built(empty_settings)
    _use_own_ids(empty_settings)
    own = _built(empty_settings)
    assert {row["signal"] for row in shipped["coaching_priorities"]} == {"interrupted_share", "hedges_per_call", None}
    assert {row["target"] for row in shipped["signal_summaries"]} == {0.1, 3.0, None}
    assert _sentences(own) == _sentences(shipped)
    keys = ("criterion_id", "priority_criterion_id", "criterion_ids", "moments", "strength", "moments_to_discuss",
            "moment_to_keep")  # fmt: skip
    for mart in _MARTS:
        figures = [
            [plain({name: value for name, value in row.items() if name not in keys}) for row in built[mart]]
            for built in (shipped, own)
        ]
        assert figures[0] == figures[1], mart
    (first,) = (row for row in own["programme_diagnosis"] if row["rule_id"] == "no_tracking")
    assert first["criterion_ids"]
    assert all(f":{_OWN}" in identifier for identifier in first["criterion_ids"])
