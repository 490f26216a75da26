"""What the hub says lies in a repository at its pinned revision, and whether a file on disk is that."""

import hashlib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from coachlake.files import sha256_of
from coachlake.models.schema import HubModel

_TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file as the hub names it: its size in bytes, and the SHA-256 of a large one or the Git hash of a small one."""

    path: str
    size: int
    sha256: str | None
    blob_id: str

    def is_at(self, path: Path) -> bool:
        """Whether these very bytes lie there."""
        if not path.is_file() or path.stat().st_size != self.size:
            return False
        return sha256_of(path) == self.sha256 if self.sha256 else _git_hash(path) == self.blob_id


def listed(model: HubModel, endpoint: str | None) -> list[HubFile]:
    """The files of the pinned revision that are to be fetched. Raises what huggingface_hub raises."""
    from huggingface_hub import HfApi
    from huggingface_hub.hf_api import RepoFile

    hub = HfApi(endpoint=endpoint)
    # Says no at once; a listing is tried for half a minute.
    hub.model_info(model.repository, revision=model.revision, timeout=_TIMEOUT_S)
    tree = hub.list_repo_tree(model.repository, recursive=True, revision=model.revision)
    files = [
        HubFile(e.path, e.size, e.lfs.sha256 if e.lfs else None, e.blob_id) for e in tree if isinstance(e, RepoFile)
    ]
    return [file for file in files if not model.files or any(fnmatchcase(file.path, name) for name in model.files)]


def _git_hash(path: Path) -> str:
    content = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
