"""What a full build and one more night cost as history grows: `python -m benchmarks.scale 10000 100000 1000000`.

Writes var/bench/scale.md and scale.json. A lake that is there already is generated anew. CPU seconds tell more than
wall time on a machine that does other things.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from benchmarks.scale_lake import LAST_NIGHT, add_nights, generate
from coachlake.lake.connection import lake
from coachlake.settings import REPOSITORY, Settings, load_settings
from orchestration.resources.dbt import dbt_command, dbt_environment, prepare_lake

OUT = REPOSITORY / "var" / "bench"
_NIGHT = LAST_NIGHT + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one step took. `read_gb` is bytes read from files, cached or not."""

    calls: int
    step: str
    wall_s: float
    cpu_s: float
    peak_gb: float
    read_gb: float


def main() -> None:
    """Measure every size given on the command line."""
    costs = [cost for size in map(int, sys.argv[1:]) for cost in _measure(size)]
    (OUT / "scale.json").write_text(json.dumps([asdict(cost) for cost in costs], indent=1))
    (OUT / "scale.md").write_text(_table(costs))
    print(_table(costs))


def _measure(size: int) -> list[Cost]:
    settings = settings_of(size)
    shutil.rmtree(settings.home, ignore_errors=True)
    generate(settings, size)
    prepare_lake(settings)
    full = _dbt(settings, size, "full build", {})
    with lake(settings) as connection:
        add_nights(connection, _NIGHT, 1)
    landed = run_measured(settings, size, "a night delivered again", step_command("scale_landing"))
    night = _dbt(settings, size, "one more night", {"nights": [_NIGHT.isoformat()]})
    checks = step_command("scale_publish")
    first = run_measured(settings, size, "first checks and publishing", checks)
    return [full, landed, night, first, run_measured(settings, size, "checks and publishing again", checks)]


def step_command(module: str) -> list[str]:
    """The command that runs a step of this benchmark on the extra night."""
    return [sys.executable, "-W", "ignore", "-m", f"benchmarks.{module}", _NIGHT.isoformat()]


def settings_of(size: int) -> Settings:
    """The lake of that size."""
    return load_settings({"COACHLAKE_HOME": str(OUT / f"lake_{size}")})


def _dbt(settings: Settings, size: int, step: str, variables: dict[str, list[str]]) -> Cost:
    command = dbt_command("build", "--quiet", "--exclude-resource-type", "unit_test", "--vars", json.dumps(variables))
    return run_measured(settings, size, step, command)


def run_measured(settings: Settings, size: int, step: str, command: list[str]) -> Cost:
    """Run `command` in a process of its own and measure it. Raises RuntimeError where it fails."""
    started = time.monotonic()
    environment = os.environ | dbt_environment(settings) | {"COACHLAKE_HOME": str(settings.home)}
    child = subprocess.Popen(command, env=environment)
    read = 0
    while True:
        done, status, usage = os.wait4(child.pid, os.WNOHANG)
        if done:
            break
        read = max(read, _bytes_read(child.pid))
        time.sleep(0.2)
    if status:
        raise RuntimeError(f"{step} of {size} calls failed: {' '.join(command)}")
    cpu = usage.ru_utime + usage.ru_stime
    cost = Cost(size, step, time.monotonic() - started, cpu, usage.ru_maxrss / 1e6, read / 1e9)
    print(cost, flush=True)
    return cost


def _bytes_read(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/io").read_text().split()[1])
    except (OSError, IndexError, ValueError):
        return 0


def _table(costs: list[Cost]) -> str:
    head = "| calls in the lake | step | wall s | CPU s | peak GB | GB read |\n|---:|---|---:|---:|---:|---:|\n"
    rows = [
        f"| {c.calls:,} | {c.step} | {c.wall_s:.0f} | {c.cpu_s:.0f} | {c.peak_gb:.2f} | {c.read_gb:.2f} |"
        for c in costs
    ]
    return head + "\n".join(rows) + "\n"


if __name__ == "__main__":
    main()
