"""The code location: everything Dagster knows about coachlake."""

import dagster as dg

from orchestration.landing.call_batch import call_batch
from orchestration.landing.landing_zone import landing_zone
from orchestration.landing.outcomes import outcomes
from orchestration.marts.dbt_models import dbt_models, dbt_resource
from orchestration.marts.mart_checks import mart_checks
from orchestration.nightly.nightly import every_night, nightly
from orchestration.publishing.one_to_one_packs import one_to_one_packs
from orchestration.publishing.published import published
from orchestration.publishing.weekly_packs import every_week, weekly_packs
from orchestration.resources.lakehouse import Lakehouse
from orchestration.resources.progress import ProgressReporter
from orchestration.reviews.calibrations import calibrations
from orchestration.reviews.human_reviews import human_reviews
from orchestration.scoring.raw_checks import raw_checks
from orchestration.scoring.rubric_criteria import rubric_criteria
from orchestration.scoring.scored_calls import scored_calls

defs = dg.Definitions(
    assets=[
        call_batch,
        rubric_criteria,
        scored_calls,
        outcomes,
        human_reviews,
        calibrations,
        dbt_models,
        published,
        one_to_one_packs,
    ],
    asset_checks=[raw_checks, mart_checks],
    jobs=[nightly, weekly_packs],
    schedules=[every_night, every_week],
    sensors=[landing_zone],
    resources={"lakehouse": Lakehouse(), "progress": ProgressReporter(), "dbt": dbt_resource()},
    executor=dg.multiprocess_executor,
)
