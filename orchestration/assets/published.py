"""Publishing: marts that passed their checks become what people and BI tools read."""

import json
from datetime import timedelta

import dagster as dg

from orchestration import owners
from orchestration.assets.marts import MANIFEST
from orchestration.resources.lakehouse import Lakehouse
from ray_jobs.lake.publish import export_parquet, publish


def mart_names() -> list[str]:
    """The models of schema `marts`, in order of name."""
    models = json.loads(MANIFEST.read_text())["nodes"].values()
    return sorted(m["name"] for m in models if m["resource_type"] == "model" and m["schema"] == "marts")


@dg.asset(
    deps=[dg.AssetKey(["marts", name]) for name in mart_names()],
    group_name="published",
    kinds={"ducklake", "parquet"},
    owners=owners.ANALYTICS,
    pool="lake",
    freshness_policy=dg.FreshnessPolicy.cron(deadline_cron="0 6 * * *", lower_bound_delta=timedelta(hours=5)),
)
def published(lakehouse: Lakehouse) -> dg.MaterializeResult[None]:
    """The schema `published`: one pinned view a mart, switched all at once, and the same as Parquet files."""
    settings = lakehouse.settings()
    snapshot = publish(settings, mart_names())
    rows = export_parquet(settings, settings.home / "published")
    return dg.MaterializeResult(
        metadata={"snapshot": snapshot, "tables": len(rows), "dagster/row_count": sum(rows.values())}
    )
