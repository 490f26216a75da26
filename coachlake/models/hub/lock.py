"""The lock of a fetched model: what was fetched, file by file, written once beside the files."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import PurePosixPath

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from coachlake.models.schema import HubModel
from coachlake.models.weights import WeightsError

LOCK = "coachlake-lock.json"


class LockedFile(BaseModel):
    """A file as it was fetched: its size in bytes and its hash."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    size: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Lock(BaseModel):
    """A model as it was fetched: `files` maps each path below its folder to what lay there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    repository: str
    revision: str
    files: Mapping[str, LockedFile]

    @field_validator("files")
    @classmethod
    def _inside(cls, files: Mapping[str, LockedFile]) -> Mapping[str, LockedFile]:
        for name in files:
            path = PurePosixPath(name)
            if path.is_absolute() or ".." in path.parts or "\\" in name:
                raise ValueError(f"{name!r} is no path below the model's folder")
        return files

    @property
    def sha256(self) -> str:
        """One hash of the repository, the revision and every file."""
        return hashlib.sha256(self.to_bytes()).hexdigest()

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for file in self.files.values())

    def to_bytes(self) -> bytes:
        """As it is written: the same for the same files, whoever fetched them."""
        return (json.dumps(self.model_dump(), indent=1, sort_keys=True) + "\n").encode()

    def is_of(self, model: HubModel) -> bool:
        """Whether it is of the pinned repository and revision."""
        return (self.repository, self.revision) == (model.repository, model.revision)


def read_lock(content: bytes, place: str) -> Lock:
    """The lock of these bytes. Raises WeightsError naming `place` where they are none."""
    try:
        return Lock.model_validate_json(content)
    except ValidationError as error:
        raise WeightsError(f"{place} is no lock of a model ({error.errors()[0]['msg']})") from error
