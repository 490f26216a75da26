"""A sensor on the landing zone: a night that gets new files after its run is run again."""

import json
import time
from pathlib import Path

import dagster as dg

from coachlake.landing.night_folder import landed_nights, night_folder
from orchestration.defs.nightly.nightly import nightly
from orchestration.resources.lakehouse import Lakehouse

# A folder is left alone until nothing was written to it for this long: an upload may still be going on (seconds).
_SETTLED_S = 120.0


@dg.sensor(job=nightly, minimum_interval_seconds=60)
def landing_zone(context: dg.SensorEvaluationContext, lakehouse: dg.ResourceParam[Lakehouse]) -> dg.SensorResult:
    """A run for each night whose folder changed and has settled. Repeating a run redoes only what changed."""
    settings = lakehouse.settings()
    seen: dict[str, str] = json.loads(context.cursor or "{}")
    requests = []
    for night in landed_nights(settings):
        state, newest = folder_state(night_folder(settings, night))
        if seen.get(night.isoformat()) != state and time.time() - newest >= _SETTLED_S:
            seen[night.isoformat()] = state
            requests.append(dg.RunRequest(run_key=f"{night}:{state}", partition_key=night.isoformat()))
    return dg.SensorResult(run_requests=requests, cursor=json.dumps(seen))


def folder_state(folder: Path) -> tuple[str, float]:
    """What is in a folder (number of files, bytes, newest time) and when it was last written (seconds since 1970)."""
    stats = [path.stat() for path in folder.rglob("*") if path.is_file()]
    newest = max((stat.st_mtime for stat in stats), default=0.0)
    return f"{len(stats)}-{sum(stat.st_size for stat in stats)}-{int(newest)}", newest
