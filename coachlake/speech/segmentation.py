"""pyannote's segmentation model, made from its checkpoint without running anything that the checkpoint holds."""

from pathlib import Path
from typing import Any


def segmentation_model(checkpoint: Path) -> Any:
    """The pyannote.audio model of a checkpoint of the kind PyanNet, its weights loaded.

    pyannote's own loader unpickles without limits. Here torch builds tensors, plain values and the four types that say
    what such a model gives, and refuses everything else with pickle.UnpicklingError. Raises ValueError where the
    checkpoint is of another kind.
    """
    from pyannote.audio.models.segmentation import PyanNet

    held = _loaded(checkpoint)
    architecture = held["pyannote.audio"]["architecture"]["class"]
    if architecture != PyanNet.__name__:
        raise ValueError(f"{checkpoint} holds a {architecture}: this diarizer uses a PyanNet")
    model = PyanNet(**held["hyper_parameters"])
    model.on_load_checkpoint(held)  # what it gives, and the layers that follow from that
    model.load_state_dict(held["state_dict"])
    return model


def _loaded(checkpoint: Path) -> dict[str, Any]:
    import torch
    from pyannote.audio.core.task import Problem, Resolution, Specifications
    from torch.torch_version import TorchVersion

    with torch.serialization.safe_globals([Specifications, Problem, Resolution, TorchVersion]):
        held: dict[str, Any] = torch.load(checkpoint, map_location="cpu", weights_only=True)
    return held
