"""Expectations as Dagster asset checks."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

import dagster as dg
import pyarrow as pa

from coachlake.lake.tables import CHECK_RESULTS
from coachlake.lake.writer import upsert
from coachlake.settings import Settings
from data_quality import CheckResult, Expected


def specs(
    expected: Sequence[Expected], asset_of: Mapping[str, Sequence[str]], *, may_block: bool = True
) -> list[dg.AssetCheckSpec]:
    """One check spec an expectation, on the asset that `asset_of` names for its frame.

    Without `may_block` no failure keeps a later step from running: that step decides by the results what it holds back.
    """
    return [
        dg.AssetCheckSpec(
            item.name,
            asset=list(asset_of[item.frame]),
            description=item.says,
            blocking=may_block and item.is_blocking,
        )
        for item in expected
    ]


def check_results(
    results: Sequence[CheckResult], asset_of: Mapping[str, Sequence[str]]
) -> Iterator[dg.AssetCheckResult]:
    """Results as Dagster shows them. A failed check that does not block is a warning."""
    for result in results:
        yield dg.AssetCheckResult(
            check_name=result.name,
            asset_key=list(asset_of[result.table_name]),
            passed=result.is_success,
            severity=dg.AssetCheckSeverity.ERROR if result.is_blocking else dg.AssetCheckSeverity.WARN,
            description=result.says,
            metadata={"observed": result.observed},
        )


def record(settings: Settings, run_id: str, night: object, results: Sequence[CheckResult]) -> None:
    """Keep results in raw.check_results, where the app shows them."""
    checked_at = datetime.now(UTC)
    rows = [
        {
            "run_id": run_id,
            "suite": result.suite,
            "expectation": result.name,
            "table_name": result.table_name,
            "column_name": result.column_name,
            "is_success": result.is_success,
            "is_blocking": result.is_blocking,
            "observed": result.observed,
            "checked_at": checked_at,
            "batch_date": night,
        }
        for result in results
    ]
    upsert(settings, "check_results", pa.Table.from_pylist(rows, schema=CHECK_RESULTS))
