"""The check: which files still hold what was to be forgotten, compressed ones too."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def holding(folders: Iterable[Path], needles: Sequence[str]) -> Iterator[Path]:
    """Every file under the folders that holds one of the texts: in its bytes, or in a Parquet file's columns."""
    wanted = [needle for needle in needles if needle]
    seen: set[Path] = set()
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
            if path.is_file() and not path.is_symlink() and path.resolve() not in seen:
                seen.add(path.resolve())
                if holds(path, wanted):
                    yield path


def holds(path: Path, needles: Sequence[str]) -> bool:
    """Whether a file holds one of the texts, as they are or as JSON and HTML write them."""
    if path.suffix == ".parquet" and _in_parquet(path, needles):
        return True
    content = path.read_bytes()
    return any(form in content for needle in needles for form in _forms(needle))


def _forms(needle: str) -> set[bytes]:
    import html
    import json

    written = (needle, json.dumps(needle)[1:-1], html.escape(needle))
    return {form.encode() for form in written}


def _in_parquet(path: Path, needles: Sequence[str]) -> bool:
    try:
        table = pq.read_table(path, memory_map=False)
    except (pa.ArrowInvalid, OSError):
        return False
    texts = "\n".join(str(column.to_pylist()) for column in table.columns)
    return any(needle in texts or repr(needle)[1:-1] in texts for needle in needles)
