"""The calls of a delivery through so many actors: `python -m benchmarks.bench.actors ACTORS DELIVERY`, in a home of its
own (COACHLAKE_HOME). Says the seconds from the first call sent to the last one finished, models loaded meanwhile."""

import sys
import time
from datetime import date
from pathlib import Path

from coachlake.landing.night_folder import read_nights
from coachlake.landing.own_folder import land_folder
from coachlake.models.fingerprint import fingerprint
from coachlake.models.profiles import load_profile
from coachlake.rubrics.in_force import rubrics_in_force
from coachlake.settings import load_settings
from ray_jobs.cluster import ray_session
from ray_jobs.night import People, plan_call
from ray_jobs.stream import stream_calls


def main(actors: int, delivery: Path) -> None:
    """Hear and judge every call; nothing lands."""
    settings = load_settings()
    nights: list[date] = land_folder(settings, delivery)
    rubrics, _ = rubrics_in_force(settings)
    models = fingerprint(load_profile(settings.model_profile))
    todo = [
        plan_call(call, rubrics, {}, People(), models)
        for batch in read_nights(settings, nights)
        for call in batch.calls
    ]
    with ray_session(None, cores=actors):
        started = time.perf_counter()
        finished = sum(1 for _ in stream_calls(settings, todo, rubrics, {}))
        print(f"{finished} calls in {time.perf_counter() - started:.3f} s", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
