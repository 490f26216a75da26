"""What is older than the policy keeps it, and how it goes: kind by kind, each safe to repeat."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from coachlake.access.audit import audit_path, looks_before, remove_looks_before
from coachlake.landing.entries import entries_of
from coachlake.landing.night_folder import landed_nights, night_folder
from coachlake.retention.in_lake import attempts_before, calls_before, remove_calls, remove_snapshots, snapshots_before
from coachlake.retention.policy import Policy
from coachlake.settings import Settings

# How many there are, and their removal.
_Found = tuple[int, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class Due:
    """What of a kind is older than `last_kept`: how many there are (calls, files, snapshots, rows), and its removal."""

    kind: str
    last_kept: date
    count: int
    remove: Callable[[], object]


def due(settings: Settings, policy: Policy, today: date) -> Iterator[Due]:
    """Kind by kind, in the order they are removed; kinds of which nothing is due are left out.

    What one kind removes is not counted again by the next, so take and remove them one after the other.
    """
    kinds: dict[str, Callable[[date], _Found]] = {
        "deliveries": lambda before: _files(_deliveries(settings, before)),
        "recordings": lambda before: _files(_recordings(settings, before)),
        "staging": lambda before: _files(_written(_local(settings.staging), before)),
        "calls": lambda before: _calls(settings, calls_before(settings, before)),
        "practice": lambda before: _practice(settings, before),
        "snapshots": lambda before: _snapshots(settings, before),
        "packs": lambda before: _files(_written([settings.home / "packs"], before)),
        "logs": lambda before: _files(_written([settings.home / name for name in ("logs", "data_docs")], before)),
        "looks": lambda before: _looks(settings, before),
    }
    for kind, find in kinds.items():
        last_kept = policy.last_kept(kind, today)
        if last_kept is not None:
            count, remove = find(last_kept)
            if count:
                yield Due(kind, last_kept, count, remove)


def _files(paths: Sequence[Path]) -> _Found:
    return len(paths), lambda: _removed(paths)


def _removed(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
    for folder in sorted({path.parent for path in paths}, reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _deliveries(settings: Settings, before: date) -> list[Path]:
    nights = _nights(settings, before)
    return [path for folder in nights for path in folder.rglob("*") if path.is_file() or path.is_symlink()]


def _recordings(settings: Settings, before: date) -> list[Path]:
    landed = [found.path for folder in _nights(settings, before) for found in entries_of(folder) if found.is_recording]
    copies = _written([settings.home / "cache" / "playable"], before)
    return [path for path in (*landed, *copies) if path.is_file()]


def _nights(settings: Settings, before: date) -> list[Path]:
    return [night_folder(settings, night) for night in landed_nights(settings) if night < before]


def _written(folders: Sequence[Path], before: date) -> list[Path]:
    """Files below the folders that were written before a day (UTC)."""
    limit = datetime.combine(before, time.min, UTC).timestamp()
    found = (path for folder in folders for path in (folder.rglob("*") if folder.is_dir() else ()))
    return [path for path in found if path.is_file() and path.stat().st_mtime < limit]


def _calls(settings: Settings, calls: Sequence[str]) -> _Found:
    return len(calls), lambda: remove_calls(settings, calls)


def _practice(settings: Settings, before: date) -> _Found:
    attempts = attempts_before(settings, before)
    made = _written([settings.home / "practice" / "scenarios"], before)

    def remove() -> None:
        remove_calls(settings, attempts)
        _removed(made)

    return len(attempts) + len(made), remove


def _snapshots(settings: Settings, before: date) -> _Found:
    snapshots = snapshots_before(settings, before)
    return len(snapshots), lambda: remove_snapshots(settings, snapshots)


def _looks(settings: Settings, before: date) -> _Found:
    if not audit_path(settings).exists():
        return 0, lambda: None
    return looks_before(settings, before), lambda: remove_looks_before(settings, before)


def _local(place: str) -> list[Path]:
    return [] if "://" in place else [Path(place)]
