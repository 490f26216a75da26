"""The wheel: everything that is read beside the code is inside, and it scores a dialogue from where it is unpacked."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from coachlake.settings import REPOSITORY

_BESIDE = ("pyproject.toml", "README.md", "LICENSE", "NOTICE")
_PACKAGES = ("coachlake", "ray_jobs", "orchestration", "data_quality", "dbt_project", "rubrics", "evaluation",
             "demonstration", "benchmarks", "training")  # fmt: skip
_MADE = shutil.ignore_patterns("__pycache__", "target", "logs", "dbt_packages", "results")
_SCORE = """
import coachlake
said = [("customer", "My kitchen flooded, I was in tears."), ("rep", "A flooded kitchen, how awful for you.")]
call = coachlake.read_dialogue(said)
print(coachlake.__file__, coachlake.score(call, "insurance_service").overall is not None)
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is packed, so that building leaves nothing in the checkout."""
    folder = tmp_path_factory.mktemp("wheel") / "source"
    for package in _PACKAGES:
        shutil.copytree(REPOSITORY / package, folder / package, ignore=_MADE)
    for file in _BESIDE:
        shutil.copyfile(REPOSITORY / file, folder / file)
    return folder


@pytest.fixture(scope="module")
def unpacked(source: Path) -> Path:
    folder = source.parent
    build = ["-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder), "."]
    done = subprocess.run([sys.executable, *build], cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_nothing_is_left_out(source: Path, unpacked: Path) -> None:
    there = {path.relative_to(source) for package in _PACKAGES for path in (source / package).rglob("*.*")}
    files = {path for path in there if (source / path).is_file()}
    assert {Path("coachlake/py.typed"), Path("coachlake/conversations/rep_likeness.json")} <= files
    assert sorted(str(path) for path in files if not (unpacked / path).is_file()) == []
    licences = {path.name for path in unpacked.glob("*.dist-info/licenses/*")}
    assert licences == {"LICENSE", "NOTICE"}


def test_it_works_without_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    environ = os.environ | {"PYTHONPATH": str(unpacked)}
    done = subprocess.run(
        [sys.executable, "-c", _SCORE], cwd=tmp_path, env=environ, capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == [str(unpacked / "coachlake" / "__init__.py"), "True"], done.stderr
