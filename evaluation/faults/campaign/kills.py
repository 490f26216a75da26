"""Parts killed at random moments, as `kill -9`, a crash in native code or the kernel out of memory do it."""

import random
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from evaluation.faults.campaign.tables import contents, differences
from evaluation.faults.campaign.world import Ended, Running, World
from evaluation.faults.outcome import Outcome

Contents = dict[str, list[str]]
STAGED = "staged"  # folder: the finished work of an undisturbed night
_IN_A_ROW = 5  # whole runs killed on one lake before one is let come to its end
NIGHT_TABLES = ("raw",)
ALL_TABLES = ("raw", "marts", "published")


@dataclass(frozen=True, slots=True)
class Bench:
    """What every fault needs: where to work, what an undisturbed run leaves by schemas and how long it takes."""

    folder: Path
    undisturbed: dict[tuple[str, ...], Contents]
    run_s: float
    chance: random.Random


def verdict(kind: str, case: str, ended: Ended, wanted: Contents, world: World, schemas: tuple[str, ...]) -> Outcome:
    """What became of it: the last process must have ended well, with every table as after an undisturbed run."""
    last = " ".join(ended.said.split())[-300:]
    if ended.status is None:
        return Outcome(kind, case, "blocked", f"waited for ever: {last}")
    if ended.is_raw:
        return Outcome(kind, case, "raw", last)
    if ended.status != 0:
        return Outcome(kind, case, "blocked", f"exit {ended.status}: {last}")
    if different := differences(wanted, contents(world.settings, *schemas)):
        return Outcome(kind, case, "lost", "; ".join(map(str, different)))
    return Outcome(kind, case, "right")


def runs_killed(bench: Bench, moments: int) -> Iterator[Outcome]:  # fmt: skip
    """`coachlake run` killed at `moments` random moments, five in a row on one lake, then run to its end."""
    kind = "the run killed"
    for numbers in _rows(moments):
        world = World(bench.folder / f"run-{numbers[0]}")
        cases = []
        for number in numbers:
            run, at = world.run(), bench.chance.uniform(0.05, 1) * bench.run_s
            run.wait_until(lambda run=run, at=at: run.seconds() >= at)  # type: ignore[misc]
            cases.append(f"{number}: after {run.seconds():.1f} s")
            run.kill()
        ended = world.run().ended()
        for case in cases:
            yield verdict(kind, case, ended, bench.undisturbed[ALL_TABLES], world, ALL_TABLES)


def commits_killed(bench: Bench, moments: int) -> Iterator[Outcome]:
    """The landing of a night whose work is staged, killed at random moments of its writing, then done again."""
    for number in range(moments):
        world = World(bench.folder / f"commit-{number}")
        world.landed()
        stage_work(world)
        night = world.night()
        catalog = world.home / "lake" / "catalog.sqlite"
        night.wait_until(lambda catalog=catalog: catalog.exists())  # type: ignore[misc]
        began, length = night.seconds(), bench.chance.uniform(0, 2.5)
        night.wait_until(lambda night=night, to=began + length: night.seconds() >= to)  # type: ignore[misc]
        night.kill()
        ended = world.night().ended()
        case = f"{number}: {length:.2f} s after it opened the lake"
        yield verdict("killed at commit", case, ended, bench.undisturbed[NIGHT_TABLES], world, NIGHT_TABLES)


def parts_killed(bench: Bench, kind: str, parts: tuple[str, ...], moments: int) -> Iterator[Outcome]:
    """A process under the night whose command line holds one of `parts`, killed at random moments of its life.

    The night itself must go on to its end: nobody starts it again.
    """
    for number in range(moments):
        part = parts[number % len(parts)]
        world = World(bench.folder / f"{kind.replace(' ', '-').replace(chr(39), '')}-{number}", calls=3)
        world.landed()
        night = world.night()
        killed, at = kill_part(night, part, bench.chance.uniform(0, 8))
        ended = night.ended()
        case = f"{number}: {part.split()[-1]} after {at:.1f} s" if killed else f"{number}: {part} had ended"
        yield verdict(kind, case, ended, bench.undisturbed[NIGHT_TABLES], world, NIGHT_TABLES)


def dbt_killed(bench: Bench, moments: int) -> Iterator[Outcome]:  # fmt: skip
    """dbt killed at `moments` random moments, five runs in a row on one lake; each run must say so and end.

    The next run must finish what all five left.
    """
    kind = "dbt killed"
    for numbers in _rows(moments):
        world = World(bench.folder / f"dbt-{numbers[0]}")
        cases = []
        for number in numbers:
            run = world.run()
            killed, at = kill_part(run, "bin/dbt build", bench.chance.uniform(0, 10))
            case = f"{number}: after {at:.1f} s" if killed else f"{number}: dbt had ended"
            ended = run.ended()
            if ended.is_raw or ended.status is None:
                yield verdict(kind, case, ended, bench.undisturbed[ALL_TABLES], world, ALL_TABLES)
            else:
                cases.append(case)
        ended = world.run().ended()
        for case in cases:
            yield verdict(kind, case, ended, bench.undisturbed[ALL_TABLES], world, ALL_TABLES)


def _rows(moments: int) -> Iterator[range]:
    """The numbers of `moments`, a row of `_IN_A_ROW` at a time."""
    for first in range(0, moments, _IN_A_ROW):
        yield range(first, min(moments, first + _IN_A_ROW))


def kill_part(running: Running, part: str, after_s: float) -> tuple[bool, float]:
    """Kill the first process below with `part` in its command line so long after it is there; whether it still was."""
    process = running.child(part)
    began = running.seconds()
    running.wait_until(lambda: running.seconds() >= began + after_s)
    with suppress(psutil.NoSuchProcess):
        if process is not None:
            process.kill()
            return True, after_s
    return False, after_s


def stage_work(world: World) -> None:
    """Do the work of a night as far as the stage, and land nothing: what a run killed before its commit leaves."""
    staged = world.home.parent / STAGED
    if not staged.exists():
        world.night().ended()
        shutil.copytree(world.home / "staging", staged)
        shutil.rmtree(world.home / "lake")
    else:
        shutil.copytree(staged, world.home / "staging")
