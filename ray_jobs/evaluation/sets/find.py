"""Where a labelled set lies under the folder given."""

from pathlib import Path


class SetNotFoundError(FileNotFoundError):
    """A labelled set is not under the folder."""

    def __init__(self, data: str, path: Path) -> None:
        super().__init__(f"{data}: {path}")
        self.data, self.path = data, path


def find(folder: Path, relative: str) -> Path:
    """The path of a set's file or folder. Raises SetNotFoundError, named by its first folder or file stem."""
    path = folder / relative
    if not path.exists():
        raise SetNotFoundError(Path(Path(relative).parts[0]).stem, path)
    return path
