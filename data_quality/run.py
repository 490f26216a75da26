"""Running a suite over the lake: results as plain rows, and Data Docs for people."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data_quality.expect import Expected
from data_quality.mart_suite import mart_expectations, mart_frames
from data_quality.nights import listed
from data_quality.raw_suite import raw_expectations, raw_frames
from data_quality.rows import observed_rows

_MAX_OBSERVED = 400


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One expectation checked; `name` is unique in its suite, `observed` short JSON of what was seen. `calls` is, of a
    failed one whose frame has calls, call_id → short JSON of that call's wrong rows; empty where none is to blame."""

    name: str
    suite: str
    expectation: str
    table_name: str
    column_name: str
    says: str
    is_success: bool
    is_blocking: bool
    observed: str
    calls: Mapping[str, str] = field(default_factory=dict)


def check_raw_nights(
    connection: duckdb.DuckDBPyConnection, nights: Sequence[date], landed_count: int, docs: Path | None = None
) -> list[CheckResult]:
    """Check the raw rows of landed nights. `connection` has the lake attached as `lake`; `docs` gets Data Docs."""
    return _run("raw", connection, raw_frames(listed(nights)), raw_expectations(landed_count), docs)


def check_marts(
    connection: duckdb.DuckDBPyConnection, nights: Sequence[date], docs: Path | None = None
) -> list[CheckResult]:
    """Check the marts after a build for `nights`."""
    return _run("marts", connection, mart_frames(listed(nights)), mart_expectations(), docs)


def _run(
    suite: str,
    connection: duckdb.DuckDBPyConnection,
    frames: dict[str, str],
    expected: Sequence[Expected],
    docs: Path | None,
) -> list[CheckResult]:
    context = _context(docs)
    source = context.data_sources.add_pandas("lake")
    results: list[CheckResult] = []
    for frame, query in frames.items():
        data = connection.execute(query).df()
        about = [item for item in expected if item.frame == frame]
        results += _check_frame(context, source, f"{suite}.{frame}", data, about)
    if docs:
        context.build_data_docs()
    return results


def _check_frame(
    context: Any, source: Any, name: str, data: pd.DataFrame, expected: Sequence[Expected]
) -> list[CheckResult]:
    import great_expectations as gx

    batch = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("all")
    suite = context.suites.add(gx.ExpectationSuite(name=name))
    expectations = [suite.add_expectation(item.expectation()) for item in expected]
    definition = context.validation_definitions.add(gx.ValidationDefinition(name=name, data=batch, suite=suite))
    checkpoint = context.checkpoints.add(gx.Checkpoint(name=name, validation_definitions=[definition]))
    outcome = checkpoint.run(batch_parameters={"dataframe": data})
    (validation,) = outcome.run_results.values()
    by_id = {row.expectation_config.id: row for row in validation.results}
    return [
        _result(name, item, by_id[expectation.id], data)
        for item, expectation in zip(expected, expectations, strict=True)
    ]


def _result(name: str, item: Expected, row: Any, data: pd.DataFrame) -> CheckResult:
    config = row.expectation_config
    error = row.exception_info.get("exception_message") if isinstance(row.exception_info, dict) else None
    seen = row.result.get("observed_value")
    return CheckResult(
        name=item.name,
        suite=name.partition(".")[0],
        expectation=config.type,
        table_name=item.frame,
        column_name=str(config.kwargs.get("column", "")),
        says=item.says,
        is_success=bool(row.success),
        is_blocking=item.is_blocking,
        observed=_observed(item, bool(row.success), error or seen, data)[:_MAX_OBSERVED],
        calls={} if row.success else _calls(item.wrong(data)),
    )


def _calls(wrong: pd.DataFrame | None) -> dict[str, str]:
    if wrong is None or "call_id" not in wrong:
        return {}
    return {str(call_id): observed_rows(rows)[:_MAX_OBSERVED] for call_id, rows in wrong.groupby("call_id")}


def _observed(item: Expected, is_success: bool, seen: object, data: pd.DataFrame) -> str:
    """What was seen; of a failure the rows themselves, where the frame holds them."""
    wrong = item.wrong(data)
    return json.dumps(seen, default=str) if is_success or wrong is None or wrong.empty else observed_rows(wrong)


def _context(docs: Path | None) -> Any:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    for default in list(context.get_site_names()):
        context.delete_data_docs_site(default)
    if docs:
        docs.mkdir(parents=True, exist_ok=True)
        store = {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(docs.resolve())}
        index = {"class_name": "DefaultSiteIndexBuilder"}
        site = {"class_name": "SiteBuilder", "store_backend": store, "site_index_builder": index}
        context.add_data_docs_site("local", site)
    return context
