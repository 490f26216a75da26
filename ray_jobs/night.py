"""The night: batches streamed through the transcribing and scoring actors, each landed in one transaction."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from coachlake.calibration.in_force import Mappings, describe_mappings, mappings_in_force
from coachlake.lake.role_answers import RoleAnswers, role_answers
from coachlake.lake.rows import CallFacts, quarantined_rows
from coachlake.lake.strikes import Strikes, strikes
from coachlake.lake.writer import replace_calls_from_stage, work_keys
from coachlake.landing.batch import Batch
from coachlake.landing.identity import LandedCall
from coachlake.language.acts.in_force import judge_in_force, judge_version
from coachlake.models.fingerprint import fingerprint
from coachlake.models.profiles import load_profile
from coachlake.provenance import pipeline_version, transcript_key, work_key
from coachlake.rubrics.schema import Rubric
from coachlake.settings import Settings
from coachlake.timings import Timing
from ray_jobs.driver import stream_in_child
from ray_jobs.stage import Stage, save_scored
from ray_jobs.work import CallWork

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class NightResult:
    """What a run did for one batch; `timings` are of the stages that its calls went through in this run."""

    batch_date: date
    landed: int
    processed: int
    withdrawn: int
    timings: tuple[Timing, ...]


@dataclass(frozen=True, slots=True)
class People:
    """What people have decided so far: who the rep is, and which moments do not count."""

    answers: RoleAnswers = field(default_factory=RoleAnswers)
    strikes: Strikes = field(default_factory=Strikes)


def run_nights(
    settings: Settings,
    batches: Sequence[Batch],
    rubrics: dict[str, Rubric],
    progress: Progress = lambda done, total: None,
) -> list[NightResult]:
    """Transcribe, score and land every call of the batches that is new or changed since it was last landed.

    `rubrics` maps rubric_id to the rubric in force; a call without a rubric_id gets the first one. A failing call
    becomes a quarantined row, never an exception. A batch lands, whole, as soon as its last call is done; raises
    only where Ray, the stage or the lake itself fails.
    """
    before = work_keys(settings, [batch.batch_date for batch in batches])
    mappings, people = mappings_in_force(settings, rubrics), People(role_answers(settings), strikes(settings))
    nights = [_Night(settings, batch, rubrics, mappings, people, before[batch.batch_date]) for batch in batches]
    for night in nights:
        # A call that moved to another night of this run is not gone.
        night.keep({call.facts.call_id for batch in batches for call in batch.calls})
    waiting = {work.facts.work_key: night for night in nights for work in night.todo}
    results = [night.land() for night in nights if not night.todo]
    progress(0, len(waiting))
    for count, work in enumerate(_process(settings, nights, rubrics, mappings), start=1):
        progress(count, len(waiting))
        night = waiting[work.facts.work_key]
        night.done.append(work)
        if len(night.done) == len(night.todo):
            results.append(night.land())
    return sorted(results, key=lambda result: result.batch_date)


class _Night:
    """One batch on its way: what is to do, what is done, and how it lands."""

    def __init__(
        self,
        settings: Settings,
        batch: Batch,
        rubrics: dict[str, Rubric],
        mappings: Mappings,
        people: People,
        before: dict[str, str],
    ) -> None:
        self._settings, self._batch = settings, batch
        models = fingerprint(load_profile(settings.model_profile))
        judge, limits = judge_version(judge_in_force(settings.home)), settings.limits.changed
        planned = [plan_call(call, rubrics, mappings, people, models, limits, judge) for call in batch.calls]
        # A call is done when the lake holds it under the very same key; anything else goes through again.
        self.todo = [work for work in planned if before.get(work.facts.call_id) != work.facts.work_key]
        self.done: list[CallWork] = []
        gone = {*before, *batch.withdrawn} - {work.facts.call_id for work in planned}
        self._withdrawn = sorted(gone)

    def keep(self, call_ids: set[str]) -> None:
        """Withdraw none of these."""
        self._withdrawn = [call_id for call_id in self._withdrawn if call_id not in call_ids]

    def land(self) -> NightResult:
        """Put everything done into the lake, in one transaction."""
        files = [work.staged_url or "" for work in self.done]
        replace_calls_from_stage(self._settings, files, withdrawn=self._withdrawn)
        return NightResult(
            batch_date=self._batch.batch_date,
            landed=len(self._batch.calls),
            processed=len(self.done),
            withdrawn=len(self._withdrawn),
            timings=tuple(timing for work in self.done for timing in work.timings),
        )


def plan_call(
    call: LandedCall,
    rubrics: dict[str, Rubric],
    mappings: Mappings,
    people: People,
    models: str,
    limits: str = "",
    judge: str | None = None,
) -> CallWork:
    """A landed call as work to do, keyed by all it depends on; its reason is set where it can go no further.

    `models` is the fingerprint of the model profile, `limits` what was changed of the limits, `judge` the version of
    the deployment's own act model in force (None: the shipped one); a call without a rubric_id gets the first of
    `rubrics`.
    """
    facts, reason = call.facts, call.reason
    rubric_id = facts.rubric_id or next(iter(rubrics))
    if rubric_id not in rubrics:
        reason = reason or f"no rubric {rubric_id!r}: there are {', '.join(rubrics)}"
    sha = rubrics[rubric_id].sha256 if rubric_id in rubrics else ""
    calibration = describe_mappings(mappings.get(rubric_id, {}))
    said, rules = people.answers.of(facts.call_id), people.answers.rules_of(facts.queue)
    struck = [list(moment) for moment in people.strikes.of(facts.call_id)]
    decided = said | rules | ({"struck": json.dumps(struck)} if struck else {})
    key = work_key(facts, models, f"{sha}{reason or ''}{limits}", calibration, decided, judge)
    keyed = replace(facts, rubric_id=rubric_id, work_key=key)
    return CallWork(keyed, transcript_key(facts, models), rubric_id, said, rules, struck, reason)


def _process(
    settings: Settings, nights: list[_Night], rubrics: dict[str, Rubric], mappings: Mappings
) -> Iterator[CallWork]:
    """Every work still to do, finished, in order of completion."""
    stage = Stage(settings.staging)
    todo = [work for night in nights for work in night.todo]
    yield from _finished_without_models(stage, todo)
    remaining = [work for work in todo if work.reason is None and not _is_staged(stage, work.facts)]
    if remaining:
        yield from stream_in_child(settings, remaining, rubrics, mappings)


def _finished_without_models(stage: Stage, todo: list[CallWork]) -> Iterator[CallWork]:
    """Calls refused at landing, and calls a killed run had already judged."""
    for work in todo:
        key = work.facts.work_key or ""
        if work.reason is not None:
            rows = quarantined_rows(work.facts, work.reason, pipeline_version())
            yield replace(work, staged_url=save_scored(stage, key, rows))
        elif _is_staged(stage, work.facts):
            yield replace(work, staged_url=stage.url("scored", key, "parquet"))


def _is_staged(stage: Stage, facts: CallFacts) -> bool:
    return stage.exists("scored", facts.work_key or "", "parquet")
