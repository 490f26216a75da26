"""Model profiles, read from `profiles.yaml`: one file says which model does which part."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, model_validator

from coachlake.yaml_files import read_yaml

_FILE = Path(__file__).with_name("profiles.yaml")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Weight(_Strict):
    """A weight file inside a pip package. `parts` are joined in order; `beside` are copied next to the whole.

    `used` names what is loaded besides, relative to the weight's folder (a folder with all in it), pinned together by
    `used_sha256`; `needs` other weights whose files are loaded with it.
    """

    package: str
    version: str
    sha256: str
    licence: str
    file: str | None = None
    parts: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    used_sha256: str | None = None
    needs: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _pinned(self) -> "Weight":
        if bool(self.used) != bool(self.used_sha256):
            raise ValueError("what is used besides a weight is pinned by used_sha256")
        return self


class Recogniser(_Strict):
    """The speech recogniser: an embedded weight or a hub name faster-whisper knows."""

    weight: str | None = None
    hub: str | None = None
    compute_type: str
    beam_size: int

    @model_validator(mode="after")
    def _one_source(self) -> "Recogniser":
        if bool(self.weight) == bool(self.hub):
            raise ValueError("a recogniser needs either a weight or a hub name")
        return self


class Diarizer(_Strict):
    """The mono diarizer: embedded segmentation and embedding weights, or a hub pipeline."""

    hub: str | None = None
    segmentation: str | None = None
    embedding: str | None = None


class JudgeModel(_Strict):
    """A stronger judge: a local transformers model, or the one the environment names.

    Asked only where the embedded head's confidence is below `ask_below`, and at most this often a process.
    """

    local: str | None = None
    ask_below: float = 0.8
    max_calls: int = 500
    max_tokens: int = 500_000


class Profile(_Strict):
    """One way to run: a device and the model for each part."""

    name: str
    device: str
    recogniser: Recogniser
    diarizer: Diarizer
    pitch: str
    encoder: str
    syntax: str
    judge: JudgeModel | None = None

    @property
    def weight_names(self) -> tuple[str, ...]:
        """The embedded weights this profile loads."""
        named = (
            self.recogniser.weight,
            self.diarizer.segmentation,
            self.diarizer.embedding,
            self.pitch,
            self.encoder,
            self.syntax,
        )
        return tuple(dict.fromkeys(name for name in named if name))


@cache
def load_profile(name: str) -> Profile:
    """The profile of that name. Raises KeyError naming the profiles there are."""
    profiles = _document()["profiles"]
    if name not in profiles:
        raise KeyError(f"no model profile {name!r}: there are {', '.join(profiles)}")
    return Profile(name=name, **profiles[name])


@cache
def load_weight(name: str) -> Weight:
    """The pinned weight of that name. Raises KeyError naming the weights there are."""
    weights = _document()["weights"]
    if name not in weights:
        raise KeyError(f"no weight {name!r}: there are {', '.join(weights)}")
    return Weight(**weights[name])


def pinned_weights() -> tuple[str, ...]:
    """The names of all weights that are pinned, whichever profile loads them."""
    return tuple(_document()["weights"])


def fingerprint(profile: Profile) -> str:
    """Short hash of everything about the models that can change a result: names, options and weight hashes."""
    named = [*profile.weight_names, *(other for name in profile.weight_names for other in load_weight(name).needs)]
    hashes = {name: [load_weight(name).sha256, load_weight(name).used_sha256] for name in named}
    # A profile without a judge keeps the fingerprint it had before there were any.
    left_out = {"device"} if profile.judge else {"device", "judge"}
    content = json.dumps([profile.model_dump(exclude=left_out), hashes], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:12]


@cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = read_yaml(_FILE)
    return document
