"""A whole night as people start it, and what it says of itself afterwards."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.bench.process import Measured, measured
from coachlake.lake.connection import lake
from coachlake.settings import load_settings


@dataclass(frozen=True, slots=True)
class Night:
    """What `coachlake run` took as a whole, core seconds of its calls' stages, seconds of the clock by step of the run
    (`start`: before the first step and after the last), and how many of its calls came to what."""

    whole: Measured
    stages_cpu_s: dict[str, float]
    steps_s: dict[str, float]
    calls: dict[str, int]

    @property
    def calls_cpu_s(self) -> float:
        """Core seconds of its calls: all their stages."""
        return sum(self.stages_cpu_s.values())


def run_night(home: Path, delivery: Path, profile: str) -> Night:
    """`coachlake run DELIVERY` on the lake in `home`. Raises RuntimeError where it fails."""
    environment = {
        "COACHLAKE_HOME": str(home),
        "COACHLAKE_MODEL_PROFILE": profile,
        "DAGSTER_HOME": str(home / "dagster"),
    }
    whole = measured(["coachlake.cli", "run", str(delivery)], home.parent / f"{home.name}.log", environment)
    steps = _steps(home)
    steps["start"] = whole.wall_s - sum(steps.values())
    return Night(whole, _stages(home), steps, _calls(home))


def _stages(home: Path) -> dict[str, float]:
    return {
        stage: float(cpu or 0)
        for stage, cpu in _rows(home, "SELECT stage, sum(cpu_s) FROM lake.raw.stage_timings GROUP BY ALL")
    }


def _calls(home: Path) -> dict[str, int]:
    return {
        status: int(count) for status, count in _rows(home, "SELECT status, count(*) FROM lake.raw.calls GROUP BY ALL")
    }


def _rows(home: Path, sql: str) -> list[tuple[str, float]]:
    with lake(load_settings({"COACHLAKE_HOME": str(home)}), read_only=True) as connection:
        return [(name, number) for name, number in connection.execute(sql).fetchall()]


def _steps(home: Path) -> dict[str, float]:
    """Seconds of the clock of each step of the newest run, as Dagster noted them."""
    import dagster as dg

    with dg.DagsterInstance.from_config(str(home / "dagster")) as instance:
        (record,) = instance.get_run_records(limit=1)
        found = instance.get_run_step_stats(record.dagster_run.run_id)
    return {step.step_key: step.end_time - step.start_time for step in found if step.end_time and step.start_time}
