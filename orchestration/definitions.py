"""The code location: everything Dagster knows about coachlake."""

import dagster as dg

from orchestration.assets.calibrations import calibrations
from orchestration.assets.call_batch import call_batch
from orchestration.assets.human_reviews import human_reviews
from orchestration.assets.marts import dbt_models, dbt_resource
from orchestration.assets.night import scored_calls
from orchestration.assets.outcomes import outcomes
from orchestration.assets.packs import one_to_one_packs
from orchestration.assets.published import published
from orchestration.assets.rubric_criteria import rubric_criteria
from orchestration.checks.marts import mart_checks
from orchestration.checks.raw import raw_checks
from orchestration.jobs.landing_sensor import landing_zone
from orchestration.jobs.nightly import every_night, nightly
from orchestration.jobs.weekly_packs import every_week, weekly_packs
from orchestration.resources.lakehouse import Lakehouse
from orchestration.resources.progress import ProgressReporter

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
