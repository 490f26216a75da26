"""The comparisons, each a few lines of the table."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks.bench.calls import Calls, long_call, written_calls
from benchmarks.bench.lines import Line, middle, ratio
from benchmarks.bench.night import Night, run_night
from benchmarks.bench.process import measured

_ALONE_GOALS = {"two channels": 1.15, "mono": 1.5}


@dataclass(frozen=True, slots=True)
class Bench:
    """Where it works, with which model profile, and how often each is repeated."""

    work: Path
    profile: str
    repetitions: int

    def turns(self) -> range:
        """One number a repetition."""
        return range(self.repetitions)

    def home(self, name: str) -> Path:
        """A home that nothing was run in."""
        return self.work / "homes" / name


def against_others(bench: Bench, kind: str, calls: Calls) -> Iterator[Line]:
    """A night of recordings beside the recogniser alone and the script that teams write, one after the other."""
    paths = [str(path) for path in calls.paths]
    alone, teams, nights = [], [], []
    for turn in bench.turns():
        log = bench.work / "logs" / f"{kind}-{turn}.log"
        alone.append(measured(["benchmarks.bench.rivals", "alone", bench.profile, *paths], log))
        nights.append(run_night(bench.home(f"{kind}-{turn}".replace(" ", "-")), calls.folder, bench.profile))
        teams.append(measured(["benchmarks.bench.rivals", "teams", bench.profile, *paths], log))
    core, goal = [one.cpu_s for one in alone], _ALONE_GOALS[kind]
    of = f"core s {middle([night.whole.cpu_s for night in nights])} ÷ {middle(core)}; {_said(calls, nights[0])}"
    yield ratio(
        f"{kind}: whole night ÷ recogniser alone", [n.whole.cpu_s for n in nights], core, goal, at_most=True, of=of
    )
    of = f"core s {middle([night.calls_cpu_s for night in nights])} ÷ {middle(core)}; by stage: {_stages(nights)}"
    yield ratio(
        f"{kind}: its calls alone ÷ recogniser alone", [n.calls_cpu_s for n in nights], core, goal, at_most=True, of=of
    )
    clock, teams_clock = [night.whole.wall_s for night in nights], [one.wall_s for one in teams]
    of = f"clock s {middle(teams_clock)} ÷ {middle(clock)}; {len(paths) / median(clock) * 3600:.0f} calls an hour"
    yield ratio(f"{kind}: calls an hour ÷ what teams write", teams_clock, clock, 2, at_most=False, of=of)


def actors(bench: Bench, calls: Calls) -> Iterator[Line]:
    """The same calls through one actor and through two."""
    took: dict[int, list[float]] = {1: [], 2: []}
    for turn in bench.turns():
        for count, seconds in took.items():
            log = bench.work / "logs" / f"actors-{count}-{turn}.log"
            home = bench.home(f"actors-{count}-{turn}")
            environment = {"COACHLAKE_HOME": str(home), "COACHLAKE_MODEL_PROFILE": bench.profile}
            measured(["benchmarks.bench.actors", str(count), str(calls.folder)], log, environment)
            seconds.append(float(log.read_text().strip().split()[-2]))
    of = f"clock s {middle(took[1])} ÷ {middle(took[2])}, models loaded meanwhile"
    yield ratio("two actors against one", took[1], took[2], 1.8, at_most=False, of=of)


def sizes(bench: Bench, counts: list[int]) -> Iterator[Line]:
    """Nights of short written calls: what each call more costs, and whether memory grows."""
    found: dict[int, list[Night]] = {}
    for turn in bench.turns():
        for count in counts:
            delivery = written_calls(bench.work / "written" / f"{count}-{turn}", count)
            found.setdefault(count, []).append(
                run_night(bench.home(f"written-{count}-{turn}"), delivery, bench.profile)
            )
    for count, nights in found.items():
        peak = max(night.whole.peak_gb for night in nights)
        figure = f"{middle([n.whole.wall_s for n in nights])} s, {peak:.1f} GB"
        yield Line(
            f"night of {count} short transcripts", figure, of=f"core s {middle([n.whole.cpu_s for n in nights])}"
        )
    yield _growth({count: median(night.whole.cpu_s for night in nights) for count, nights in found.items()})


def _growth(core: dict[int, float]) -> Line:
    """Core seconds of one call more between one size and the next; linear where the steps agree within a fifth."""
    more = {f"{a} → {b}": (core[b] - core[a]) / (b - a) for a, b in pairwise(core)}
    shown = ", ".join(f"{step}: {each:.2f}" for step, each in more.items())
    if len(more) < 2:
        return Line("core seconds of a call more", shown, "linear", of="three sizes are needed to tell")
    return Line("core seconds of a call more", shown, "linear", max(more.values()) <= 1.2 * min(more.values()))


def fixed_price(bench: Bench) -> Iterator[Line]:
    """Eight short written calls on a new lake, then the same folder again with nothing new in it."""
    first, again = [], []
    for turn in bench.turns():
        delivery = written_calls(bench.work / "written" / f"fixed-{turn}", 8)
        first.append(run_night(bench.home(f"fixed-{turn}"), delivery, bench.profile))
        again.append(run_night(bench.home(f"fixed-{turn}"), delivery, bench.profile))
    for what, goal, nights in (
        ("a night of 8 short transcripts", 25.0, first),
        ("a night with nothing new", 10.0, again),
    ):
        clock = [night.whole.wall_s for night in nights]
        of = f"core s {middle([night.whole.cpu_s for night in nights])}; clock by step: {_steps(nights)}"
        yield Line(what, f"{middle(clock)} s", f"≤ {goal:g} s", median(clock) <= goal, of)


def long(bench: Bench, calls: Calls, hours: float) -> Iterator[Line]:
    """One long call as a night of its own."""
    night = run_night(bench.home("long"), long_call(bench.work / "long", calls, hours), bench.profile)
    of = f"core s {night.calls_cpu_s:.0f} for {hours:g} h; {json.dumps(night.calls)}; {_stages([night])}"
    figure = f"{night.calls_cpu_s / hours / 36:.1f} % of its length, {night.whole.peak_gb:.1f} GB"
    yield Line(f"a call of {hours:g} hours, two channels", figure, of=of)


def _said(calls: Calls, night: Night) -> str:
    became = ", ".join(f"{count} {status}" for status, count in sorted(night.calls.items()))
    return f"{len(calls.paths)} calls, {calls.minutes:.0f} min ({became})"


def _stages(nights: list[Night]) -> str:
    found = {stage: median(night.stages_cpu_s.get(stage, 0.0) for night in nights) for stage in nights[0].stages_cpu_s}
    return ", ".join(
        f"{stage} {cpu:.1f}" for stage, cpu in sorted(found.items(), key=lambda item: -item[1]) if cpu >= 0.05
    )


def _steps(nights: list[Night]) -> str:
    found = {step: median(night.steps_s.get(step, 0.0) for night in nights) for step in nights[0].steps_s}
    return ", ".join(
        f"{step} {clock:.1f}" for step, clock in sorted(found.items(), key=lambda item: -item[1]) if clock >= 0.05
    )
