"""How far a run is, beside Dagster's history: for those who wait for it, and a sign of life on other machines."""

import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Event, Thread

from coachlake.files import write_whole

_BEAT_S = 10.0


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` of `what` ("calls")."""

    what: str
    done: int
    total: int

    def __str__(self) -> str:
        return f"{self.what} {self.done} of {self.total}"


class ProgressFile:
    """The file of one run in Dagster's home. Its time is the run's last sign of life."""

    def __init__(self, dagster_home: str, run_id: str) -> None:
        self._path = Path(dagster_home) / "progress" / f"{run_id}.json"

    def write(self, progress: Progress | None) -> None:
        """Say how far it is; None: nothing that can be counted."""
        write_whole(self._path, json.dumps(asdict(progress) if progress else None).encode())

    def read(self) -> Progress | None:
        """How far it is, where that is known."""
        try:
            said = json.loads(self._path.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return None
        return Progress(**said) if said else None

    def age_s(self) -> float | None:
        """Seconds since the last sign of life; None where there was none."""
        return time.time() - self._path.stat().st_mtime if self._path.exists() else None

    def touch(self) -> None:
        """Give a sign of life."""
        os.utime(self._path)

    def remove(self) -> None:
        """The run has ended."""
        self._path.unlink(missing_ok=True)


class Heartbeat:
    """Keeps a run's file young for the block."""

    def __init__(self, file: ProgressFile) -> None:
        self._file, self._ended = file, Event()
        self._thread = Thread(target=self._beat, daemon=True)

    def __enter__(self) -> None:
        self._file.write(None)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()
        self._file.remove()

    def _beat(self) -> None:
        while not self._ended.wait(_BEAT_S):
            self._file.touch()
