"""Files written whole or not at all: who reads meanwhile, or after a crash, finds the file before or the file after."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4


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


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
