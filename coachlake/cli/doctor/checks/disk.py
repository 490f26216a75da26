"""Room on the disks that the home and the models' cache lie on."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from coachlake.cli.doctor.finding import Finding
from coachlake.models.folders import cache_folder
from coachlake.settings import Settings

# Below the first a night is likely to end for want of room; below the second a demonstration still fits.
_BAD_GB, _LITTLE_GB = 1, 5


def check(settings: Settings) -> Iterator[Finding]:
    """Free space at the home, and at the cache where that is another disk."""
    home, cache = _existing(settings.home), _existing(cache_folder())
    yield _room("home", settings.home, home, "coachlake lake tidy frees some; COACHLAKE_HOME names another place")
    if cache.stat().st_dev != home.stat().st_dev:
        yield _room("cache", cache_folder(), cache, "COACHLAKE_CACHE names another place")


def _room(what: str, named: Path, place: Path, mend: str) -> Finding:
    free = shutil.disk_usage(place).free / 1e9
    says = f"{free:.1f} GB free at the {what} ({named})"
    if free >= _LITTLE_GB:
        return Finding("good", says)
    return Finding("bad" if free < _BAD_GB else "note", f"{says}: {mend}")


def _existing(path: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(folder for folder in (path, *path.parents) if folder.exists())
