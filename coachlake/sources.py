"""The files of coachlake that a result depends on, declared beside the code that makes it."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Sources:
    """Files and whole folders under `coachlake`, less those `without`. `tests/test_provenance.py` holds each
    declaration against what is really imported, both ways."""

    parts: tuple[str, ...]
    without: tuple[str, ...] = ()

    def files(self, root: Path) -> list[Path]:
        """Their `.py` and `.yaml` files under `root` in order; an `__init__.py` holds a docstring, which no result
        depends on. Raises FileNotFoundError naming a part that is not there."""
        found: set[Path] = set()
        for part in (*self.parts, *self.without):
            place = root / part
            if not place.exists():
                raise FileNotFoundError(f"{part} is declared as a source, and there is no {place}")
            known = {place} if place.is_file() else {p for p in place.rglob("*") if p.suffix in (".py", ".yaml")}
            found = found - known if part in self.without else found | known
        return sorted(path for path in found if path.name != "__init__.py")

    def digest(self) -> str:
        """Hash of their paths and contents: equal digests mean that the same code made the result."""
        return _digest(self, ROOT)


@cache
def _digest(sources: Sources, root: Path) -> str:
    digest = hashlib.sha256()
    for file in sources.files(root):
        digest.update(str(file.relative_to(root)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()
