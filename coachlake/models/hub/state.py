"""Whether a fetched model is whole: every file hashed and held against the lock."""

from dataclasses import dataclass
from typing import Literal

from coachlake.models.hub.lock import Lock
from coachlake.models.hub.shelf import Shelf
from coachlake.models.weights import WeightsError

Kind = Literal["present", "missing", "changed"]


@dataclass(frozen=True, slots=True)
class State:
    """`kind`: whole, not there, or not what was fetched; `says` why, where it is not whole. `size` in bytes."""

    kind: Kind
    size: int = 0
    says: str = ""


def state_of(shelf: Shelf) -> State:
    """Every file of a fetched model against its lock. What cannot be read is no model: it counts as changed."""
    try:
        return _state_of(shelf)
    except WeightsError as error:
        return State("changed", says=str(error))


def _state_of(shelf: Shelf) -> State:
    lock = shelf.lock()
    if lock is None:
        return State("missing", says=f"{shelf.model.repository} has not been fetched to {shelf.place}")
    if not lock.is_of(shelf.model):
        return State("changed", lock.size, f"{shelf.place} holds {lock.repository} at {lock.revision}")
    if fault := _fault(shelf, lock):
        return State("changed", lock.size, f"{fault} in {shelf.place}")
    return State("present", lock.size)


def _fault(shelf: Shelf, lock: Lock) -> str | None:
    """The first thing that is not as in the lock. What was added counts: a loader may prefer it."""
    found = shelf.files()
    if gone := sorted(lock.files.keys() - found.keys()):
        return f"{gone[0]} is missing"
    if added := sorted(found.keys() - lock.files.keys()):
        return f"{added[0]} was not fetched and lies there"
    for name, locked in sorted(lock.files.items()):
        if found[name] != locked.size or shelf.sha256_of(name) != locked.sha256:
            return f"{name} is not the file that was fetched"
    return None
