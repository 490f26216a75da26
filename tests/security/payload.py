"""A pickle that does something: unpickled, it makes a file."""

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch


class Payload:
    """Unpickled, it makes the file `mark`."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return Path.touch, (self._mark,)


def legacy(content: Any, path: Path) -> None:
    """Save as torch did before it wrote archives."""
    path.write_bytes(pickle.dumps(content, protocol=2))


def planted(checkpoint: Path, mark: Path, save: Callable[[Any, Path], None]) -> None:
    """A checkpoint with a payload that works, and has been cleared away."""
    save({"state_dict": {}, "hyper_parameters": {}, "pyannote.audio": Payload(mark)}, checkpoint)
    torch.load(checkpoint, weights_only=False) if save is torch.save else pickle.loads(checkpoint.read_bytes())
    assert mark.exists(), "the payload works"
    mark.unlink()
