"""Tries decay: what killed a worker waits, what was only unlucky comes back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ray_jobs.stage import Stage
from ray_jobs.tries import Tries

NOW = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(str(tmp_path))


def test_a_worker_that_dies_twice_under_one_ray_fails_and_the_next_run_tries_again(stage: Stage) -> None:
    tries = Tries(stage, "first", "key")
    assert tries.start(NOW) is None
    assert tries.start(NOW) is None
    assert "died" in (tries.start(NOW) or "")
    assert Tries(stage, "second", "key").start(NOW) is None


def test_two_killed_runs_are_forgiven(stage: Stage) -> None:
    for session in ("a", "b"):
        assert Tries(stage, session, "key").start(NOW) is None
    third = Tries(stage, "c", "key")
    assert third.start(NOW) is None
    third.end()
    for session in ("d", "e", "f"):  # success has forgotten all of it
        assert Tries(stage, session, "key").start(NOW) is None


def test_three_lost_runs_let_others_through_first_and_decay(stage: Stage) -> None:
    for session in ("a", "b", "c"):
        assert Tries(stage, session, "key").start(NOW) is None
    assert "tried again from 27 Nov 2026 02:00 UTC" in (Tries(stage, "d", "key").start(NOW) or "")
    assert Tries(stage, "d", "other").start(NOW) is None
    assert Tries(stage, "d", "key").start(NOW + timedelta(hours=1)) is None
    assert Tries(stage, "e", "key").start(NOW + timedelta(hours=2)) is not None  # a fourth: two hours
    assert Tries(stage, "e", "key").start(NOW + timedelta(days=9)) is None


def test_failures_that_may_pass_are_tried_with_longer_and_longer_waits_and_a_limit(stage: Stage) -> None:
    at, waits = NOW, []
    for number in range(8):
        tries = Tries(stage, f"run-{number}", "key")
        began = at
        while tries.start(at) is not None:
            at += timedelta(minutes=5)
        waits.append((at - began) / timedelta(minutes=1))
        tries.fail(at)
    assert waits == [0, 0, 5, 20, 80, 320, 1280, 1440]
    limit = Tries(stage, "late", "key")
    assert "8 times" in (limit.start(at + timedelta(days=2)) or "")
    assert limit.start(NOW + timedelta(days=31)) is None
