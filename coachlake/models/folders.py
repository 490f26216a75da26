"""Where the models of this machine, and those that all workers share, are kept."""

import os
from pathlib import Path


def cache_folder() -> Path:
    """Where joined, exported and copied weights are kept: COACHLAKE_CACHE, else the user's cache folder.

    No field of Settings: each machine of a cluster has its own, so the process that loads a weight says where.
    """
    base = (
        os.environ.get("COACHLAKE_CACHE")
        or Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "coachlake"
    )
    return Path(base)


def models_address() -> str:
    """Where fetched hub models lie: COACHLAKE_MODELS, a folder or any address fsspec reads, else in the cache folder.

    A folder comes back as an absolute path, so that a worker that starts elsewhere finds the same one.
    """
    given = os.environ.get("COACHLAKE_MODELS") or str(own_models_folder())
    return given if "://" in given else str(Path(given).expanduser().absolute())


def own_models_folder() -> Path:
    """Where this machine keeps hub models of its own, and its copies of those behind an address."""
    return cache_folder() / "hub"
