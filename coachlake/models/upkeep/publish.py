"""A model of this machine, put behind the address that all workers read."""

from coachlake.models.hub.lock import LOCK
from coachlake.models.hub.shelf import UNREADABLE, Shelf
from coachlake.models.weights import WeightsError


def publish(own: Shelf, shared: Shelf) -> None:
    """Put every file of `own` to `shared`, its lock last: without one nobody takes what lies there for a model.

    Raises WeightsError where it cannot be written.
    """
    lock = own.lock()
    assert lock is not None  # just fetched and verified
    filesystem, root = shared.filesystem, shared.root
    try:
        if filesystem.exists(root):
            filesystem.rm(root, recursive=True)
        for name in lock.files:
            filesystem.makedirs(f"{root}/{name}".rpartition("/")[0], exist_ok=True)
            filesystem.put_file(str(own.folder / name), f"{root}/{name}")
        filesystem.pipe_file(f"{root}/{LOCK}", lock.to_bytes())
    except UNREADABLE as error:
        raise WeightsError(
            f"{shared.place} cannot be written ({error}): see docs/settings.md, COACHLAKE_MODELS"
        ) from error
