"""pyannote's diarization pipeline from a fetched folder, put together from its parts as data.

pyannote's own `Pipeline.from_pretrained` makes objects of any class that config.yaml names, and unpickles the
checkpoints it points at. Here the file chooses nothing but numbers and the names of the folder's own parts.
"""

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from coachlake.models.weights import WeightsError
from coachlake.speech.checkpoint import model_of
from coachlake.speech.segmentation import segmentation_model
from coachlake.yaml_files import read_yaml

_CHECKPOINT = "pytorch_model.bin"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Parts(_Strict):
    """What the pipeline is made of: parts of the same folder, and plain values."""

    segmentation: Literal["$model/segmentation"]
    embedding: Literal["$model/embedding"]
    plda: Literal["$model/plda"]
    clustering: Literal["VBxClustering", "AgglomerativeClustering"] = "VBxClustering"
    segmentation_batch_size: int = Field(1, ge=1)
    embedding_batch_size: int = Field(1, ge=1)
    embedding_exclude_overlap: bool = False


class _Pipeline(_Strict):
    name: Literal["pyannote.audio.pipelines.SpeakerDiarization"]
    params: _Parts


class _Config(_Strict):
    """config.yaml; `dependencies` and `version` say what wrote it and are not used."""

    pipeline: _Pipeline
    params: dict[str, dict[str, float | int | bool | str]] = {}
    dependencies: dict[str, str] = {}
    version: str | None = None


def hub_pipeline(folder: Path) -> Any:
    """The pyannote.audio pipeline SpeakerDiarization of a folder, on the CPU, ready to be applied.

    Raises WeightsError where its config.yaml asks for anything else than such a pipeline of parts of this folder,
    pickle.UnpicklingError where a checkpoint holds more than weights, ValueError where it is of another kind.
    """
    from pyannote.audio.core.plda import PLDA
    from pyannote.audio.pipelines import SpeakerDiarization

    config = _config(folder)
    parts = config.pipeline.params
    pipeline = SpeakerDiarization(
        segmentation=segmentation_model(folder / "segmentation" / _CHECKPOINT),
        embedding=_embedding_model(folder / "embedding" / _CHECKPOINT),
        plda=PLDA(folder / "plda" / "xvec_transform.npz", folder / "plda" / "plda.npz"),
        **parts.model_dump(exclude={"segmentation", "embedding", "plda"}),
    )
    if config.params:
        pipeline.instantiate(config.params)
    return pipeline


def _config(folder: Path) -> _Config:
    path = folder / "config.yaml"
    try:
        return _Config.model_validate(read_yaml(path))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise WeightsError(f"{path}: {place}: {first['msg']}: nothing else of it is loaded") from error


def _embedding_model(checkpoint: Path) -> Any:
    from pyannote.audio.models.embedding import (
        WeSpeakerResNet34,
        WeSpeakerResNet152,
        WeSpeakerResNet221,
        WeSpeakerResNet293,
    )

    return model_of(checkpoint, (WeSpeakerResNet34, WeSpeakerResNet152, WeSpeakerResNet221, WeSpeakerResNet293))
