"""Human reviews that came in by file."""

from pathlib import Path

import dagster as dg

from coachlake.calibration.reviews import land_reviews
from coachlake.lake.tables import HUMAN_REVIEWS
from coachlake.landing.feeds import FeedError, read_reviews
from orchestration import owners
from orchestration.describe import column_schema
from orchestration.resources.lakehouse import Lakehouse


@dg.asset(
    key=["raw", "human_reviews"],
    group_name="raw",
    kinds={"python", "ducklake"},
    owners=owners.QUALITY,
    pool="lake",
    metadata={"dagster/column_schema": column_schema("human_reviews")},
)
def human_reviews(
    context: dg.AssetExecutionContext, lakehouse: dg.ResourceParam[Lakehouse]
) -> dg.MaterializeResult[None]:
    """Reviewers' levels per call and criterion from `reviews.*` in the landing zone, beside those given in the app.

    A row or a file that cannot be used is named here; it never stops the night.
    """
    settings = lakehouse.settings()
    tables, problems = [HUMAN_REVIEWS.empty_table()], list[str]()
    for path in sorted(path for path in Path(settings.landing).glob("reviews*") if path.is_file()):
        try:
            feed = read_reviews(path)
            tables.append(feed.table)
            problems += feed.problems
        except FeedError as error:
            problems.append(str(error))
    for problem in problems:
        context.log.warning(problem)
    landed = sum(land_reviews(settings, table) for table in tables)
    listed = sum(table.num_rows for table in tables)
    return dg.MaterializeResult(metadata={"dagster/row_count": listed, "new_or_newer": landed, "problems": problems})
