"""What the stages of a night took."""

from typing import Any

import pandas as pd

from coachlake.app.data import query
from coachlake.timings import STAGES


def stage_seconds(first: Any) -> pd.DataFrame:
    """A row a stage, in the order that calls go through them: calls and seconds (wall_s, cpu_s, gpu_s) summed over the
    nights from `first` on."""
    found = query(
        "SELECT stage, sum(call_count) AS call_count, sum(wall_s) AS wall_s, sum(cpu_s) AS cpu_s, sum(gpu_s) AS gpu_s "
        "FROM lake.published.nightly_stages WHERE batch_date >= $1 GROUP BY stage",
        (first,),
        needs=["nightly_stages"],
    )
    place = {name: index for index, name in enumerate(STAGES)}
    # One of another version's stages comes last.
    return found.sort_values("stage", key=lambda names: names.map(lambda name: place.get(name, len(place))))


def measured_calls(first: Any) -> int:
    """How many calls of the nights from `first` on were measured at all."""
    found = query(
        "SELECT coalesce(sum(measured_count), 0) AS calls FROM "
        "(SELECT DISTINCT batch_date, measured_count FROM lake.published.nightly_stages WHERE batch_date >= $1)",
        (first,),
        needs=["nightly_stages"],
    )
    return int(found["calls"].iloc[0]) if len(found) else 0
