"""Where a labelled set lies under the folder given."""

from pathlib import Path


class SetNotFoundError(FileNotFoundError):
    """A labelled set is not under the folder."""

    def __init__(self, data: str, path: Path) -> None:
        super().__init__(f"{data}: {path}")
        self.data, self.path = data, path


def find(folder: Path, pattern: str) -> Path:
    """The path of a set's file or folder, the first by name where the pattern (`*`) fits several.

    Raises SetNotFoundError, named by the set's first folder or file stem.
    """
    for path in sorted(folder.glob(pattern)):
        return path
    raise SetNotFoundError(Path(Path(pattern).parts[0]).stem.rstrip("*"), folder / pattern)


class NothingLabelledError(LookupError):
    """A set is there, but nothing in it carries the labels a task needs."""
