"""Ray Data over two pools of stateful actors: one transcribes, one scores, and calls flow through one by one."""

import time
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

from coachlake.calibration.in_force import Mappings
from coachlake.models.fingerprint import fingerprint
from coachlake.models.profiles import load_profile
from coachlake.rubrics.schema import Rubric
from coachlake.settings import Settings
from ray_jobs.cluster import gpu_share
from ray_jobs.requirements import require_device, require_models
from ray_jobs.score import ScoreCalls
from ray_jobs.transcribe import TranscribeCalls
from ray_jobs.work import CallWork


def stream_calls(
    settings: Settings, todo: list[CallWork], rubrics: dict[str, Rubric], mappings: Mappings
) -> Iterator[CallWork]:
    """Each call in `todo`, transcribed, scored and staged, in order of completion.

    One block a call, so that a call moves on as soon as it is transcribed. What travels between the actors is the
    call's keys; conversations pass through the stage, so memory does not grow with the night. Needs an open Ray
    session. Raises DeviceMissingError where its cluster lacks the profile's device, WeightsError where one of its
    machines lacks a model of it.
    """
    import logging

    import ray.data

    # The executor's own account of itself; what happened to each call is in the lake.
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    profile = load_profile(settings.model_profile)
    require_device(profile)
    require_models(profile)
    pool = ray.data.ActorPoolStrategy(size=_pool_size(len(todo)), max_tasks_in_flight_per_actor=2)
    models = fingerprint(profile)
    session = uuid4().hex
    gpu, now = gpu_share(), time.time()
    judged = (
        ray.data.from_items([replace(work, queued_s=now).to_row() for work in todo], override_num_blocks=len(todo))
        .map(TranscribeCalls, fn_constructor_args=(settings, session, gpu), compute=pool, num_cpus=0.7, num_gpus=gpu)
        .map(
            ScoreCalls, fn_constructor_args=(settings, rubrics, mappings, models, session), compute=pool, num_cpus=0.25
        )
    )
    for row in judged.iter_rows():
        yield CallWork.from_row(row)


def _pool_size(calls: int) -> int:
    """A transcribing and a scoring actor a core (they share it, transcribing taking most), never more than calls."""
    import ray

    cores = max(1, int(ray.cluster_resources().get("CPU", 1)))
    return max(1, min(cores, calls))
