"""Runs that are started at once on a new home make Dagster's tables once."""

import subprocess
import sys

from coachlake.cli.environment import prepare_environment
from coachlake.settings import REPOSITORY, Settings

_OPEN = """
from orchestration.runs.turn import opened_instance
with opened_instance() as instance:
    print(instance.get_runs_count())
"""


def test_several_open_a_new_instance_at_once(empty_settings: Settings) -> None:
    prepare_environment(empty_settings)
    opening = [
        subprocess.Popen([sys.executable, "-c", _OPEN], cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    assert [one.communicate(timeout=300)[0] for one in opening] == ["0\n"] * 3
