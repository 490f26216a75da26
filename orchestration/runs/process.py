"""Which process it was, so that another one can tell later whether it still runs."""

import os
import socket
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil


@dataclass(frozen=True, slots=True)
class ProcessId:
    """A process for good: a number alone is given again, after a restart of the machine to any program.

    `started`: clock ticks since the machine started (Linux, where no change of the clock moves it), else seconds
    since 1970.
    """

    host: str
    boot: str
    pid: int
    started: str

    @classmethod
    def of(cls, pid: int) -> "ProcessId | None":
        """That of a process of this machine; None where there is none, or only what is left of one that ended."""
        started = _started(pid)
        return cls(socket.gethostname(), _boot(), pid, started) if started else None

    @classmethod
    def this(cls) -> "ProcessId":
        """That of the process this runs in."""
        found = cls.of(os.getpid())
        assert found is not None
        return found

    @classmethod
    def parse(cls, text: str) -> "ProcessId | None":
        """The inverse of `str`; None for anything else."""
        parts = text.split("|")
        return cls(parts[0], parts[1], int(parts[2]), parts[3]) if len(parts) == 4 and parts[2].isdigit() else None

    def __str__(self) -> str:
        return f"{self.host}|{self.boot}|{self.pid}|{self.started}"

    def is_here(self) -> bool:
        """Whether it ran on this machine, so that `lives` can say."""
        return self.host == socket.gethostname()

    def lives(self) -> bool:
        """Whether it still runs. Only for a process of this machine."""
        return self == ProcessId.of(self.pid)


def started_before(pid: int, moment: float) -> bool:
    """Whether a process `pid` runs that was there at `moment` (seconds since 1970, to within five seconds)."""
    try:
        process = psutil.Process(pid)
        return bool(process.status() != psutil.STATUS_ZOMBIE and process.create_time() <= moment + 5)
    except psutil.NoSuchProcess:
        return False


@cache
def _boot() -> str:
    file = Path("/proc/sys/kernel/random/boot_id")
    return file.read_text().strip() if file.exists() else ""


def _started(pid: int) -> str | None:
    if not Path("/proc/self/stat").exists():
        try:
            return str(psutil.Process(pid).create_time())
        except psutil.NoSuchProcess:
            return None
    try:
        # After the name, which may hold anything: state is the 3rd field, start time the 22nd (proc(5)).
        state, *fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return None if state in "ZX" else fields[18]
