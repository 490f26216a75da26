"""The night: a batch streamed through the listening and judging actors, then landed in one transaction."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ray_jobs.lake.rows import CallFacts, quarantined_rows
from ray_jobs.lake.writer import replace_calls_from_stage, work_keys
from ray_jobs.landing.batch import Batch, LandedCall
from ray_jobs.models.profiles import fingerprint, load_profile
from ray_jobs.pipeline.cluster import gpu_share, ray_session
from ray_jobs.pipeline.hear import HearCalls
from ray_jobs.pipeline.judge import JudgeCalls
from ray_jobs.pipeline.keys import hear_key, pipeline_version, work_key
from ray_jobs.pipeline.stage import Stage, save_judged
from ray_jobs.pipeline.work import CallWork
from ray_jobs.settings import Settings
from rubrics import Rubric

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class NightResult:
    """What became of a batch. Seconds are wall time; `seconds_hearing` and `seconds_judging` are summed over actors."""

    batch_date: date
    landed: int
    scored: int
    quarantined: int
    unchanged: int
    seconds: float
    seconds_hearing: float
    seconds_judging: float
    reasons: dict[str, str]


def run_night(
    settings: Settings, batch: Batch, rubrics: dict[str, Rubric], progress: Progress = lambda done, total: None
) -> NightResult:
    """Hear, judge and land every call of `batch` that is new or changed since it was last landed.

    `rubrics` maps rubric_id to the rubric in force; a call without a rubric_id gets the first one. A failing call
    becomes a quarantined row, never an exception. Raises only where Ray, the stage or the lake itself fails.
    """
    started = time.perf_counter()
    before = work_keys(settings, batch.batch_date)
    models = fingerprint(load_profile(settings.model_profile))
    planned = [_plan(call, rubrics, models) for call in batch.calls]
    # A call is done when the lake holds it under the very same key; anything else goes through again.
    todo = [work for work in planned if before.get(work.facts.call_id) != work.facts.work_key]
    done = list(_process(settings, todo, rubrics, models, progress))
    withdrawn = before.keys() - {work.facts.call_id for work in planned}
    replace_calls_from_stage(settings, [work.staged_url or "" for work in done], withdrawn=sorted(withdrawn))
    reasons = {work.facts.call_id: work.reason for work in done if work.reason}
    return NightResult(
        batch_date=batch.batch_date,
        landed=len(planned),
        scored=len(done) - len(reasons),
        quarantined=len(reasons),
        unchanged=len(planned) - len(todo),
        seconds=time.perf_counter() - started,
        seconds_hearing=sum(work.seconds_hearing for work in done),
        seconds_judging=sum(work.seconds_judging for work in done),
        reasons=reasons,
    )


def _plan(call: LandedCall, rubrics: dict[str, Rubric], models: str) -> CallWork:
    facts, reason = call.facts, call.reason
    rubric_id = facts.rubric_id or next(iter(rubrics))
    if rubric_id not in rubrics:
        reason = reason or f"no rubric {rubric_id!r}: there are {', '.join(rubrics)}"
    sha = rubrics[rubric_id].sha256 if rubric_id in rubrics else ""
    keyed = replace(facts, rubric_id=rubric_id, work_key=work_key(facts, models, f"{sha}{reason or ''}"))
    return CallWork(keyed, hear_key(facts, models), rubric_id, reason)


def _process(
    settings: Settings, todo: list[CallWork], rubrics: dict[str, Rubric], models: str, progress: Progress
) -> Iterator[CallWork]:
    """Every work in `todo`, finished, in order of completion."""
    stage = Stage(settings.staging)
    total, count = len(todo), 0
    for work in _finished_without_models(stage, todo):
        count += 1
        progress(count, total)
        yield work
    remaining = [work for work in todo if work.reason is None and not _is_staged(stage, work.facts)]
    if not remaining:
        return
    with ray_session(settings.ray_address):
        for row in _stream(settings, remaining, rubrics, models):
            count += 1
            progress(count, total)
            yield CallWork.from_row(row)


def _finished_without_models(stage: Stage, todo: list[CallWork]) -> Iterator[CallWork]:
    """Calls refused at landing, and calls a killed run had already judged."""
    for work in todo:
        key = work.facts.work_key or ""
        if work.reason is not None:
            rows = quarantined_rows(work.facts, work.reason, pipeline_version())
            yield replace(work, staged_url=save_judged(stage, key, rows))
        elif _is_staged(stage, work.facts):
            yield replace(work, staged_url=stage.url("judged", key, "parquet"))


def _is_staged(stage: Stage, facts: CallFacts) -> bool:
    return stage.exists("judged", facts.work_key or "", "parquet")


def _stream(
    settings: Settings, todo: list[CallWork], rubrics: dict[str, Rubric], models: str
) -> Iterator[dict[str, Any]]:
    """Ray Data over two pools of stateful actors. One block a call, so that each call moves on as soon as it is heard
    and nothing of a finished call stays in memory."""
    import ray.data

    listeners, judges = _pool_sizes(len(todo))
    # Two rows may name the same recording only after landing refused repeats, so each key is heard by one actor.
    calls = ray.data.from_items([work.to_row() for work in todo], override_num_blocks=len(todo))
    heard = calls.map(
        HearCalls,
        fn_constructor_args=(settings,),
        compute=ray.data.ActorPoolStrategy(size=listeners, max_tasks_in_flight_per_actor=2),
        num_cpus=0.75,
        num_gpus=gpu_share(),
    )
    judged = heard.map(
        JudgeCalls,
        fn_constructor_args=(settings, rubrics, models),
        compute=ray.data.ActorPoolStrategy(size=judges, max_tasks_in_flight_per_actor=2),
        num_cpus=0.25,
    )
    yield from judged.iter_rows()


def _pool_sizes(calls: int) -> tuple[int, int]:
    """Listening and judging actors: one pair a core (three quarters and one quarter of it), never more than calls."""
    import ray

    cores = max(1, int(ray.cluster_resources().get("CPU", 1)))
    pairs = max(1, min(cores, calls))
    return pairs, max(1, pairs // 4)
