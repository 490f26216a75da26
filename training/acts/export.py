"""A trained network as the files the judge loads: int8 ONNX and its card."""

import hashlib
import json
import tempfile
import warnings
from pathlib import Path
from typing import Any

import torch

from coachlake.files import write_whole
from coachlake.language.acts.labels import HEADS
from training.acts.network import ActNetwork


class _ForUse(torch.nn.Module):  # type: ignore[misc]
    """One pair at a time: no padding."""

    def __init__(self, network: ActNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: torch.Tensor, segments: torch.Tensor) -> tuple[torch.Tensor, ...]:
        scores, vector = self.network(ids, segments, torch.zeros_like(ids, dtype=torch.bool))
        return (*scores.values(), vector)


def export(network: ActNetwork, folder: Path, card: dict[str, Any]) -> str:
    """Write model.onnx (weights as int8 a channel, after Jacob et al. 2018) and card.json; the model's sha256."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.tensor([[101, 2054, 102, 3100, 102]])
    with tempfile.TemporaryDirectory() as scratch:
        whole, small = Path(scratch) / "whole.onnx", Path(scratch) / "small.onnx"
        with warnings.catch_warnings():  # the exporter that replaces this one needs a library we do without
            warnings.simplefilter("ignore", DeprecationWarning)
            torch.onnx.export(
                _ForUse(network.float().eval()),
                (ids, torch.tensor([[0, 0, 0, 1, 1]])),
                str(whole),
                input_names=["input_ids", "segments"],
                output_names=[*HEADS, "vector"],
                dynamic_axes={"input_ids": {1: "tokens"}, "segments": {1: "tokens"}},
                opset_version=17,
                dynamo=False,
            )
        quantize_dynamic(str(whole), str(small), weight_type=QuantType.QInt8, per_channel=True)
        content = small.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    write_whole(folder / "model.onnx", content)
    text = json.dumps(card | {"sha256": digest}, indent=1) + "\n"
    write_whole(folder / "card.json", text.encode())
    return digest
