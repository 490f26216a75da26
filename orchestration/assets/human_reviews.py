"""Human reviews that came in by file."""

from pathlib import Path

import dagster as dg

from orchestration import owners
from orchestration.assets.describe import column_schema
from orchestration.resources.lakehouse import Lakehouse
from ray_jobs.lake.connection import create_raw_tables, lake
from ray_jobs.lake.writer import upsert
from ray_jobs.landing.feeds import read_reviews


@dg.asset(
    key=["raw", "human_reviews"],
    group_name="raw",
    kinds={"python", "ducklake"},
    owners=owners.QUALITY,
    pool="lake",
    metadata={"dagster/column_schema": column_schema("human_reviews")},
)
def human_reviews(lakehouse: Lakehouse) -> dg.MaterializeResult[None]:
    """Reviewers' levels per call and criterion from `reviews.*` in the landing zone, beside those given in the app."""
    settings = lakehouse.settings()
    with lake(settings) as connection:
        create_raw_tables(connection)
    files = sorted(path for path in Path(settings.landing).glob("reviews*") if path.is_file())
    tables = [read_reviews(path) for path in files]
    for table in tables:
        upsert(settings, "human_reviews", table)
    return dg.MaterializeResult(metadata={"dagster/row_count": sum(table.num_rows for table in tables)})
