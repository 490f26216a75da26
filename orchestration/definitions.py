"""The code location: everything Dagster knows about coachlake.

Each file under `orchestration/defs` is loaded: an asset, check, job, schedule or sensor is there by being written
there. Only what all of them share is named here.
"""

from pathlib import Path

import dagster as dg

from orchestration.resources.dbt import dbt_resource
from orchestration.resources.handover import nothing_is_handed_over
from orchestration.resources.lakehouse import Lakehouse
from orchestration.resources.progress import ProgressReporter

defs = dg.Definitions.merge(
    dg.load_from_defs_folder(path_within_project=Path(__file__).parent),
    dg.Definitions(
        # Each as it is: a run's configuration cannot name another folder to write or another command to start.
        resources={
            "lakehouse": Lakehouse(),
            "progress": ProgressReporter(),
            "dbt": dg.ResourceDefinition.hardcoded_resource(dbt_resource()),
            "io_manager": nothing_is_handed_over,
        },
        executor=dg.multiprocess_executor,
    ),
)
