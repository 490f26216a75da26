"""The policy's file: what it says is followed to the day, and what cannot be followed is said in words."""

from datetime import date
from pathlib import Path

import pytest

from coachlake.retention.policy import Policy, PolicyError, read_policy

_TODAY = date(2026, 3, 1)


def test_no_file_keeps_everything(tmp_path: Path) -> None:
    assert read_policy(tmp_path / "retention.toml").last_kept("calls", _TODAY) is None


def test_days_of_calls_are_those_of_what_holds_their_words(tmp_path: Path) -> None:
    path = tmp_path / "retention.toml"
    path.write_text("[keep_days]\ncalls = 30\nrecordings = 1\n")
    policy = read_policy(path)
    assert policy.last_kept("calls", _TODAY) == date(2026, 1, 30)
    assert policy.last_kept("recordings", _TODAY) == date(2026, 2, 28)
    assert policy.last_kept("packs", _TODAY) == date(2026, 1, 30)
    assert policy.last_kept("runs", _TODAY) is None
    assert Policy({"packs": 7}).last_kept("calls", _TODAY) is None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("[keep_days]\nrecording = 30", "nothing is kept by the name of recording; there are calls, recordings"),
        ("[keep_days]\ncalls = 0", "calls = 0 is no whole number of days"),
        ("[keep_days]\ncalls = true", "calls = True is no whole number of days"),
        ("[keep_days]\ncalls = 1.5", "calls = 1.5 is no whole number of days"),
        ("[keep_days]\ncalls = '30'", "calls = '30' is no whole number of days"),
        ("calls = 30", "needs one table"),
        ("[keep_days]\ncalls = 30\n[else]", "needs one table"),
        ("keep_days = 30", "needs one table"),
        ("[keep_days", "cannot be read as TOML"),
    ],
)
def test_what_cannot_be_followed_is_said(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "retention.toml"
    path.write_text(content)
    with pytest.raises(PolicyError, match=".*".join(says.split("...")).replace("[", r"\[")):
        read_policy(path)


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="cannot be read"):
        read_policy(tmp_path)
