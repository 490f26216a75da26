"""A pinned model, fetched from its hub once: to where every worker finds it, whole, with a lock beside it."""

import shutil
from pathlib import Path

from coachlake.files import sha256_of
from coachlake.models.hub.copy import held
from coachlake.models.hub.lock import LOCK, Lock, LockedFile
from coachlake.models.hub.shelf import Shelf, own_shelf, shared_shelf
from coachlake.models.hub.state import state_of
from coachlake.models.profiles import load_hub_model
from coachlake.models.schema import HubModel
from coachlake.models.upkeep.hub_files import HubFile, listed
from coachlake.models.upkeep.publish import publish
from coachlake.models.upkeep.refused import FetchError, in_words


def fetch(name: str, endpoint: str | None = None) -> bool:
    """Fetch a hub model to COACHLAKE_MODELS unless it lies there whole; whether anything was fetched.

    After a fetch that ended early, files that had arrived whole are not fetched again. `endpoint` is the hub's address,
    that of HF_ENDPOINT where there is none. Raises FetchError where the hub cannot be reached, wants a token or
    accepted terms, or sends other bytes than it lists; WeightsError where COACHLAKE_MODELS cannot be read or written.
    """
    model = load_hub_model(name)
    shared, own = shared_shelf(model), own_shelf(model)
    shared.files()  # a place that cannot be read is told before a gigabyte has been downloaded for it
    if state_of(shared).kind == "present":
        return False
    with held(own):
        if state_of(own).kind != "present":  # another process may have fetched it meanwhile
            _download(model, own, endpoint)
    if not shared.is_local:
        publish(own, shared)
    return True


def _download(model: HubModel, own: Shelf, endpoint: str | None) -> None:
    part = own.folder.with_name(f".{own.folder.name}.part")
    try:
        files = listed(model, endpoint)
        _keep_what_is_whole(own.folder, part, files)
        _arrive(model, part, endpoint)
    except Exception as error:
        raise in_words(error, model, endpoint) from error
    if wrong := [file.path for file in files if not file.is_at(part / file.path)]:
        raise FetchError(f"{model.repository}: {wrong[0]} is not what the hub lists. Run the same command again")
    _finish(model, part, own.folder, files)


def _keep_what_is_whole(folder: Path, part: Path, files: list[HubFile]) -> None:
    """Files of a changed model that are as listed need not travel again; the others must go, or they would stay."""
    if folder.exists():
        shutil.rmtree(part, ignore_errors=True)
        folder.rename(part)
    for left in part.glob(".cache/**/*.incomplete"):  # huggingface_hub never takes up those of another process
        left.unlink()
    for file in files:
        path = part / file.path
        if path.exists() and not file.is_at(path):
            path.unlink()


def _arrive(model: HubModel, part: Path, endpoint: str | None) -> None:
    from huggingface_hub import snapshot_download

    # With the hub gone it only warns and gives back a folder that is there: what it leaves is checked by its caller.
    snapshot_download(
        model.repository,
        revision=model.revision,
        local_dir=part,
        allow_patterns=list(model.files) or None,
        endpoint=endpoint,
    )


def _finish(model: HubModel, part: Path, folder: Path, files: list[HubFile]) -> None:
    """What was listed and a lock, and nothing else, take the folder's name in one step."""
    names = {file.path for file in files}
    for path in sorted(part.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(part).as_posix() not in names:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    # Every file has been held against what is listed: only a small one's SHA-256 is not known by now.
    locked = {f.path: LockedFile(size=f.size, sha256=f.sha256 or sha256_of(part / f.path)) for f in files}
    lock = Lock(repository=model.repository, revision=model.revision, files=locked)
    (part / LOCK).write_bytes(lock.to_bytes())
    part.rename(folder)
