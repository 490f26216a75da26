"""Files written whole or not at all, and under names that stay in their folder.

Who reads meanwhile, or after a crash, finds the file before or the file after.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

# Bytes of a name: file systems take 255, of which `whole_file` and suffixes need some. A cut one keeps this many signs.
_LONGEST, _KEPT = 180, 40


@contextmanager
def whole_file(path: Path, mode: int | None = None) -> Iterator[Path]:
    """A new file beside `path` to write to in the block; at its end it takes the place of `path`, in one step.

    The folder is made if need be, and a file that was there before hands on its permissions. What is in the file is on
    the disk before it takes its place, so that a power cut cannot leave an empty one there either. `mode`: permissions
    it has from the first byte on, whatever was there. Where the block raises, `path` stays as it was and the new file
    is removed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Hidden, and of another suffix: a folder read by pattern does not show it.
    part = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        if mode is not None:
            part.touch(mode)
        yield part
        if mode is None and path.exists():
            shutil.copymode(path, part)
        _to_disk(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes, mode: int | None = None) -> None:
    """Write a file of this content in one step, as `whole_file` does."""
    with whole_file(path, mode) as part:
        part.write_bytes(content)


def named_by(folder: Path, given: str, suffix: str = "") -> Path:
    """The path in `folder` of a file named by an id from outside: never another folder, never the same for two ids.

    Letters, digits and `._-~` stay; all else is percent-encoded, as is a dot in front; a long id is cut and keeps a
    hash. (`../../x` is the file `%2E.%2F..%2Fx`.)
    """
    name = "".join(sign if sign.isalnum() or sign in "._-~" else _encoded(sign) for sign in given) or "%"
    if name.startswith("."):
        name = f"%2E{name[1:]}"
    if len(name.encode()) > _LONGEST:
        name = f"{name[:_KEPT]}%{hashlib.sha256(given.encode('utf-8', 'surrogatepass')).hexdigest()}"
    return folder / f"{name}{suffix}"


def is_within(path: Path, folder: Path) -> bool:
    """Whether `path` lies in `folder` once every link in both is followed."""
    return path.resolve().is_relative_to(folder.resolve())


def _encoded(sign: str) -> str:
    return "".join(f"%{byte:02X}" for byte in sign.encode("utf-8", "surrogatepass"))


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sha256_of(path: Path) -> str:
    """Hex SHA-256 of a file, read in blocks. Raises OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
