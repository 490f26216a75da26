"""`coachlake roles`: calls that wait, who speaks in one, and an answer from the command line."""

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from coachlake.cli.app import app
from coachlake.lake.role_answers import role_answers
from coachlake.settings import Settings, load_settings
from tests.conftest import copy_of
from tests.reading import rows


@pytest.fixture
def own_copy(asked_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The lake of asked calls, free to be answered for; the environment names it."""
    home = copy_of(asked_settings, tmp_path / "home")
    monkeypatch.setenv("COACHLAKE_HOME", str(home))
    monkeypatch.setenv("COLUMNS", "200")
    return replace(load_settings(), model_profile="fast")


def test_calls_that_wait_are_listed_with_the_question(own_copy: Settings) -> None:
    asked = rows(own_copy, "SELECT call_id, reason FROM lake.raw.calls WHERE status = 'asked'")
    done = CliRunner().invoke(app, ["roles"])
    assert done.exit_code == 0
    told = " ".join(done.output.split())
    assert asked
    assert all(f"{call_id}: {reason}" in told for call_id, reason in asked)
    assert "spanish" not in told


def test_a_file_tells_its_people_and_takes_an_answer(own_copy: Settings, asked_settings: Settings) -> None:
    recording = str(asked_settings.home.parent / "calls" / "wired_wrong.wav")
    shown = CliRunner().invoke(app, ["roles", recording])
    assert shown.exit_code == 0
    assert "left" in shown.output
    assert "right" in shown.output
    assert "storm" in shown.output
    wrong = CliRunner().invoke(app, ["roles", recording, "--rep", "middle"])
    assert wrong.exit_code == 2
    assert "there are left, right" in wrong.output
    kept = CliRunner().invoke(app, ["roles", recording, "--rep", "left"])
    assert kept.exit_code == 0, kept.output
    assert role_answers(own_copy).of("wired_wrong") == {"left": "rep"}
    assert role_answers(asked_settings).of("wired_wrong") == {}


def test_a_call_that_is_not_there_is_said_so(own_copy: Settings) -> None:
    done = CliRunner().invoke(app, ["roles", "nowhere"])
    assert done.exit_code == 2
    assert "no call nowhere in the lake" in done.output
