"""A small contact centre in a folder of its own, and the processes that work on it."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import psutil

from coachlake.settings import REPOSITORY, Settings, load_settings

NIGHT = date(2026, 11, 20)
# No step of so small a night takes this long: what has not ended by then would wait for ever.
PATIENCE_S = 900.0
_LINES = [
    ("rep", "Harbour Insurance, this is {rep}, how can I help?"),
    ("customer", "Our {thing} was damaged last night and the whole floor below has come up."),
    ("rep", "So the {thing} went last night and the floor is ruined, is that right?"),
    ("customer", "Yes, and my mother is here on oxygen, I am frightened she will slip."),
    ("rep", "I am sorry to hear that about your mother. I have booked the assessor for Tuesday at nine."),
    ("customer", "Thank you, that helps."),
]
_THINGS = ("roof", "boiler", "garage door", "kitchen pipe", "bedroom window", "cellar pump")

# The middle of a night as one process, without what leads to it: read, hear, judge, land.
_NIGHT = """
from datetime import date
from coachlake.landing.night_folder import read_night
from coachlake.rubrics.load import load_rubrics
from coachlake.settings import load_settings
from ray_jobs.night import run_nights
settings = load_settings()
rubrics = load_rubrics(settings.rubrics, settings.home / "last_good").rubrics
print("ready", flush=True)
run_nights(settings, [read_night(settings, date.fromisoformat("{night}"))], rubrics)
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that ended: its exit status, None where it had to be ended for waiting too long, and what it said."""

    status: int | None
    said: str
    seconds: float

    @property
    def is_raw(self) -> bool:
        """Whether a person was shown a stack trace."""
        return "Traceback (most recent call last)" in self.said


class World:
    """A home with one delivered night of a few transcripts, `calls` of them, and an outcome."""

    def __init__(self, home: Path, calls: int = 3) -> None:
        self.home = home
        self.settings: Settings = load_settings({"COACHLAKE_HOME": str(home), "COACHLAKE_MODEL_PROFILE": "fast"})
        self.delivery = home.parent / f"{home.name}-delivery"
        self._deliver(calls)

    def landed(self) -> None:
        """Put the delivery into the landing zone, as `coachlake run` does first."""
        from coachlake.landing.own_folder import land_folder

        land_folder(self.settings, self.delivery)

    def run(self, *, largest_file: int | None = None, log: str = "first") -> "Running":
        """`coachlake run` on the delivery; files of it may grow to `largest_file` bytes."""
        return self.command("run", str(self.delivery), largest_file=largest_file, log=log)

    def command(self, *arguments: str, largest_file: int | None = None, log: str = "first") -> "Running":
        """A `coachlake` command on this lake."""
        return Running(self, ["-m", "coachlake.cli", *arguments], largest_file, log)

    def night(self, *, largest_file: int | None = None) -> "Running":
        """The middle of the night alone: hear, judge and land what lies in the landing zone."""
        return Running(self, ["-c", _NIGHT.format(night=NIGHT)], largest_file, "night")

    def _deliver(self, calls: int) -> None:
        self.delivery.mkdir(parents=True)
        rows = ["call_id,file,rep_id,team_id,queue,started_at,channel_layout,rubric_id,csat"]
        for number in range(calls):
            words = {"rep": ("Ana", "Ben")[number % 2], "thing": _THINGS[number % len(_THINGS)]}
            turns = [
                {"speaker": who, "text": text.format(**words), "start_s": 6.0 * i, "end_s": 6.0 * i + 5}
                for i, (who, text) in enumerate(_LINES)
            ]
            document = {"format": "coachlake.transcript/1", "duration_s": 40.0, "turns": turns}
            (self.delivery / f"c{number}.json").write_text(json.dumps(document), encoding="utf-8")
            row = f"c{number},c{number}.json,r{number % 2},t1,claims,{NIGHT}T1{number % 10}:00:00Z"
            rows.append(f"{row},transcript,insurance_service,{number % 5 + 1}")
        (self.delivery / "calls.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


class Running:
    """A process of a world."""

    def __init__(self, world: World, arguments: list[str], largest_file: int | None, log: str) -> None:
        # Only what a process needs: no setting of the one that runs the campaign leaks in.
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("COACHLAKE_", "DAGSTER_"))}
        path = os.pathsep.join(filter(None, [str(REPOSITORY), os.environ.get("PYTHONPATH")]))
        named = {"COACHLAKE_HOME": str(world.home), "COACHLAKE_MODEL_PROFILE": "fast", "PYTHONPATH": path}
        self._log = world.home.parent / f"{world.home.name}-{log}.log"
        self._began = time.monotonic()
        with self._log.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, *arguments],
                env=kept | named,
                cwd=REPOSITORY,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                preexec_fn=_limit(largest_file),
            )

    def seconds(self) -> float:
        """Since it was started."""
        return time.monotonic() - self._began

    def child(self, part: str, patience_s: float = PATIENCE_S) -> psutil.Process | None:
        """A process below this one whose command line holds `part`, as soon as there is one; None if it ends first."""
        while self.process.poll() is None and self.seconds() < patience_s:
            if found := self.children(part):
                return found[-1]
            time.sleep(0.05)
        return None

    def children(self, part: str) -> list[psutil.Process]:
        """Processes below this one whose command line holds `part`."""
        try:
            below = psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []
        return [process for process in below if part in _command(process)]

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so, or it ends."""
        while self.process.poll() is None and self.seconds() < PATIENCE_S and not is_so():
            time.sleep(0.02)

    def ended(self) -> Ended:
        """Wait for it; one that waits for ever is ended."""
        status: int | None
        try:
            status = self.process.wait(max(1.0, PATIENCE_S - self.seconds()))
        except subprocess.TimeoutExpired:
            self.kill()
            status = None
        return Ended(status, self._log.read_text(encoding="utf-8", errors="replace"), self.seconds())

    def kill(self) -> None:
        """As `kill -9` or the kernel out of memory does it: no last words, and only this process."""
        self.process.kill()
        self.process.wait()


@contextmanager
def without(path: Path) -> Iterator[None]:
    """`path` is not there for the block."""
    away = path.with_name(f"{path.name}.away")
    path.rename(away)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        away.rename(path)


def _command(process: psutil.Process) -> str:
    try:
        return " ".join([process.name(), *process.cmdline()])
    except psutil.Error:
        return ""


def _limit(largest_file: int | None) -> Callable[[], None] | None:
    """As a full disk: a write beyond this fails. A limit of one's own process needs no rights."""
    if largest_file is None:
        return None
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
