"""Names to take out of every call: customers and others that the company itself can name."""

import os
from functools import cache
from pathlib import Path


def private_names() -> tuple[str, ...]:
    """The names of the file that COACHLAKE_PRIVATE_NAMES names, one a line, `#` before a remark; none without it.

    Every machine that reads or hears calls needs the file at the same place. Raises OSError where it cannot be read:
    a list that is missing must not pass for an empty one.
    """
    place = os.environ.get("COACHLAKE_PRIVATE_NAMES")
    return _names_in(Path(place), Path(place).stat().st_mtime_ns) if place else ()


@cache
def _names_in(file: Path, changed_ns: int) -> tuple[str, ...]:
    lines = (line.partition("#")[0].strip() for line in file.read_text(encoding="utf-8").splitlines())
    return tuple(sorted({line for line in lines if line}))
