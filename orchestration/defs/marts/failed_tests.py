"""What dbt's tests found, as check results that name the rows; a failed one holds back its mart, not the night."""

import json
from typing import Any

import duckdb
from dagster_dbt import DbtCliInvocation

from coachlake.lake.connection import lake, select
from coachlake.settings import Settings
from data_quality import CheckResult
from data_quality.rows import observed_rows

SUITE = "dbt"
_FAILED = ("warn", "fail", "error")


def test_results(settings: Settings, invocation: DbtCliInvocation) -> list[CheckResult]:
    """The failed tests of a build, each with how many rows it found and the first of them, and one row for all."""
    results = invocation.get_artifact("run_results.json")["results"]
    nodes = invocation.get_artifact("manifest.json")["nodes"]
    tests = [(result, nodes[result["unique_id"]]) for result in results if result["unique_id"].startswith("test.")]
    failed = [(result, node) for result, node in tests if result["status"] in _FAILED]
    with lake(settings, read_only=True) as connection:
        found = [_result(connection, result, node) for result, node in failed]
    return [*found, _summary(len(tests), len(failed))]


test_results.__test__ = False  # type: ignore[attr-defined]


def _result(connection: duckdb.DuckDBPyConnection, result: dict[str, Any], node: dict[str, Any]) -> CheckResult:
    model = (node.get("attached_node") or node["depends_on"]["nodes"][0]).rpartition(".")[2]
    return CheckResult(
        name=node["name"],
        suite=SUITE,
        expectation=node["name"],
        table_name=model,
        column_name=node.get("column_name") or "",
        says=node.get("description") or f"{model} passes {node['name']}.",
        is_success=False,
        is_blocking=True,
        observed=_rows(connection, result, node),
    )


def _rows(connection: duckdb.DuckDBPyConnection, result: dict[str, Any], node: dict[str, Any]) -> str:
    """The rows that a test found, by its own query."""
    query = result.get("compiled_code") or node.get("compiled_code") or ""
    try:
        return observed_rows(select(connection, query).df())
    except (duckdb.Error, ValueError):
        return json.dumps(result.get("message"))


def _summary(tests: int, failed: int) -> CheckResult:
    return CheckResult(
        name="tests",
        suite=SUITE,
        expectation="tests",
        table_name="",
        column_name="",
        says="Every test of the dbt project passes.",
        is_success=not failed,
        is_blocking=False,
        observed=json.dumps(f"{tests - failed} of {tests} passed"),
    )
