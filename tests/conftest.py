"""What tests share: one small demonstration lake, made once by the real nightly job."""

import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

# Set before anything reads them: the code location parses the dbt project for the lake of this environment.
_HOME = Path(tempfile.mkdtemp(prefix="coachlake-tests-"))
os.environ["COACHLAKE_HOME"] = str(_HOME)
os.environ["COACHLAKE_MODEL_PROFILE"] = "fast"
os.environ.pop("DAGSTER_HOME", None)

from orchestration.cli.environment import prepare_environment  # noqa: E402
from ray_jobs.settings import Settings, load_settings  # noqa: E402

NIGHT = date(2026, 11, 23)


@pytest.fixture(scope="session")
def demo_settings() -> Iterator[Settings]:
    """A processed demonstration: 60 transcript calls over 12 weeks, a night of 4 recordings and its broken files.

    Landed, heard (with the tiny recogniser), judged, built, checked and published by the nightly job. Tests that
    change it copy it first.
    """
    from orchestration.cli.demo import gold_folder
    from orchestration.cli.run import run_nightly
    from orchestration.demo.write import write_demo
    from ray_jobs.landing.night_folder import landed_nights

    settings = load_settings()
    prepare_environment(settings)
    write_demo(Path(settings.landing), gold_folder(settings), NIGHT, history_calls=60, spoken_calls=4)
    nights = landed_nights(settings)
    assert run_nightly(settings, nights[0], nights[-1]), "the nightly job failed on the demonstration"
    yield settings
