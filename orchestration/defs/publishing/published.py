"""Publishing: marts that passed their checks become what people and BI tools read."""

import json
from datetime import UTC, datetime, timedelta

import dagster as dg

from coachlake.lake.files import verify_files
from coachlake.lake.publish import Documented, export_parquet, publish
from coachlake.yaml_files import read_yaml
from orchestration import owners
from orchestration.defs.publishing.held import held_marts
from orchestration.partitions import nights_of_run
from orchestration.resources.dbt import DBT_PROJECT, dbt_project
from orchestration.resources.lakehouse import Lakehouse


def documented_marts() -> dict[str, Documented]:
    """The models of schema `marts`, in order of name, with what their YAML says about them."""
    models = json.loads(dbt_project().manifest_path.read_text())["nodes"].values()
    marts = [m for m in models if m["resource_type"] == "model" and m["schema"] == "marts"]
    return {
        mart["name"]: Documented(
            mart["description"],
            {name: (column["data_type"] or "", column["description"]) for name, column in mart["columns"].items()},
        )
        for mart in sorted(marts, key=lambda mart: str(mart["name"]))
    }


def late_outcomes() -> timedelta:
    """How long after their night outcomes still reach calls, as the dbt project has it."""
    project = read_yaml(DBT_PROJECT / "dbt_project.yml")
    return timedelta(days=project["vars"]["late_outcome_days"])


@dg.asset(
    deps=[dg.AssetKey(["marts", name]) for name in documented_marts()],
    group_name="published",
    kinds={"ducklake", "parquet"},
    owners=owners.ANALYTICS,
    pool="lake",
    freshness_policy=dg.FreshnessPolicy.cron(deadline_cron="0 6 * * *", lower_bound_delta=timedelta(hours=5)),
)
def published(context: dg.AssetExecutionContext, lakehouse: dg.ResourceParam[Lakehouse]) -> dg.MaterializeResult[None]:
    """The schema `published`: one pinned view a mart with its documentation, switched all at once; also as Parquet.

    A mart that failed a check, and what is built from it, stays as it was published last (`published.held_back`).
    """
    settings = lakehouse.settings()
    marts, nights = documented_marts(), nights_of_run(context.run)
    since = min(nights) - late_outcomes() if nights else None
    held = held_marts(settings, context.run.run_id, list(marts))
    snapshot = publish(settings, marts, held=held)
    rows = export_parquet(settings, settings.home / "published", marts, since=since)
    return dg.MaterializeResult(
        metadata={"snapshot": snapshot, "tables": len(rows), "dagster/row_count": sum(rows.values()), "held_back": held}
    )


@dg.asset_check(asset="published", pool="lake", name="lake_files")
def verified_files(
    context: dg.AssetCheckExecutionContext, lakehouse: dg.ResourceParam[Lakehouse]
) -> dg.AssetCheckResult:
    """The lake's new files get their hash; a thirtieth of the others is compared with theirs, a month for all."""
    nights = nights_of_run(context.run)
    found = verify_files(lakehouse.settings(), night=max(nights, default=datetime.now(UTC).date()).toordinal())
    damaged = "; ".join(map(str, found.damaged))
    return dg.AssetCheckResult(
        passed=not found.damaged,
        severity=dg.AssetCheckSeverity.WARN,
        description="Every file of the lake looked at is as it was written (else: coachlake lake repair).",
        metadata={"observed": damaged, "files": found.files, "checked": found.checked, "new": found.recorded},
    )
