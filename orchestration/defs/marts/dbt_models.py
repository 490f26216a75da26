"""The dbt project as assets: staging, intermediate and marts, with their tests as checks."""

import json
from collections.abc import Iterator
from typing import Any

import dagster as dg
import duckdb
from dagster_dbt import DagsterDbtTranslatorSettings, DbtCliResource, dbt_assets
from pydantic import Field

from coachlake.lake.connection import lake
from orchestration.check_results import record
from orchestration.defs.marts.failed_tests import test_results
from orchestration.defs.marts.mart_builds import built_by_these_models, record_build
from orchestration.defs.marts.translator import MartTranslator
from orchestration.describe import row_count
from orchestration.partitions import nights_of_run
from orchestration.resources.dbt import dbt_project, prepare_lake, start_dbt
from orchestration.resources.lakehouse import Lakehouse


class BuildConfig(dg.Config):
    """How a build goes about it."""

    is_full_refresh: bool = Field(
        default=False, description="Rebuild every row, not only those the run's nights touch."
    )


@dbt_assets(
    manifest=dbt_project().manifest_path,
    dagster_dbt_translator=MartTranslator(DagsterDbtTranslatorSettings(enable_source_tests_as_checks=True)),
    pool="lake",
    name="dbt_models",
)
def dbt_models(
    context: dg.AssetExecutionContext,
    config: BuildConfig,
    dbt: dg.ResourceParam[DbtCliResource],
    lakehouse: dg.ResourceParam[Lakehouse],
) -> Iterator[Any]:
    """Build every model and run every test; where the run has nights, only rows that those touch are rebuilt.

    Not partitioned: a mart is of all nights, and a year of backfill would else be recorded model by model and night
    by night.
    """
    settings = lakehouse.settings()
    prepare_lake(settings)
    nights = nights_of_run(context.run)
    # Nothing here differs from night to night, or dbt would parse its whole project anew.
    variables = json.dumps({"test_severity": "warn"})
    # Unit tests are about the code, not the night: `make test` and `coachlake dbt build` run them.
    command = ["build", "--exclude-resource-type", "unit_test", "--vars", variables]
    has_changed = not built_by_these_models(settings)
    if has_changed:
        context.log.info(
            "the models have changed since the marts were built, or calls were erased: all rows are rebuilt"
        )
    if has_changed or config.is_full_refresh:
        command.append("--full-refresh")
    started = start_dbt(dbt, settings, command, context, nights)
    with lake(settings, read_only=True) as connection:  # one: opening it takes longer than counting
        for event in started.stream():
            yield _with_row_count(context, connection, event) if isinstance(event, dg.Output) else event
    record(settings, context.run.run_id, max(nights, default=None), test_results(settings, started))
    record_build(settings)


def _with_row_count(
    context: dg.AssetExecutionContext, connection: duckdb.DuckDBPyConnection, event: dg.Output[Any]
) -> dg.Output[Any]:
    schema, table = context.asset_key_for_output(event.output_name).path
    if schema == "staging":  # views: a count would read everything
        return event
    return event.with_metadata({**event.metadata, "dagster/row_count": row_count(connection, f"{schema}.{table}")})
