"""What `profiles.yaml` may say: weights of pip packages, models of a hub, and profiles that name them."""

from pydantic import BaseModel, ConfigDict, Field, model_validator


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Weight(_Strict):
    """A weight file inside a pip package. `parts` are joined in order; `beside` are copied next to the whole.

    `used` names what is loaded besides, relative to the weight's folder (a folder with all in it), pinned together by
    `used_sha256`; `needs` other weights whose files are loaded with it.
    """

    use: str
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


class HubModel(_Strict):
    """A model of a hub, pinned by the commit of its repository.

    `files`: patterns of what is fetched, all of it where there are none. `needs_terms`: the hub gives it only to a
    token whose owner has accepted its terms.
    """

    use: str
    repository: str = Field(pattern=r"^[\w.-]+/[\w.-]+$")
    revision: str = Field(pattern=r"^[0-9a-f]{40}$")
    licence: str
    needs_terms: bool
    files: tuple[str, ...] = ()


class Recogniser(_Strict):
    """The speech recogniser: an embedded weight, or a hub model that faster-whisper loads."""

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
    """The mono diarizer: embedded segmentation and embedding weights, or a hub model that is a pyannote pipeline."""

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

    @property
    def hub_names(self) -> tuple[str, ...]:
        """The hub models this profile loads."""
        return tuple(name for name in (self.recogniser.hub, self.diarizer.hub) if name)
