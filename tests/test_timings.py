"""Each stage has its own time, nobody's twice; where nobody measures, nothing is kept."""

import subprocess
import sys
import time

import pytest

from coachlake.timings import STAGES, Stopwatch, stopwatch, timed, waited


@timed("score")
def _scored(number: int) -> int:
    """A function that is a stage."""
    return number + 1


def test_stages_come_in_the_order_of_a_call_each_once_and_the_rest_is_named() -> None:
    with stopwatch("other_judging") as running:
        for _ in range(3):
            assert _scored(1) == 2
        with timed("admit"):
            pass
    found = running.timings()
    assert [timing.stage for timing in found] == ["admit", "score", "other_judging"]
    assert all(timing.wall_s >= 0 and timing.cpu_s is not None and timing.gpu_s is None for timing in found)


def test_a_stage_inside_another_takes_its_time_from_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter([0, 1, 3, 10, 11, 11])  # seconds of the clock; of the processor half of them
    monkeypatch.setattr("coachlake.timings._now", lambda: (float(tick := next(ticks)), tick / 2))
    running = Stopwatch("other_hearing")
    running.enter("diarize")
    running.enter("compare_voices")
    running.leave()
    running.leave()
    found = {timing.stage: (timing.wall_s, timing.cpu_s, timing.gpu_s) for timing in running.timings(0.5)}
    assert found == {"diarize": (3.0, 1.5, 1.5), "compare_voices": (7.0, 3.5, 3.5), "other_hearing": (1.0, 0.5, 0.5)}


def test_a_stage_ends_with_an_exception_and_what_follows_is_not_its_own() -> None:
    with stopwatch("other_hearing") as running:
        with pytest.raises(ValueError, match="no sound"), timed("decode"):
            raise ValueError("no sound")
        with timed("redact"):
            pass
    assert [timing.stage for timing in running.timings()] == ["decode", "redact", "other_hearing"]


def test_a_child_process_counts_as_the_stage_that_waits_for_it() -> None:
    with stopwatch("other_hearing") as running, timed("decode"):
        subprocess.run([sys.executable, "-c", "import json"], check=True)
    (decode, _) = running.timings()
    assert decode.cpu_s is not None
    assert decode.cpu_s > 0


def test_without_a_stopwatch_nothing_is_measured_and_nothing_changes() -> None:
    assert _scored(1) == 2


def test_waiting_takes_no_core_and_clocks_that_differ_give_no_negative_time() -> None:
    timing = waited("wait_to_hear", time.time() + 1000)
    assert (timing.stage, timing.wall_s, timing.cpu_s, timing.gpu_s) == ("wait_to_hear", 0.0, None, None)
    assert STAGES[0] == "wait_to_hear"
