"""The dbt project as assets: staging, intermediate and marts, with their tests as checks."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtCliResource, DbtProject, dbt_assets

from coachlake.lake.connection import lake
from coachlake.settings import Settings, load_settings
from orchestration import owners
from orchestration.describe import row_count
from orchestration.marts.dbt_project import (
    DBT_PROJECT,
    built_by_these_models,
    dbt_environment,
    prepare_dbt,
    record_build,
    target_path,
)
from orchestration.partitions import nights_of_run


class MartTranslator(DagsterDbtTranslator):
    """Groups by layer, owners, and the asset keys [layer, model]."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """[schema, name]; sources keep the key their YAML names."""
        if dbt_resource_props["resource_type"] == "source":
            return super().get_asset_key(dbt_resource_props)
        return dg.AssetKey([dbt_resource_props["schema"], dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """The layer: staging, intermediate, marts or reference."""
        return str(dbt_resource_props["schema"])

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        """Marts belong to analytics, what they are made of to the data team."""
        return owners.ANALYTICS if dbt_resource_props["schema"] == "marts" else owners.DATA


def _manifest() -> Path:
    """The manifest of the project as it is now; parsed anew where a project file is newer than it."""
    settings = load_settings()
    manifest = target_path(settings) / "manifest.json"
    sources = [path for path in DBT_PROJECT.rglob("*") if path.suffix in (".sql", ".yml", ".csv", ".py")]
    newest = max(path.stat().st_mtime for path in sources)
    if not manifest.exists() or manifest.stat().st_mtime < newest:
        _parse(settings.home)
    return manifest


def _parse(home: Path) -> None:
    from dbt.cli.main import dbtRunner

    settings = load_settings()
    os.environ.update(dbt_environment(settings))
    result = dbtRunner().invoke(["parse", "--quiet", "--project-dir", str(DBT_PROJECT)])
    if not result.success:
        raise RuntimeError(f"the dbt project cannot be parsed: {result.exception}")


MANIFEST = _manifest()


@dbt_assets(
    manifest=MANIFEST,
    dagster_dbt_translator=MartTranslator(DagsterDbtTranslatorSettings(enable_source_tests_as_checks=True)),
    pool="lake",
    name="dbt_models",
)
def dbt_models(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> Iterator[Any]:
    """Build every model and run every test; where the run has nights, only rows that those touch are rebuilt.

    Not partitioned: a mart is of all nights, and a year of backfill would else be recorded model by model and night
    by night.
    """
    settings = load_settings()
    prepare_dbt(settings)
    variables = json.dumps({"nights": [night.isoformat() for night in nights_of_run(context.run)]})
    # Unit tests are about the code, not the night: `make test` and `coachlake dbt build` run them.
    command = ["build", "--exclude-resource-type", "unit_test", "--vars", variables]
    if not built_by_these_models(settings):
        context.log.info("the models have changed since the marts were built: all rows are rebuilt")
        command.append("--full-refresh")
    invocation = dbt.cli(command, context=context, target_path=target_path(settings))
    for event in invocation.stream():
        yield _with_row_count(context, settings, event) if isinstance(event, dg.Output) else event
    record_build(settings)


def _with_row_count(context: dg.AssetExecutionContext, settings: Settings, event: dg.Output[Any]) -> dg.Output[Any]:
    schema, table = context.asset_key_for_output(event.output_name).path
    if schema == "staging":  # views: a count would read everything
        return event
    with lake(settings, read_only=True) as connection:
        return event.with_metadata({**event.metadata, "dagster/row_count": row_count(connection, f"{schema}.{table}")})


def dbt_resource() -> DbtCliResource:
    """The dbt command line on this project."""
    # The dbt of this environment, whether or not it is activated.
    executable = str(Path(sys.executable).with_name("dbt"))
    return DbtCliResource(project_dir=DbtProject(project_dir=DBT_PROJECT), dbt_executable=executable)
