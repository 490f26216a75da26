"""One more night on two lakes at the same time, so that both meet the same load.

`python -m benchmarks.scale_pair 100000 1000000 1`, after `benchmarks.scale` wrote both; the last number counts extra
nights so far.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from benchmarks.scale import Cost, run_measured, settings_of
from benchmarks.scale_lake import LAST_NIGHT, add_nights
from coachlake.lake.connection import lake
from orchestration.resources.dbt import dbt_command, dbt_environment


def main() -> None:
    """Print what the night cost on each lake."""
    *sizes, extra = map(int, sys.argv[1:])
    with ThreadPoolExecutor(len(sizes)) as pool:
        list(pool.map(lambda size: _night(size, extra), sizes))


def _night(size: int, extra: int) -> Cost:
    settings, night = settings_of(size), LAST_NIGHT + timedelta(days=1 + extra)
    with lake(settings) as connection:
        add_nights(connection, night, 1)
    environment = [f"{name}={value}" for name, value in dbt_environment(settings).items()]
    variables = json.dumps({"nights": [night.isoformat()]})
    dbt = dbt_command("build", "--quiet", "--exclude-resource-type", "unit_test", "--vars", variables)
    return run_measured(settings, size, "one more night, side by side", ["env", *environment, *dbt])


if __name__ == "__main__":
    main()
