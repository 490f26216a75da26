"""A command as a tree of processes: what it takes of the clock, of cores and of memory."""

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from coachlake.settings import REPOSITORY

_LOOK_S = 0.25
_MEMORY_EVERY = 8  # looks: telling shared pages apart costs the system more than the rest


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of the clock, seconds of cores, and the most memory (GB, shared pages once) of all processes together.
    Cores are looked at every quarter of a second, memory every two seconds: what a process does after the last look is
    not in them."""

    wall_s: float
    cpu_s: float
    peak_gb: float


def measured(arguments: Sequence[str], log: Path, environment: Mapping[str, str] | None = None) -> Measured:
    """Run `python -m <arguments>`; what it prints goes to `log`. Raises RuntimeError with its end where it fails."""
    environ = os.environ | {"PYTHONPATH": str(REPOSITORY)} | dict(environment or {})
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        started = time.perf_counter()
        child = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", *arguments], env=environ, cwd=REPOSITORY, stdout=out, stderr=out
        )
        cpu, peak = _watched(child)
        wall = time.perf_counter() - started
    if child.returncode:
        raise RuntimeError(f"{' '.join(arguments)} ended with {child.returncode}:\n{log.read_text()[-2000:]}")
    return Measured(wall, cpu, peak)


def _watched(child: "subprocess.Popen[bytes]") -> tuple[float, float]:
    cpu: dict[tuple[int, float], float] = {}
    root, peak, looks = psutil.Process(child.pid), 0, 0
    while child.poll() is None:
        memory = 0
        for process in _tree(root):
            try:
                times = process.cpu_times()
                cpu[process.pid, process.create_time()] = times.user + times.system
                memory += process.memory_full_info().pss if looks % _MEMORY_EVERY == 0 else 0
            except psutil.Error:
                continue
        peak, looks = max(peak, memory), looks + 1
        time.sleep(_LOOK_S)
    return sum(cpu.values()), peak / 1e9


def _tree(root: psutil.Process) -> list[psutil.Process]:
    try:
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
