"""Ray's driver in a process of its own: where Ray's head dies, its driver is ended with it, but not the night."""

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

from coachlake.calibration.in_force import Mappings
from coachlake.rubrics.schema import Rubric
from coachlake.settings import REPOSITORY, Settings
from ray_jobs.requirements import UNMET
from ray_jobs.work import CallWork

# Ray is started anew this often without a call finished in between.
_FRUITLESS_STARTS = 3


class RayLostError(Exception):
    """Ray ended again and again before a single call was finished."""


def stream_in_child(
    settings: Settings, todo: list[CallWork], rubrics: dict[str, Rubric], mappings: Mappings
) -> Iterator[CallWork]:
    """Each call of `todo` finished, in order of completion (see `stream_calls`); Ray is started anew where it is lost.

    What Ray has to say goes to `<home>/logs/ray.log`. Raises RayLostError where it ends three times in a row with no
    call finished, and before the first call DeviceMissingError where the cluster lacks the profile's
    device, WeightsError where a machine lacks a model of it.
    """
    log = settings.home / "logs" / "ray.log"
    left = {work.facts.work_key: work for work in todo}
    fruitless = 0
    while left:
        before = len(left)
        for work in _child(log, (settings, list(left.values()), rubrics, mappings)):
            del left[work.facts.work_key]
            yield work
        fruitless = 0 if len(left) < before else fruitless + 1
        if fruitless == _FRUITLESS_STARTS:
            raise RayLostError(
                f"Ray ended {fruitless} times with none of the {len(left)} calls left finished; more in {log}"
            )


def _child(log: Path, night: tuple[Any, ...]) -> Iterator[CallWork]:
    """What one process with Ray finishes, until it is done or dead."""
    log.parent.mkdir(parents=True, exist_ok=True)
    path = os.pathsep.join(filter(None, [str(REPOSITORY), os.environ.get("PYTHONPATH")]))
    with log.open("ab") as file:
        child = subprocess.Popen(
            [sys.executable, "-m", "ray_jobs.driver"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=file, env=os.environ | {"PYTHONPATH": path},
        )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        # Left open: the child takes its end for ours.
        pickle.dump(night, child.stdin)
        child.stdin.flush()
        while (row := pickle.load(child.stdout)) is not None:
            if isinstance(row, UNMET):
                raise row
            yield CallWork.from_row(row)
    except (EOFError, BrokenPipeError, pickle.UnpicklingError):
        return  # it died, perhaps in the middle of a word
    finally:
        _end(child)


def _end(child: subprocess.Popen[bytes]) -> None:
    for pipe in (child.stdout, child.stdin):
        try:
            if pipe is not None:
                pipe.close()
        except BrokenPipeError:
            pass
    try:
        child.wait(timeout=30)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def main() -> None:
    """The child: a night by standard input, finished calls by standard output."""
    from ray_jobs.cluster import ray_session
    from ray_jobs.stream import stream_calls

    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed is for the log
    settings, todo, rubrics, mappings = pickle.load(sys.stdin.buffer)
    Thread(target=_end_with_parent, daemon=True).start()
    with ray_session(settings.ray_address):
        try:
            for work in stream_calls(settings, todo, rubrics, mappings):
                _answer(answers, work.to_row())
        except UNMET as error:
            _answer(answers, error)
        else:
            _answer(answers, None)


def _answer(answers: Any, row: dict[str, Any] | Exception | None) -> None:
    pickle.dump(row, answers)
    answers.flush()


def _end_with_parent() -> None:
    """Ray and its workers end with this process; they must not go on hearing for nobody."""
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    main()
