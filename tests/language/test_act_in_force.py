"""Which act model judges, and what happens where the one named is not there."""

from pathlib import Path

import pytest

from coachlake.language.acts.in_force import judge_in_force, judge_version, models_folder, put_in_force
from coachlake.language.acts.model import SHIPPED
from coachlake.models.weights import WeightsError


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = models_folder(tmp_path) / "1f2e3d4c5b6a"
    folder.mkdir(parents=True)
    for file in SHIPPED.iterdir():
        (folder / file.name).symlink_to(file)
    return folder


def test_the_shipped_model_judges_where_nothing_else_is_named(tmp_path: Path) -> None:
    assert judge_in_force() == judge_in_force(tmp_path) == SHIPPED
    assert judge_version(SHIPPED) is None


def test_the_homes_pointer_names_another(tmp_path: Path, own: Path) -> None:
    put_in_force(own)
    assert judge_in_force(tmp_path) == own
    assert judge_in_force() == SHIPPED
    assert len(judge_version(own) or "") == 64


def test_the_variable_goes_before_the_pointer(tmp_path: Path, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_force(own)
    monkeypatch.setenv("COACHLAKE_JUDGE", str(SHIPPED))
    assert judge_in_force(tmp_path) == SHIPPED


def test_a_folder_that_is_not_there_says_what_to_do(tmp_path: Path, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_force(own)
    own.rename(tmp_path / "elsewhere")
    with pytest.raises(WeightsError, match=r"or remove .*in_force to judge by the shipped one"):
        judge_in_force(tmp_path)
    monkeypatch.setenv("COACHLAKE_JUDGE", str(own))
    with pytest.raises(WeightsError, match="COACHLAKE_JUDGE names it"):
        judge_in_force(tmp_path)


def test_a_folder_without_a_model_is_not_put_in_force(tmp_path: Path) -> None:
    empty = models_folder(tmp_path) / "empty"
    empty.mkdir(parents=True)
    with pytest.raises(WeightsError, match="no act model in"):
        put_in_force(empty)
    assert judge_in_force(tmp_path) == SHIPPED
