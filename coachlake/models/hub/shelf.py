"""The folder of one hub model: on this machine, or behind any address that fsspec reads."""

import hashlib
from functools import cached_property
from pathlib import Path
from typing import IO, Any

import fsspec

from coachlake.models.folders import models_address, own_models_folder
from coachlake.models.hub.lock import LOCK, Lock, read_lock
from coachlake.models.schema import HubModel
from coachlake.models.weights import WeightsError

# What file systems and object stores say no with.
UNREADABLE = (OSError, ValueError, ImportError, RuntimeError)


class Shelf:
    """Where one pinned model lies or will lie: `<address>/<owner>--<name>/<revision>`.

    Whatever cannot be read raises WeightsError, except that a lock or file that is not there is no error.
    """

    def __init__(self, address: str, model: HubModel) -> None:
        self.model = model
        self.place = "/".join([address.rstrip("/"), model.repository.replace("/", "--"), model.revision])

    @property
    def is_local(self) -> bool:
        """Whether it is a folder of this machine."""
        return "://" not in self.place

    @property
    def folder(self) -> Path:
        """The folder, where it is one of this machine."""
        return Path(self.place)

    def lock(self) -> Lock | None:
        """The lock beside the files; None where nothing was fetched to here."""
        try:
            return read_lock(self.filesystem.cat_file(f"{self.root}/{LOCK}"), f"{self.place}/{LOCK}")
        except FileNotFoundError:
            return None
        except UNREADABLE as error:
            if isinstance(error, WeightsError):
                raise
            raise self._unreadable(error) from error

    def files(self) -> dict[str, int]:
        """Path below the folder → size in bytes, of everything there but the lock and hidden files."""
        try:
            found = self.filesystem.find(self.root, detail=True)
        except UNREADABLE as error:
            raise self._unreadable(error) from error
        sizes = {name.removeprefix(self.root).lstrip("/"): int(about["size"]) for name, about in found.items()}
        return {name: size for name, size in sizes.items() if name != LOCK and not name.startswith(".")}

    def opened(self, name: str) -> IO[bytes]:
        """A file of it, to be read. Raises OSError where it cannot be."""
        opened: IO[bytes] = self.filesystem.open(f"{self.root}/{name}", "rb")
        return opened

    def sha256_of(self, name: str) -> str:
        """Hash of a file of it, read in blocks."""
        try:
            with self.opened(name) as file:
                return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        except UNREADABLE as error:
            raise self._unreadable(error) from error

    @property
    def filesystem(self) -> Any:
        """What reads and writes there. Raises WeightsError where nothing installed does."""
        return self._resolved[0]

    @property
    def root(self) -> str:
        """The folder as the file system names it."""
        return self._resolved[1]

    @cached_property
    def _resolved(self) -> tuple[Any, str]:
        try:
            filesystem, root = fsspec.core.url_to_fs(self.place)
        except UNREADABLE as error:
            raise self._unreadable(error) from error
        filesystem.invalidate_cache()  # what another process has put there since
        return filesystem, root.rstrip("/")

    def _unreadable(self, error: Exception) -> WeightsError:
        return WeightsError(
            f"{self.place} cannot be read ({error}): see that COACHLAKE_MODELS names a folder or an address that this "
            "machine reaches, with the credentials and packages it needs (docs/settings.md)"
        )


def shared_shelf(model: HubModel) -> Shelf:
    """Where every worker finds the model: below COACHLAKE_MODELS."""
    return Shelf(models_address(), model)


def own_shelf(model: HubModel) -> Shelf:
    """Where this machine loads it from: the same, or its own copy of what lies behind an address."""
    shared = shared_shelf(model)
    return shared if shared.is_local else Shelf(str(own_models_folder()), model)
