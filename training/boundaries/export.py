"""From trained weights to the file that is shipped: whole numbers, one scale a row; prints its sha256.

`python -m training.boundaries.export TRAINED.pt`
"""

import argparse
import hashlib
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from coachlake.conversations.boundaries import WEIGHTS_FILE


def export(trained: Path, to: Path = WEIGHTS_FILE) -> str:
    """Write what `BoundaryModel` takes; the sha256 of the file."""
    state: dict[str, torch.Tensor] = torch.load(trained, weights_only=True)
    arrays: dict[str, NDArray[np.generic]] = {}
    for name, tensor in state.items():
        kept = name.replace("in_proj_", "in_proj.").replace("places.weight", "places")
        values = tensor.numpy()
        if values.ndim == 1:
            arrays[kept] = values.astype(np.float32)
            continue
        scale = np.maximum(np.abs(values).max(axis=1), 1e-12) / 127
        arrays[f"{kept}/scale"] = scale.astype(np.float32)
        arrays[kept] = np.rint(values / scale[:, None]).astype(np.int8)
    np.savez_compressed(to, allow_pickle=False, **arrays)
    return hashlib.sha256(to.read_bytes()).hexdigest()


def main() -> None:
    """Export and print the sha256 that `coachlake.conversations.boundaries` pins."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trained", type=Path)
    print(export(parser.parse_args().trained))


if __name__ == "__main__":
    main()
