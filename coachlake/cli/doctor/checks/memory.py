"""Memory for as many workers as a run starts."""

import os
from collections.abc import Iterator

import psutil

from coachlake.cli.doctor.finding import Finding
from coachlake.settings import Settings

# Measured, profile embedded: a worker that hears has 1.0 GB with a call of 40 s, one that judges 0.7 GB
# (docs/transcription.md). A run starts one of each a core.
_GB_A_CORE = 1.7


def check(settings: Settings) -> Iterator[Finding]:
    """This machine's memory against its cores. Where a cluster runs the calls, its machines are not looked at."""
    total, free = (size / 1e9 for size in psutil.virtual_memory()[:2])
    cores = os.cpu_count() or 1
    has = f"{total:.1f} GB of memory, {free:.1f} GB of it free, and {cores} cores"
    needed = _GB_A_CORE * cores
    if settings.ray_address or free >= needed:
        yield Finding("good", has)
    else:
        yield Finding(
            "note",
            f"{has}: a run takes about {needed:.1f} GB, two workers a core. End other programs, or start a Ray with "
            "fewer cores (ray start --head --num-cpus N) and name it by COACHLAKE_RAY_ADDRESS",
        )
