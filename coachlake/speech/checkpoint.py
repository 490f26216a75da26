"""pyannote's models, made from their checkpoints without running anything that a checkpoint holds.

pyannote's own loader unpickles without limits, and imports whatever module the checkpoint names.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any


def model_of(checkpoint: Path, kinds: Sequence[type[Any]]) -> Any:
    """The pyannote.audio model of a checkpoint, its weights loaded, where it is of one of these classes.

    torch builds tensors, plain values and the four types that say what such a model gives, and refuses everything else
    with pickle.UnpicklingError. Raises ValueError where the checkpoint is of another kind.
    """
    held = _loaded(checkpoint)
    architecture = held["pyannote.audio"]["architecture"]["class"]
    by_name = {kind.__name__: kind for kind in kinds}
    if architecture not in by_name:
        raise ValueError(f"{checkpoint} holds a {architecture}: this diarizer uses a {' or '.join(by_name)}")
    model = by_name[architecture](**held.get("hyper_parameters", {}))
    model.on_load_checkpoint(held)  # what it gives, and the layers that follow from that
    model.load_state_dict(held["state_dict"])
    return model.eval()


def _loaded(checkpoint: Path) -> dict[str, Any]:
    import torch
    from pyannote.audio.core.task import Problem, Resolution, Specifications
    from torch.torch_version import TorchVersion

    with torch.serialization.safe_globals([Specifications, Problem, Resolution, TorchVersion]):
        held: dict[str, Any] = torch.load(checkpoint, map_location="cpu", weights_only=True)
    return held
