"""Runs that come back: the dead are told from the living, what they held is freed, and waiting is told."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from coachlake.cli.environment import prepare_environment
from coachlake.settings import REPOSITORY, Settings
from orchestration.runs.dead_runs import (
    PROCESS_TAG,
    end_left_behind_dbt,
    living_runs,
    note_dbt,
    release_dead_runs,
    tags_of_this_process,
)
from orchestration.runs.process import ProcessId
from orchestration.runs.progress_file import Progress, ProgressFile
from orchestration.runs.turn import turn

# A run that holds the pool `lake`, says so, and goes on until somebody ends it.
_RUN = """
import sys
import dagster as dg
from orchestration.runs.dead_runs import tags_of_this_process

@dg.op(pool="lake")
def hold():
    print("holding", flush=True)
    sys.stdin.read()

@dg.job
def nightly():
    hold()

with dg.DagsterInstance.get() as instance:
    tags = {} if "--untagged" in sys.argv else tags_of_this_process()
    nightly.execute_in_process(instance=instance, tags=tags)
"""


@pytest.fixture
def instance(empty_settings: Settings) -> Iterator[dg.DagsterInstance]:
    prepare_environment(empty_settings)
    with dg.DagsterInstance.get() as opened:
        yield opened


def _started(*options: str) -> subprocess.Popen[str]:
    run = subprocess.Popen(
        [sys.executable, "-c", _RUN, *options],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert run.stdout is not None
    assert run.stdout.readline() == "holding\n"
    return run


def _killed(run: subprocess.Popen[str]) -> None:
    run.kill()
    run.communicate()


@pytest.mark.parametrize("options", [(), ("--untagged",)], ids=["coachlake run", "started by Dagster"])
def test_a_killed_run_fails_and_gives_its_slot_back(
    options: tuple[str, ...], instance: dg.DagsterInstance, empty_settings: Settings
) -> None:
    run = _started(*options)
    assert len(living_runs(instance)) == 1
    assert release_dead_runs(instance, empty_settings) == []
    _killed(run)
    assert living_runs(instance) == []
    (dead,) = release_dead_runs(instance, empty_settings)
    assert dead.step == "hold"
    found = instance.get_run_by_id(dead.run_id)
    assert found is not None
    assert found.status == dg.DagsterRunStatus.FAILURE
    assert instance.event_log_storage.get_concurrency_info("lake").active_slot_count == 0
    assert release_dead_runs(instance, empty_settings) == []


def test_a_run_waits_for_one_that_lives_and_takes_over_when_it_dies(
    instance: dg.DagsterInstance, empty_settings: Settings
) -> None:
    run = _started()
    (record,) = living_runs(instance)
    ProgressFile(instance.root_directory, record.dagster_run.run_id).write(Progress("calls", 3, 20))
    said, took = [], []

    def waiting(what: str | None) -> None:
        said.append(what)
        if what:
            _killed(run)

    with turn(instance, empty_settings, took.append, waiting):
        assert said[-1] is None
    assert f"process {run.pid} on" in str(said[0])
    assert str(said[0]).endswith("hold, calls 3 of 20")
    assert [dead.run_id for dead in took] == [record.dagster_run.run_id]


def test_a_run_of_another_machine_lives_as_long_as_it_gives_signs_of_life(instance: dg.DagsterInstance) -> None:
    elsewhere = str(ProcessId("another-host", "boot", 1, "1"))
    run = instance.create_run_for_job(_job(), tags={PROCESS_TAG: elsewhere})
    instance.report_dagster_event(_run_started(run), run.run_id)
    file = ProgressFile(instance.root_directory, run.run_id)
    file.write(None)
    assert len(living_runs(instance)) == 1
    an_hour_ago = Path(instance.root_directory, "progress", f"{run.run_id}.json")
    os.utime(an_hour_ago, (an_hour_ago.stat().st_mtime - 3600,) * 2)
    assert living_runs(instance) == []


def test_a_number_given_again_is_another_process() -> None:
    this = ProcessId.this()
    assert this.lives()
    assert ProcessId.parse(str(this)) == this
    assert not ProcessId(this.host, this.boot, this.pid, "1").lives()
    assert not ProcessId(this.host, "an earlier boot", this.pid, this.started).lives()
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    process = ProcessId.of(child.pid)
    assert process is not None
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert not process.lives()  # a zombie does no more work
    child.communicate()


def test_a_dbt_whose_run_was_killed_is_ended_and_one_whose_run_lives_is_not(empty_settings: Settings) -> None:
    endless = [sys.executable, "-c", "import time; time.sleep(600)"]
    child = subprocess.Popen(endless)
    note_dbt(empty_settings, child.pid)
    end_left_behind_dbt(empty_settings)
    assert child.poll() is None
    # A process that starts one, notes it and is killed.
    code = """
import os, signal, subprocess, sys
from coachlake.settings import load_settings
from orchestration.runs.dead_runs import note_dbt
endless = [sys.executable, "-c", "import time; time.sleep(600)"]
child = subprocess.Popen(endless, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
note_dbt(load_settings(), child.pid)
print(child.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    killed = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    left = ProcessId.of(int(killed.stdout))
    assert left is not None
    end_left_behind_dbt(empty_settings)
    assert not left.lives()
    child.kill()
    child.communicate()


def _job() -> dg.JobDefinition:
    @dg.op
    def nothing() -> None: ...

    @dg.job
    def nightly() -> None:
        nothing()

    return nightly


def _run_started(run: dg.DagsterRun) -> dg.DagsterEvent:
    return dg.DagsterEvent(dg.DagsterEventType.RUN_START.value, run.job_name, message="started")


def test_tags_name_this_process() -> None:
    assert tags_of_this_process() == {PROCESS_TAG: str(ProcessId.this())}
