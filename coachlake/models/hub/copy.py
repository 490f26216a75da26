"""A model behind an address, copied to this machine: once, whole, and only as its lock says."""

import shutil
import tempfile
from pathlib import Path

from filelock import FileLock

from coachlake.files import sha256_of
from coachlake.models.hub.lock import LOCK, Lock
from coachlake.models.hub.shelf import UNREADABLE, Shelf
from coachlake.models.hub.state import state_of
from coachlake.models.weights import WeightsError, WeightsMissingError

_BLOCK = 1 << 22


def copied(shared: Shelf, own: Shelf) -> None:
    """`own` holds what `shared` holds, afterwards. One process of a machine copies, others wait for it.

    Raises WeightsError where nothing was fetched to there, it cannot be read, or is not what its lock says.
    """
    lock = shared.lock()
    if lock is None or not lock.is_of(shared.model):
        raise WeightsMissingError(
            f"{shared.model.repository} has not been fetched to {shared.place}: "
            "run coachlake models fetch on a machine that reaches the hub"
        )
    with held(own):
        if state_of(own).kind == "present" and own.lock() == lock:
            return
        _copy(shared, own, lock)


def held(own: Shelf) -> FileLock:
    """A lock between the processes that write this folder. Raises WeightsError where nothing can be written there."""
    try:
        own.folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WeightsError(
            f"{own.folder.parent} cannot be written ({error}): see COACHLAKE_MODELS and COACHLAKE_CACHE"
        ) from error
    return FileLock(own.folder.with_name(f".{own.folder.name}.busy"))


def _copy(shared: Shelf, own: Shelf, lock: Lock) -> None:
    with tempfile.TemporaryDirectory(dir=own.folder.parent, prefix=".copy-") as scratch:
        whole = Path(scratch) / "whole"
        for name in lock.files:
            _copy_file(shared, name, whole / name, lock)
        (whole / LOCK).write_bytes(lock.to_bytes())
        if own.folder.exists():
            shutil.rmtree(own.folder)
        whole.rename(own.folder)


def _copy_file(shared: Shelf, name: str, target: Path, lock: Lock) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with shared.opened(name) as source, target.open("wb") as sink:
            shutil.copyfileobj(source, sink, _BLOCK)
    except UNREADABLE as error:
        raise WeightsError(f"{name} in {shared.place} cannot be copied to {target.parent} ({error})") from error
    if sha256_of(target) != lock.files[name].sha256:
        raise WeightsError(f"{name} in {shared.place} is not the file that was fetched: run coachlake models fetch")
