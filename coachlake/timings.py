"""Where a call's time goes, stage by stage: of the clock, of the processor, and of a GPU that is held meanwhile."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, get_args

# In the order that a call goes through them. The two `wait_…` lie between the workers, the two `other_…` are what is
# left of a worker's time: the sum over all of them is what the call took.
StageName = Literal[
    "wait_to_hear", "load_models", "decode", "read_transcript", "separate_channels", "detect_speech", "recognise",
    "diarize", "compare_voices", "measure_voice", "redact", "other_hearing",
    "wait_to_judge", "admit", "decide_roles", "find_signals", "score", "other_judging",
]  # fmt: skip
STAGES: tuple[StageName, ...] = get_args(StageName)


@dataclass(frozen=True, slots=True)
class Timing:
    """What one stage of a call took, in seconds: of the clock, of processors (child processes included; None while the
    call only waits) and of a GPU (the clock's times the share that the worker holds; None where it holds none).
    `measured_at`: ISO 8601, UTC."""

    stage: StageName
    wall_s: float
    cpu_s: float | None
    gpu_s: float | None
    measured_at: str


def waited(stage: StageName, since_s: float) -> Timing:
    """The time since `since_s` (of `time.time()`, perhaps of another machine) as a stage that only waits."""
    return Timing(stage, max(0.0, time.time() - since_s), None, None, datetime.now(UTC).isoformat())


class Stopwatch:
    """The seconds of each stage; a stage inside another one takes its time from that, so none counts twice."""

    def __init__(self, rest: StageName) -> None:
        self._spent: dict[StageName, tuple[float, float]] = {}
        self._open = [rest]
        self._since = _now()

    def enter(self, stage: StageName) -> None:
        """A stage begins."""
        self._note()
        self._open.append(stage)

    def leave(self) -> None:
        """The stage that began last ends."""
        self._note()
        self._open.pop()

    def timings(self, gpu_share: float = 0.0) -> list[Timing]:
        """What each stage took so far, in the order of STAGES. `gpu_share`: how much of a GPU the worker holds."""
        self._note()
        at = datetime.now(UTC).isoformat()
        return [
            Timing(stage, *self._spent[stage], self._spent[stage][0] * gpu_share if gpu_share else None, at)
            for stage in STAGES
            if stage in self._spent
        ]

    def _note(self) -> None:
        now, stage = _now(), self._open[-1]
        before = self._spent.get(stage, (0.0, 0.0))
        self._spent[stage] = (before[0] + now[0] - self._since[0], before[1] + now[1] - self._since[1])
        self._since = now


_RUNNING: ContextVar[Stopwatch | None] = ContextVar("stopwatch", default=None)


@contextmanager
def stopwatch(rest: StageName) -> Iterator[Stopwatch]:
    """Measure what runs in the block; `rest`: the stage of all that is in no other one."""
    running = Stopwatch(rest)
    before = _RUNNING.set(running)
    try:
        yield running
    finally:
        _RUNNING.reset(before)


@contextmanager
def timed(stage: StageName) -> Iterator[None]:
    """What the block (or, as a decorator, the function) does is of this stage; nothing where nobody measures."""
    running = _RUNNING.get()
    if running is None:
        yield
        return
    running.enter(stage)
    try:
        yield
    finally:
        running.leave()


def _now() -> tuple[float, float]:
    """Seconds of the clock, and of processors by this process and by its children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter(), time.process_time() + children.ru_utime + children.ru_stime
