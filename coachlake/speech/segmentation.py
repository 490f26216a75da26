"""pyannote's segmentation model, made from its checkpoint without running anything that the checkpoint holds."""

from pathlib import Path
from typing import Any

from coachlake.speech.checkpoint import model_of


def segmentation_model(checkpoint: Path) -> Any:
    """The pyannote.audio model of a checkpoint of the kind PyanNet, its weights loaded, as `model_of` loads it."""
    from pyannote.audio.models.segmentation import PyanNet

    return model_of(checkpoint, (PyanNet,))
